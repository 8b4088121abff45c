//! Who owns the rows.

use super::expressions;
use crate::ast::{Ownership, Table};
use crate::errors::Errors;
use crate::keys::{OWNERSHIPS, OwnershipWord};
use crate::suggest::listed;

pub(super) fn one(table: &Table, errors: &Errors) {
    let words = OWNERSHIPS.iter().map(|word| word.usage);
    second(table, "table", words, errors);
}

pub(super) fn one_of_view(view: &Table, errors: &Errors) {
    let words = of_views().map(|word| word.usage);
    second(view, "view", words, errors);
}

/// Refuses a second ownership beside the first.
fn second(table: &Table, kind: &str, words: impl Iterator<Item = &'static str>, errors: &Errors) {
    if let [_, second, ..] = table.ownerships.as_slice() {
        let words = listed(words);
        let message = format!("a {kind} is one of {words}; write one of them");
        errors.push_at(second.span(), message);
    }
}

pub(super) fn required(table: &Table, errors: &Errors) {
    missing(table, "table", OWNERSHIPS.iter(), errors);
}

pub(super) fn required_of_view(view: &Table, errors: &Errors) {
    missing(view, "view", of_views(), errors);
}

fn missing(
    table: &Table,
    attribute: &str,
    words: impl Iterator<Item = &'static OwnershipWord>,
    errors: &Errors,
) {
    if table.ownerships.is_empty() {
        let words: Vec<_> = words
            .map(|word| format!("`{}` ({})", word.usage, word.meaning))
            .collect();
        let message = format!(
            "`{}` does not declare who owns its rows; write `#[{attribute}(..)]` with one of {}",
            table.ident,
            words.join(", ")
        );
        errors.push_at(table.ident.span(), message);
    }
}

fn of_views() -> impl Iterator<Item = &'static OwnershipWord> {
    OWNERSHIPS.iter().filter(|word| word.of_views)
}

pub(super) fn known_column(table: &Table, errors: &Errors) {
    for ownership in &table.ownerships {
        if let Ownership::Scope(column) | Ownership::Through(column) = ownership {
            expressions::known_column(table, column, errors);
        }
    }
}
