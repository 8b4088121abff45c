//! Visits or replaces the direct operands of a node.

use super::tree::{Argument, Call, Node, Order, Output, Select, Source, Subscript};

type Change<'a> = &'a mut dyn FnMut(Node) -> Node;

impl Node {
    /// The node with each direct operand changed, also those of its queries.
    pub(crate) fn map(self, change: Change<'_>) -> Self {
        match self {
            Self::Call(call) => Self::Call(Box::new(call.map(change))),
            Self::Prefix(operator, operand) => Self::Prefix(operator, one(operand, change)),
            Self::Infix(operator, left, right) => {
                Self::Infix(operator, one(left, change), one(right, change))
            }
            Self::And(operands) => Self::and(each(operands, change)),
            Self::Or(operands) => Self::or(each(operands, change)),
            Self::Not(operand) => Self::Not(one(operand, change)),
            Self::Is {
                operand,
                test,
                negated,
            } => Self::Is {
                operand: one(operand, change),
                test,
                negated,
            },
            Self::IsDistinct(left, right) => {
                Self::IsDistinct(one(left, change), one(right, change))
            }
            Self::Quantified {
                left,
                operator,
                all,
                right,
            } => Self::Quantified {
                left: one(left, change),
                operator,
                all,
                right: one(right, change),
            },
            Self::Case {
                operand,
                branches,
                otherwise,
            } => Self::Case {
                operand: maybe(operand, change),
                branches: branches
                    .into_iter()
                    .map(|(when, then)| (change(when), change(then)))
                    .collect(),
                otherwise: maybe(otherwise, change),
            },
            Self::Array(elements) => Self::Array(each(elements, change)),
            Self::Row(elements) => Self::Row(each(elements, change)),
            Self::Subscript(array, subscript) => {
                Self::Subscript(one(array, change), subscript.map(change))
            }
            Self::Field(row, field) => Self::Field(one(row, change), field),
            Self::Cast(operand, target) => Self::Cast(one(operand, change), target),
            Self::Collate(operand, collation) => Self::Collate(one(operand, change), collation),
            Self::Query(select) => Self::Query(Box::new(select.map(change))),
            Self::Exists(select) => Self::Exists(Box::new(select.map(change))),
            Self::ArrayOf(select) => Self::ArrayOf(Box::new(select.map(change))),
            leaf => leaf,
        }
    }
}

impl Call {
    fn map(self, change: Change<'_>) -> Self {
        let argument = |argument: Argument| Argument {
            value: change(argument.value),
            ..argument
        };
        Self {
            arguments: self.arguments.into_iter().map(argument).collect(),
            order_by: orders(self.order_by, change),
            filter: self.filter.map(&mut *change),
            ..self
        }
    }
}

impl Subscript {
    fn map(self, change: Change<'_>) -> Self {
        match self {
            Self::Index(index) => Self::Index(one(index, change)),
            Self::Slice(from, to) => Self::Slice(maybe(from, change), maybe(to, change)),
        }
    }
}

impl Select {
    /// The query with each expression changed.
    pub(crate) fn map(self, change: Change<'_>) -> Self {
        let output = |output: Output| Output {
            value: change(output.value),
            ..output
        };
        Self {
            distinct: self.distinct,
            columns: self.columns.into_iter().map(output).collect(),
            from: self
                .from
                .into_iter()
                .map(|source| source.map(change))
                .collect(),
            filter: self.filter.map(&mut *change),
            group_by: each(self.group_by, change),
            having: self.having.map(&mut *change),
            order_by: orders(self.order_by, change),
            limit: self.limit.map(&mut *change),
            offset: self.offset.map(&mut *change),
            more: self
                .more
                .into_iter()
                .map(|(kind, select)| (kind, select.map(change)))
                .collect(),
        }
    }
}

