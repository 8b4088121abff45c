//! Who owns the rows.

use super::expressions;
use crate::ast::{Ownership, Table};
use crate::errors::Errors;

pub(super) fn one(table: &Table, errors: &Errors) {
    if let [_, second, ..] = table.ownerships.as_slice() {
        errors.push_at(
            second.span(),
            "a table is one of `owner`, `scope` and `shared`; write one of them",
        );
    }
}

pub(super) fn known_column(table: &Table, errors: &Errors) {
    for ownership in &table.ownerships {
        if let Ownership::Scope(column) | Ownership::Through(column) = ownership {
            expressions::known_column(table, column, errors);
        }
    }
}
