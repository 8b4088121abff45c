//! Columns that cannot exist for both releases.

use std::fmt;

use freehold_schema_core::ir::QualifiedName;

/// A column that is dropped or renamed at once, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AtOnce {
    /// The table.
    pub table: QualifiedName,
    /// The column, by its name in the older release.
    pub column: String,
    /// The reason.
    pub reason: &'static str,
}

impl fmt::Display for AtOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table,
            column,
            reason,
        } = self;
        write!(
            f,
            "`{table}.{column}` cannot be kept for the running release: {reason}"
        )
    }
}
