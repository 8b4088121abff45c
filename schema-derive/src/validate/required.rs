//! What each table must declare.

use super::allow::or_allow;
use crate::ast::{Column, Ownership, Table, unraw};
use crate::errors::Errors;

pub(super) fn columns(table: &Table, errors: &Errors) {
    if table.columns.is_empty() {
        errors.push_at(
            table.ident.span(),
            "a table needs a column; add `#[column(primary_key)] pub id: Uuid`",
        );
    }
}

pub(super) fn primary_key(table: &Table, errors: &Errors) {
    let has_key = table.primary_keys.iter().any(|key| !key.columns.is_empty());
    if !has_key && !table.columns.is_empty() {
        let message = format!(
            "`{}` has no primary key; write `#[column(primary_key)]` at a field, or `#[table(primary_key(a, b))]`",
            table.ident
        );
        errors.push_at(table.ident.span(), message);
    }
}

/// The user must decide what happens to a row when the referenced row is deleted.
pub(super) fn delete_action(table: &Table, errors: &Errors) {
    for key in table
        .foreign_keys
        .iter()
        .filter(|key| key.on_delete.is_none())
    {
        errors.push_at(key.span, "this foreign key has no action for a deleted referenced row; write `on_delete = cascade`, `restrict`, `set_null`, `set_default` or `no_action`");
    }
}

/// The scope must be a foreign key to its owner.
pub(super) fn scope_reference(table: &Table, errors: &Errors) {
    let Some(Ownership::Scope(ident) | Ownership::Through(ident)) = table.ownership() else {
        return;
    };
    let Some(column) = table.column(ident) else {
        return;
    };
    if !references(table, column) {
        let message = format!(
            "the scope `{ident}` references no table; write `#[column(references = User::id, on_delete = cascade)]` at the field"
        );
        errors.push_at(ident.span(), message);
    }
}

fn references(table: &Table, column: &Column) -> bool {
    table
        .foreign_keys
        .iter()
        .any(|key| match key.columns.as_slice() {
            [own] => unraw(own) == column.field_name || unraw(own) == column.name.value,
            _ => false,
        })
}

pub(super) fn timestamps(table: &Table, errors: &Errors) {
    const RULE: &str = "timestamps";
    if table.allows(RULE) || table.columns.is_empty() {
        return;
    }
    let created = table.columns.iter().any(Column::is_created_at);
    let updated = table.columns.iter().any(Column::is_updated_at);
    let (missing, first) = match (created, updated) {
        (true, true) => return,
        (true, false) => ("`updated_at`", "updated_at"),
        (false, true) => ("`created_at`", "created_at"),
        (false, false) => ("`created_at` and no `updated_at`", "created_at"),
    };
    let message = format!(
        "`{}` has no {missing} column; add `#[column({first})] pub {first}: DateTime<Utc>`{}",
        table.ident,
        or_allow(RULE)
    );
    errors.push_at(table.ident.span(), message);
}
