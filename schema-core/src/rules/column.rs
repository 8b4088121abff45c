//! Properties of columns that several rules check.

use crate::model::{ForeignKeyDef, TableDef};

/// The foreign key of `table` whose only column is `column`.
pub(super) const fn foreign_key_of(
    table: &TableDef,
    column: &str,
) -> Option<&'static ForeignKeyDef> {
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if key.columns.len() == 1 && crate::model::same_text(key.columns[0], column) {
            return Some(key);
        }
        i += 1;
    }
    None
}

/// Whether the column may be null; `false` if the table has no such column.
pub(super) const fn may_be_null(table: &TableDef, column: &str) -> bool {
    match table.column(column) {
        Some(column) => column.nullable,
        None => false,
    }
}
