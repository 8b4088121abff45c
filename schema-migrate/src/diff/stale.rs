//! Declared renames that have no effect.

use std::fmt;

use freehold_schema_core::ir::QualifiedName;

/// A `renamed_from` whose rename is already done or is impossible.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StaleRename {
    /// The table.
    pub table: QualifiedName,
    /// The column, if the attribute is on a column.
    pub column: Option<String>,
    /// The name in `renamed_from`.
    pub from: String,
}

impl fmt::Display for StaleRename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table,
            column,
            from,
        } = self;
        let of_column = column.as_ref().map(|column| format!(".{column}"));
        write!(
            f,
            "`renamed_from = \"{from}\"` of `{table}{}` has no effect: the rename is done, or `{from}` does not exist; remove it",
            of_column.unwrap_or_default()
        )
    }
}