impl Source {
    fn map(self, change: Change<'_>) -> Self {
        match self {
            Self::Table { .. } => self,
            Self::Made {
                lateral,
                value,
                alias,
                columns,
            } => Self::Made {
                lateral,
                value: change(value),
                alias,
                columns,
            },
            Self::Join {
                left,
                kind,
                right,
                on,
                using,
            } => Self::Join {
                left: Box::new(left.map(change)),
                kind,
                right: Box::new(right.map(change)),
                on: on.map(&mut *change),
                using,
            },
        }
    }
}

#[allow(clippy::unnecessary_box_returns, clippy::boxed_local)] // A boxed field in, a boxed field out.
fn one(node: Box<Node>, change: Change<'_>) -> Box<Node> {
    Box::new(change(*node))
}

fn maybe(node: Option<Box<Node>>, change: Change<'_>) -> Option<Box<Node>> {
    node.map(|node| one(node, change))
}

fn each(nodes: Vec<Node>, change: Change<'_>) -> Vec<Node> {
    nodes.into_iter().map(change).collect()
}

fn orders(orders: Vec<Order>, change: Change<'_>) -> Vec<Order> {
    let order = |order: Order| Order {
        value: change(order.value),
        ..order
    };
    orders.into_iter().map(order).collect()
}

impl Node {
    /// Its direct operands, also those of its queries.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match self {
            Self::Call(call) => {
                let arguments = call.arguments.iter().map(|argument| &argument.value);
                let orders = call.order_by.iter().map(|order| &order.value);
                arguments.chain(orders).chain(&call.filter).collect()
            }
            Self::Prefix(_, operand)
            | Self::Not(operand)
            | Self::Is { operand, .. }
            | Self::Field(operand, _)
            | Self::Cast(operand, _)
            | Self::Collate(operand, _) => vec![operand],
            Self::Infix(_, left, right)
            | Self::IsDistinct(left, right)
            | Self::Quantified { left, right, .. } => vec![left, right],
            Self::And(operands)
            | Self::Or(operands)
            | Self::Array(operands)
            | Self::Row(operands) => operands.iter().collect(),
            Self::Case {
                operand,
                branches,
                otherwise,
            } => {
                let branches = branches.iter().flat_map(|(when, then)| [when, then]);
                let ends = operand.iter().chain(otherwise).map(AsRef::as_ref);
                branches.chain(ends).collect()
            }
            Self::Subscript(array, Subscript::Index(index)) => vec![array, index],
            Self::Subscript(array, Subscript::Slice(from, to)) => {
                let bounds = from.iter().chain(to).map(AsRef::as_ref);
                std::iter::once(array.as_ref()).chain(bounds).collect()
            }
            Self::Query(select) | Self::Exists(select) | Self::ArrayOf(select) => select.children(),
            _ => Vec::new(),
        }
    }
}

impl Select {
    /// Its expressions, and those of the queries combined with it by `UNION` and similar keywords.
    pub(crate) fn children(&self) -> Vec<&Node> {
        let mut found = self.own_children();
        found.extend(self.more.iter().flat_map(|(_, select)| select.children()));
        found
    }

    /// Its own expressions, without those of combined queries.
    pub(crate) fn own_children(&self) -> Vec<&Node> {
        let mut found: Vec<_> = self.columns.iter().map(|column| &column.value).collect();
        for source in &self.from {
            source.children(&mut found);
        }
        found.extend(&self.filter);
        found.extend(&self.group_by);
        found.extend(&self.having);
        found.extend(self.order_by.iter().map(|order| &order.value));
        found.extend(&self.limit);
        found.extend(&self.offset);
        found
    }
}

impl Source {
    fn children<'a>(&'a self, found: &mut Vec<&'a Node>) {
        match self {
            Self::Table { .. } => {}
            Self::Made { value, .. } => found.push(value),
            Self::Join {
                left, right, on, ..
            } => {
                left.children(found);
                right.children(found);
                found.extend(on);
            }
        }
    }
}
