//! Columns in the lists of keys, indexes and foreign keys, and rules about a single column.

use syn::Ident;

use super::allow::{allowed, or_allow};
use super::expressions::known_column;
use crate::ast::{Column, Ownership, Table, unraw};
use crate::errors::Errors;
use crate::keys::SENSITIVE;

/// The lists of columns of a table. The parts of an index are not included: they are checked as expressions.
fn lists(table: &Table) -> impl Iterator<Item = &[Ident]> {
    let keys = table.primary_keys.iter().map(|key| key.columns.as_slice());
    let uniques = table.uniques.iter().map(|unique| unique.columns.as_slice());
    let includes = table.uniques.iter().map(|unique| unique.include.as_slice());
    let index_includes = table.indexes.iter().map(|index| index.include.as_slice());
    let foreign_keys = table.foreign_keys.iter().map(|key| key.columns.as_slice());
    let partition_key = table.partition_by.iter().map(|by| by.columns.as_slice());
    let events = table.triggers.iter().flat_map(|trigger| &trigger.events);
    let updates = events.map(|event| event.columns.as_slice());
    keys.chain(partition_key)
        .chain(updates)
        .chain(uniques)
        .chain(includes)
        .chain(index_includes)
        .chain(foreign_keys)
}

pub(super) fn unknown_in_lists(table: &Table, errors: &Errors) {
    for column in lists(table).flatten() {
        known_column(table, column, errors);
    }
}

pub(super) fn repeated_in_lists(table: &Table, errors: &Errors) {
    let parts = table.indexes.iter().map(|index| {
        index
            .parts
            .iter()
            .filter_map(|part| part.column())
            .collect()
    });
    let lists = lists(table).map(|list| list.iter().collect()).chain(parts);
    lists.for_each(|list: Vec<&Ident>| repeated(&list, errors));
}

pub(super) fn repeated(list: &[&Ident], errors: &Errors) {
    for (index, column) in list.iter().enumerate() {
        if list
            .iter()
            .take(index)
            .any(|before| unraw(before) == unraw(column))
        {
            errors.push_at(
                column.span(),
                format!("`{column}` is in this list already; write it once"),
            );
        }
    }
}

/// Every user may read a shared table, so a column with a secret does not belong there.
///
/// The key `secret` does not help: it controls the audit trail and the logs, not who reads the table.
pub(super) fn sensitive_column(table: &Table, errors: &Errors) {
    const RULE: &str = "sensitive_column";
    if !matches!(table.ownership(), Some(Ownership::Shared(_))) {
        return;
    }
    for column in table
        .columns
        .iter()
        .filter(|column| !allowed(table, Some(column), RULE))
    {
        if let Some(finding) = sensitive(column) {
            let message = format!(
                "{finding}, and every user may read a `shared` table, even its `secret` columns; give the table an owner, or make it `internal`{}",
                or_allow(RULE)
            );
            errors.push_at(column.field.span(), message);
        }
    }
}

/// Why the column seems to contain a secret, if it does.
fn sensitive(column: &Column) -> Option<String> {
    let name = &column.name.value;
    if column.secret.is_some() {
        return Some(format!("`{name}` is `secret`"));
    }
    let word = SENSITIVE.iter().find(|word| has_word(name, word))?;
    Some(format!("`{name}` is named like a secret (`{word}`)"))
}

/// Whether a name contains the word between underscores.
fn has_word(name: &str, word: &str) -> bool {
    format!("_{}_", name.to_lowercase()).contains(&format!("_{word}_"))
}

/// The object identifier types that `pg_upgrade` refuses in a table (`pg_upgrade/check.c`).
const REG_TYPES: &[&str] = &[
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
];

pub(super) fn reg_type(table: &Table, errors: &Errors) {
    for column in table
        .columns
        .iter()
        .filter(|column| !column.allows("reg_type"))
    {
        let Some(raw) = &column.sql_type_raw else {
            continue;
        };
        let word = raw.value.trim().trim_end_matches("[]").to_lowercase();
        if REG_TYPES.contains(&word.as_str()) {
            let message = format!(
                "`pg_upgrade` refuses a database with a `{word}` column; store the name as `text`, or allow it with `#[column(allow(reg_type))]`"
            );
            errors.push_at(raw.span, message);
        }
    }
}
