//! Renames that are declared and happen no more.

use std::fmt;

use freehold_schema_core::ir::QualifiedName;

/// A `renamed_from` whose rename has happened already, or never can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleRename {
    /// The table.
    pub table: QualifiedName,
    /// The column, where it is one that has the key.
    pub column: Option<String>,
    /// What `renamed_from` says.
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
            "`{table}{}` says `renamed_from = \"{from}\"`, which is done, or there is no `{from}` any more; remove it",
            of_column.unwrap_or_default()
        )
    }
}
