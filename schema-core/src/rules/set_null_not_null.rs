//! `set_null` on a column that cannot be null, or `set_default` on one that also has no default.
//!
//! PostgreSQL would reject each delete of a referenced row, or each update of its key.

use super::{Allow, Rule, Violation};
use crate::model::{Action, ForeignKeyDef, SchemaDef, TableDef};

pub(super) const RULE: Rule = Rule::schema("set_null_not_null", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if let Some(column) = column_that_cannot_be_set(table, key, key.on_delete) {
            return Some(violation(table, column, "on_delete"));
        }
        // On update, PostgreSQL accepts no list of columns, so the scope cannot be excluded.
        if let (Some((scope, _)), Action::SetNull(_) | Action::SetDefault(_)) =
            (super::carries_scope(table, key), key.on_update)
        {
            return Some(violation(table, scope, "on_update"));
        }
        if let Some(column) = column_that_cannot_be_set(table, key, key.on_update) {
            return Some(violation(table, column, "on_update"));
        }
        i += 1;
    }
    None
}

/// The first column that the action would set to null although it cannot be null.
const fn column_that_cannot_be_set(
    table: &TableDef,
    key: &ForeignKeyDef,
    action: Action,
) -> Option<&'static str> {
    let (columns, to_default) = match action {
        Action::SetNull([]) => (key.columns, false),
        Action::SetDefault([]) => (key.columns, true),
        Action::SetNull(columns) => (columns, false),
        Action::SetDefault(columns) => (columns, true),
        _ => return None,
    };
    let mut i = 0;
    while i < columns.len() {
        let kept = to_default && has_default(table, columns[i]);
        if !kept && !super::column::may_be_null(table, columns[i]) {
            return Some(columns[i]);
        }
        i += 1;
    }
    None
}

const fn has_default(table: &TableDef, column: &str) -> bool {
    match table.column(column) {
        Some(column) => column.default.is_some(),
        None => true,
    }
}

const fn violation(table: &TableDef, column: &str, key: &str) -> Violation {
    Violation::new(
        &RULE,
        table,
        &[
            "`",
            key,
            "` would set `",
            table.name.name,
            ".",
            column,
            "` to null, which it can never be; make the field an `Option`, give it a `default` for `set_default`, or choose `cascade` or `restrict`",
        ],
    )
}
