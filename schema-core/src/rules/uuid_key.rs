//! A primary key without a `uuid` column: a counter reveals how many rows there are, and only one place can count.

use super::{Allow, Rule, Violation};
use crate::model::SchemaDef;

pub(super) const RULE: Rule = Rule::schema("uuid_key", Allow::Table);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let columns = table.primary_key.columns;
    let mut i = 0;
    while i < columns.len() {
        match table.column(columns[i]) {
            Some(column) if column.sql_type.is_uuid() => return None,
            _ => i += 1,
        }
    }
    // No user reads the keys of an internal table.
    if columns.is_empty() || table.ownership.is_internal() || RULE.is_allowed(table) {
        return None;
    }
    let word = match table.column(columns[0]) {
        Some(column) => column.sql_type.word(),
        None => return None,
    };
    Some(Violation::new(
        &RULE,
        table,
        &[
            "the primary key `",
            table.name.name,
            ".",
            columns[0],
            "` is `",
            word,
            "`, which reveals to outsiders how many rows there are; use a `Uuid` with `default = gen_random_uuid()`",
        ],
    ))
}
