//! The tree of an expression, without the Rust types of its values.

use std::sync::Arc;

use super::argument::Argument;
use super::meta::Meta;
use super::subquery::Subquery;
use super::visibility::Enforcement;
use crate::model::{BinaryOp, SearchDef, SqlType};

/// A column of one of the statement's tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnRef {
    pub(crate) meta: &'static Meta,
    pub(crate) source: u8,
    pub(crate) position: usize,
}

/// The table number of `excluded`: the row that an insert would have added. It is not one of the statement's tables.
pub(crate) const EXCLUDED: u8 = u8::MAX;

/// How many numbers there are for the tables of one level: the statement has 0 to 15, a subquery in it 16 to 31.
pub(super) const LEVEL: u8 = 16;

/// A column of the row that an insert would have added.
#[cfg(feature = "seed")]
pub(crate) fn excluded(meta: &'static Meta, position: usize) -> Node {
    Node::column(meta, usize::from(EXCLUDED), position)
}

/// An expression, or a condition.
#[derive(Clone)]
pub(crate) enum Node {
    Column(ColumnRef),
    /// A value, and the type that it is cast to.
    Value(Arc<dyn Argument>, Option<&'static str>),
    Binary(BinaryOp, Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// `IS NOT TRUE`: the condition is false or null.
    IsNotTrue(Box<Self>),
    IsNull {
        operand: Box<Self>,
        negated: bool,
    },
    /// Whether a value is an element of an array, or several values are a row of several arrays.
    Among(Vec<Among>),
    Between(Box<Self>, Box<Self>, Box<Self>),
    /// A call of a function.
    Call(&'static str, Vec<Self>),
    /// An aggregate over the values of an expression.
    Aggregate(&'static str, Box<Self>),
    Cast(Box<Self>, &'static str),
    /// Whether a subquery has a row.
    Exists {
        query: Box<Subquery>,
        negated: bool,
    },
    /// Whether a value is in the one column of a subquery.
    In(Box<Self>, Box<Subquery>),
    /// The one value of a subquery.
    Scalar(Box<Subquery>),
    /// Whether the search document of a table's row matches a search text.
    Search(u8, &'static SearchDef, Box<Self>),
    /// `*`, as in `count(*)`.
    Star,
    Bool(bool),
    /// An expression that cannot be written, and why: the statement is an error.
    Refused(&'static str),
}

const JSON: &str = "PostgreSQL does not compare `json`; store the column as `jsonb`, by leaving `json` out of `#[column(..)]`";

/// A value, and the array that is searched for it.
#[derive(Clone)]
pub(crate) struct Among {
    pub(crate) operand: Node,
    pub(crate) list: Arc<dyn Argument>,
    pub(crate) cast: Option<&'static str>,
}

impl Node {
    pub(crate) fn binary(op: BinaryOp, left: Self, right: Self) -> Self {
        Self::Binary(op, Box::new(left), Box::new(right))
    }

    pub(crate) fn and(left: Option<Self>, right: Self) -> Self {
        match left {
            Some(left) => Self::binary(BinaryOp::And, left, right),
            None => right,
        }
    }

    /// Calls `each` with every condition of a chain of `AND`, in order.
    pub(crate) fn each_conjunct<'n>(&'n self, each: &mut dyn FnMut(&'n Self)) {
        match self {
            Self::Binary(BinaryOp::And, left, right) => {
                left.each_conjunct(each);
                right.each_conjunct(each);
            }
            other => each(other),
        }
    }

    /// Calls `each` with its operands, including the expressions of a subquery.
    pub(crate) fn each_operand<'n>(&'n self, each: &mut dyn FnMut(&'n Self)) {
        match self {
            Self::Binary(_, left, right) => {
                each(left);
                each(right);
            }
            Self::Not(operand)
            | Self::IsNotTrue(operand)
            | Self::Cast(operand, _)
            | Self::Aggregate(_, operand)
            | Self::Search(_, _, operand)
            | Self::IsNull { operand, .. } => each(operand),
            Self::Between(operand, low, high) => {
                each(operand);
                each(low);
                each(high);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(each),
            Self::Among(values) => values.iter().for_each(|value| each(&value.operand)),
            Self::Exists { query, .. } | Self::Scalar(query) => query.each_expression(each),
            Self::In(operand, query) => {
                each(operand);
                query.each_expression(each);
            }
            Self::Column(_) | Self::Value(..) | Self::Star | Self::Bool(_) | Self::Refused(_) => {}
        }
    }

    fn each_operand_mut(&mut self, each: &mut dyn FnMut(&mut Self)) {
        match self {
            Self::Binary(_, left, right) => {
                each(left);
                each(right);
            }
            Self::Not(operand)
            | Self::IsNotTrue(operand)
            | Self::Cast(operand, _)
            | Self::Aggregate(_, operand)
            | Self::Search(_, _, operand)
            | Self::IsNull { operand, .. } => each(operand),
            Self::Between(operand, low, high) => {
                each(operand);
                each(low);
                each(high);
            }
            Self::Call(_, arguments) => arguments.iter_mut().for_each(each),
            Self::Among(values) => values.iter_mut().for_each(|value| each(&mut value.operand)),
            Self::Exists { query, .. } | Self::Scalar(query) => query.each_expression_mut(each),
            Self::In(operand, query) => {
                each(operand);
                query.each_expression_mut(each);
            }
            Self::Column(_) | Self::Value(..) | Self::Star | Self::Bool(_) | Self::Refused(_) => {}
        }
    }

    /// Whether it names table number `source`.
    pub(crate) fn names(&self, source: usize) -> bool {
        let is_named = match self {
            Self::Column(column) => usize::from(column.source) == source,
            Self::Search(of, ..) => usize::from(*of) == source,
            _ => false,
        };
        let mut found = is_named;
        self.each_operand(&mut |operand| found = found || operand.names(source));
        found
    }

    /// The highest number of a table that it names; 0 if it names none.
    pub(super) fn highest_table(&self) -> u8 {
        let own = match self {
            Self::Column(column) => column.source,
            Self::Search(source, ..) => *source,
            _ => 0,
        };
        let mut highest = own;
        self.each_operand(&mut |operand| highest = highest.max(operand.highest_table()));
        highest
    }

    /// Whether it has a subquery whose first table has this number.
    pub(super) fn has_subquery_at(&self, number: u8) -> bool {
        let is_there = match self {
            Self::Exists { query, .. } | Self::Scalar(query) | Self::In(_, query) => {
                query.first == number
            }
            _ => false,
        };
        let mut found = is_there;
        self.each_operand(&mut |operand| found = found || operand.has_subquery_at(number));
        found
    }

    /// Adds `by` to the number of every table of the statement. Tables of subqueries keep their numbers.
    pub(crate) fn shift(&mut self, by: u8) {
        self.renumber(&|number| {
            if number < LEVEL {
                number.saturating_add(by)
            } else {
                number
            }
        });
    }

    /// Changes the number of every table, also of subqueries.
    pub(super) fn renumber(&mut self, number: &dyn Fn(u8) -> u8) {
        match self {
            Self::Column(column) => column.source = number(column.source),
            Self::Search(source, ..) => *source = number(*source),
            Self::Exists { query, .. } | Self::Scalar(query) | Self::In(_, query) => {
                query.first = number(query.first);
            }
            _ => {}
        }
        self.each_operand_mut(&mut |operand| operand.renumber(number));
    }

    pub(crate) fn column(meta: &'static Meta, source: usize, position: usize) -> Self {
        // `source` is below 4 in a statement, because it has at most four tables, and below 255 in a subquery.
        let source = u8::try_from(source).unwrap_or(EXCLUDED);
        Self::Column(ColumnRef {
            meta,
            source,
            position,
        })
    }

    /// Whether it is the column with this name.
    pub(crate) fn is_column(&self, meta: &Meta, name: &str) -> bool {
        match self {
            Self::Column(column) => meta.position(name) == Some(column.position),
            _ => false,
        }
    }

    /// The column that it is, with or without a cast.
    pub(crate) fn as_column(&self) -> Option<ColumnRef> {
        match self {
            Self::Column(column) => Some(*column),
            Self::Cast(operand, _) => operand.as_column(),
            _ => None,
        }
    }

    /// The expression as an order or a group. A column of `json` is refused. The Rust type refuses it earlier, except
    /// where it does not show the column's SQL type, as with a domain.
    pub(crate) fn in_order(self) -> Self {
        let sql_type = match &self {
            Self::Column(column) => column.meta.sql_type(column.position),
            _ => None,
        };
        if sql_type.is_some_and(SqlType::is_json) {
            Self::Refused(JSON)
        } else {
            self
        }
    }

    /// The expression as an operand of a comparison. If PostgreSQL has no operators for the column's type, the column
    /// is cast to a type that has them.
    pub(crate) fn compared(self) -> Self {
        let compared = self.in_order();
        let column = match &compared {
            Self::Column(column) => column.meta.column(column.position),
            _ => None,
        };
        match column.and_then(|column| column.compared_as.as_deref()) {
            Some(to) => Self::Cast(Box::new(compared), to),
            None => compared,
        }
    }

    /// The type that a value compared with it is cast to. `None` if no cast is needed.
    pub(crate) fn cast(&self) -> Option<&'static str> {
        match self {
            Self::Column(column) => column.meta.column(column.position)?.cast.as_deref(),
            _ => None,
        }
    }

    /// Whether it can fail on some rows: a division by zero, an invalid pattern. A column of a view may be computed, so
    /// it can fail too unless row-level security filters the rows first.
    pub(crate) fn may_fail(&self, enforcement: Enforcement) -> bool {
        let may_fail = |node: &Self| node.may_fail(enforcement);
        match self {
            Self::Column(column) => enforcement == Enforcement::ByPredicates && column.meta.is_view(),
            Self::Binary(op, left, right) => can_fail(*op) || may_fail(left) || may_fail(right),
            Self::Not(operand) | Self::IsNotTrue(operand) | Self::IsNull { operand, .. } => {
                may_fail(operand)
            }
            Self::In(operand, _) => may_fail(operand),
            Self::Between(operand, low, high) => [operand, low, high].into_iter().any(|node| may_fail(node)),
            Self::Call(_, arguments) => arguments.iter().any(may_fail),
            Self::Cast(operand, _) => !matches!(**operand, Self::Value(..) | Self::Aggregate(..)),
            Self::Among(values) => values.iter().any(|value| may_fail(&value.operand)),
            // The search language comes from the schema, and the text is the same for all rows.
            Self::Search(..)
            // Its operand is evaluated only on reached rows, with a guard where it can fail. So are the expressions of
            // a subquery.
            | Self::Aggregate(..)
            | Self::Exists { .. }
            | Self::Scalar(_)
            | Self::Value(..)
            | Self::Star
            | Self::Bool(_)
            | Self::Refused(_) => false,
        }
    }

    /// Whether it needs no parentheses as an operand.
    pub(crate) fn is_atom(&self) -> bool {
        matches!(
            self,
            Self::Column(_)
                | Self::Value(..)
                | Self::Call(..)
                | Self::Aggregate(..)
                | Self::Cast(..)
                | Self::Scalar(_)
                | Self::Bool(_)
        )
    }
}

/// Whether the operator fails on some operands: arithmetic, invalid patterns, and values that cannot be concatenated.
fn can_fail(op: BinaryOp) -> bool {
    match op {
        BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Mul
        | BinaryOp::Div
        | BinaryOp::Rem
        | BinaryOp::Like
        | BinaryOp::ILike
        | BinaryOp::Matches
        | BinaryOp::MatchesIgnoreCase
        | BinaryOp::Concat => true,
        BinaryOp::Or
        | BinaryOp::And
        | BinaryOp::Eq
        | BinaryOp::Ne
        | BinaryOp::Lt
        | BinaryOp::Le
        | BinaryOp::Gt
        | BinaryOp::Ge
        | BinaryOp::Contains
        | BinaryOp::ContainedBy
        | BinaryOp::Overlaps => false,
    }
}
