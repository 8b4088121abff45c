//! Foreign keys.

use crate::ast::{Action, ForeignKey, Table, unraw};
use crate::errors::Errors;

/// A foreign key has the same number of columns on both sides.
pub(super) fn column_count(table: &Table, errors: &Errors) {
    for key in &table.foreign_keys {
        let Some(target) = &key.target else {
            continue;
        };
        let (own, theirs) = (key.columns.len(), target.columns.len());
        if own != theirs && own != 0 {
            let message = format!(
                "the number of columns differs: {own} columns reference {theirs}; write as many on both sides"
            );
            errors.push_on(&target.table, message);
        }
    }
}

/// A foreign key references each column of the other table at most once.
pub(super) fn repeated_target(table: &Table, errors: &Errors) {
    for target in table
        .foreign_keys
        .iter()
        .filter_map(|key| key.target.as_ref())
    {
        for (position, column) in target.columns.iter().enumerate() {
            if target
                .columns
                .iter()
                .take(position)
                .any(|before| before == column)
            {
                errors.push_at(
                    column.span(),
                    format!("`{column}` is in this list already; write it once"),
                );
            }
        }
    }
}

fn actions(key: &ForeignKey) -> impl Iterator<Item = &Action> {
    key.on_delete.iter().chain(&key.on_update)
}

/// `set_null(column)` names only columns of its foreign key, and is only for `on_delete`.
pub(super) fn set_columns(table: &Table, errors: &Errors) {
    for key in &table.foreign_keys {
        for column in actions(key).flat_map(|action| &action.columns) {
            if !key.columns.iter().any(|own| unraw(own) == unraw(column)) {
                errors.push_at(
                    column.span(),
                    format!(
                        "`{column}` is not a column of this foreign key; name one of its columns"
                    ),
                );
            }
        }
        if let Some(action) = key
            .on_update
            .as_ref()
            .filter(|action| !action.columns.is_empty())
        {
            errors.push_at(action.span, "PostgreSQL accepts a list of columns only for `on_delete`; remove it from `on_update`");
        }
    }
}

/// Without a list, `set_null` on a composite foreign key would set the scope column to null too.
pub(super) fn set_null_columns(table: &Table, errors: &Errors) {
    for key in table
        .foreign_keys
        .iter()
        .filter(|key| key.columns.len() > 1)
    {
        let Some(action) = &key.on_delete else {
            continue;
        };
        if action.variant == "SetNull" && action.columns.is_empty() {
            let last = key
                .columns
                .last()
                .map(ToString::to_string)
                .unwrap_or_default();
            errors.push_at(action.span, format!("`set_null` would set every column of this foreign key; name the columns to set: `set_null({last})`"));
        }
    }
}
