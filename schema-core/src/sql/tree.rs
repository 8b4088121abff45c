//! The tree of expressions and queries. It has one form for each meaning: `IN`, `BETWEEN`, `LIKE` and similar forms
//! are rewritten.

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// The value of a string literal.
    Text(String),
    /// A number, with its sign.
    Number(String),
    Bool(bool),
    Null,
    /// A parameter or a bit string.
    Verbatim(String),
    /// A function that SQL calls without arguments and parentheses.
    Keyword(String),
    /// A column, with its qualifiers.
    Name(Vec<String>),
    /// `*`, `t.*`
    Star(Vec<String>),
    Call(Box<Call>),
    Prefix(String, Box<Node>),
    Infix(String, Box<Node>, Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// `operand IS test`, or `IS NOT` if `negated`.
    Is {
        operand: Box<Node>,
        test: Test,
        negated: bool,
    },
    IsDistinct(Box<Node>, Box<Node>),
    /// `left operator ANY (right)`, or `ALL`.
    Quantified {
        left: Box<Node>,
        operator: String,
        all: bool,
        right: Box<Node>,
    },
    Case {
        operand: Option<Box<Node>>,
        branches: Vec<(Node, Node)>,
        otherwise: Option<Box<Node>>,
    },
    Array(Vec<Node>),
    Row(Vec<Node>),
    /// `array[from:to]`, or `array[from]`.
    Subscript(Box<Node>, Subscript),
    /// `(row).field`
    Field(Box<Node>, String),
    Cast(Box<Node>, Type),
    Collate(Box<Node>, Vec<String>),
    /// A query in parentheses.
    Query(Box<Select>),
    Exists(Box<Select>),
    /// `ARRAY(SELECT ..)`
    ArrayOf(Box<Select>),
}

/// The test of `IS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Null,
    True,
    False,
    Unknown,
}

/// The brackets after an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subscript {
    Index(Box<Node>),
    Slice(Option<Box<Node>>, Option<Box<Node>>),
}

/// A call of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) name: Vec<String>,
    pub(crate) distinct: bool,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) order_by: Vec<Order>,
    pub(crate) filter: Option<Node>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    /// The word before it: `variadic`, or its name and an arrow.
    pub(crate) prefix: Option<String>,
    pub(crate) value: Node,
}

/// A type, by the shortest of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Type {
    /// The name, in quotes if needed.
    pub(crate) name: String,
    pub(crate) modifiers: Vec<String>,
    pub(crate) array: bool,
}

/// A query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Select {
    pub(crate) distinct: bool,
    pub(crate) columns: Vec<Output>,
    pub(crate) from: Vec<Source>,
    pub(crate) filter: Option<Node>,
    pub(crate) group_by: Vec<Node>,
    pub(crate) having: Option<Node>,
    pub(crate) order_by: Vec<Order>,
    pub(crate) limit: Option<Node>,
    pub(crate) offset: Option<Node>,
    /// The queries combined with it, each with its keyword, such as `UNION ALL`.
    pub(crate) more: Vec<(&'static str, Select)>,
}

/// An output column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) value: Node,
    pub(crate) alias: Option<String>,
}

/// An item of `FROM`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Table {
        name: Vec<String>,
        alias: Option<String>,
    },
    /// A query or a function, with its alias and the names of its columns.
    Made {
        lateral: bool,
        value: Node,
        alias: Option<String>,
        columns: Vec<String>,
    },
    Join {
        left: Box<Source>,
        kind: &'static str,
        right: Box<Source>,
        on: Option<Node>,
        using: Vec<String>,
    },
}

/// An item of `ORDER BY`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) value: Node,
    pub(crate) descending: bool,
    /// Whether nulls come first; `None` for the default of the direction.
    pub(crate) nulls_first: Option<bool>,
}

impl Node {
    pub(crate) fn boxed(self) -> Box<Self> {
        Box::new(self)
    }

    /// A call of a function without a schema.
    pub(crate) fn call(name: &str, arguments: Vec<Self>) -> Self {
        let argument = |value| Argument {
            prefix: None,
            value,
        };
        Self::Call(Box::new(Call {
            name: vec![name.to_owned()],
            distinct: false,
            arguments: arguments.into_iter().map(argument).collect(),
            order_by: Vec::new(),
            filter: None,
        }))
    }

    pub(crate) fn infix(left: Self, operator: &str, right: Self) -> Self {
        Self::Infix(operator.to_owned(), left.boxed(), right.boxed())
    }

    /// The conjunction of these operands. An operand that is itself an `AND` is merged into it.
    pub(crate) fn and(operands: Vec<Self>) -> Self {
        let each = operands.into_iter().flat_map(|operand| match operand {
            Self::And(inner) => inner,
            other => vec![other],
        });
        one_or(each.collect(), Self::And)
    }

    pub(crate) fn or(operands: Vec<Self>) -> Self {
        let each = operands.into_iter().flat_map(|operand| match operand {
            Self::Or(inner) => inner,
            other => vec![other],
        });
        one_or(each.collect(), Self::Or)
    }

    /// `self AND other`, as one list.
    pub(crate) fn and_also(self, other: Self) -> Self {
        match self {
            Self::And(mut operands) => {
                operands.extend(match other {
                    Self::And(more) => more,
                    other => vec![other],
                });
                Self::And(operands)
            }
            first => Self::and(vec![first, other]),
        }
    }

    /// `self OR other`, as one list.
    pub(crate) fn or_also(self, other: Self) -> Self {
        match self {
            Self::Or(mut operands) => {
                operands.extend(match other {
                    Self::Or(more) => more,
                    other => vec![other],
                });
                Self::Or(operands)
            }
            first => Self::or(vec![first, other]),
        }
    }

    pub(crate) fn is_literal(&self) -> bool {
        matches!(
            self,
            Self::Text(_) | Self::Number(_) | Self::Bool(_) | Self::Null | Self::Verbatim(_)
        )
    }
}

fn one_or(mut operands: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match operands.pop() {
        Some(only) if operands.is_empty() => only,
        Some(last) => {
            operands.push(last);
            many(operands)
        }
        None => many(operands),
    }
}
