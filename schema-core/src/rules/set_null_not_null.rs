//! `set_null` on a column that cannot be null: each delete of the parent would fail.

use super::{Allow, Rule, Violation};
use crate::model::{Action, ForeignKeyDef, SchemaDef, TableDef};

pub(super) const RULE: Rule = Rule::schema("set_null_not_null", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if let Some(column) = column_set_in_vain(table, key, key.on_delete) {
            return Some(violation(table, column, "on_delete"));
        }
        if let Some(column) = column_set_in_vain(table, key, key.on_update) {
            return Some(violation(table, column, "on_update"));
        }
        i += 1;
    }
    None
}

/// The first column that the action sets to null though it cannot be.
const fn column_set_in_vain(
    table: &TableDef,
    key: &ForeignKeyDef,
    action: Action,
) -> Option<&'static str> {
    let columns = match action {
        Action::SetNull([]) => key.columns,
        Action::SetNull(columns) => columns,
        _ => return None,
    };
    let mut i = 0;
    while i < columns.len() {
        if !super::may_be_null(table, columns[i]) {
            return Some(columns[i]);
        }
        i += 1;
    }
    None
}

const fn violation(table: &TableDef, column: &str, key: &str) -> Violation {
    Violation::new(
        &RULE,
        table,
        &[
            "`",
            key,
            " = set_null` cannot set `",
            table.name.name,
            ".",
            column,
            "`, which is never null; make the field an `Option`, or choose `cascade` or `restrict`",
        ],
    )
}
