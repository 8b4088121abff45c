use super::Expr;
use crate::model::{IndexMethod, Nulls, SortOrder};

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The name.
    pub name: String,
    /// What is indexed, in order.
    pub parts: Vec<IndexPart>,
    /// Whether each value may stand once.
    pub unique: bool,
    /// Whether, in a unique index, nulls are equal to each other.
    pub nulls_not_distinct: bool,
    /// The access method.
    pub method: IndexMethod,
    /// The columns that are stored beside the key.
    pub include: Vec<String>,
    /// The condition of a partial index.
    pub filter: Option<Expr>,
}

/// A column or an expression of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPart {
    /// What is indexed.
    pub value: Expr,
    /// Ascending or descending.
    pub order: SortOrder,
    /// Where nulls stand, where it is not the default of the order.
    pub nulls: Option<Nulls>,
    /// The collation.
    pub collation: Option<String>,
    /// The operator class.
    pub operator_class: Option<String>,
}
