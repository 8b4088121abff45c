use super::{Check, QualifiedName, SqlType};

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The name.
    pub name: QualifiedName,
    /// The type that it narrows.
    pub base: SqlType,
    /// The comment.
    pub comment: Option<String>,
    /// The checks; the column `value` in them is the value.
    pub checks: Vec<Check>,
}
