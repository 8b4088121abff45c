//! Foreign keys in a circle of which none may be null or deferred: no row could be the first.

use super::{Allow, Rule, Violation};
use crate::model::{Deferrable, ForeignKeyDef, SchemaDef, TableDef};

pub(super) const RULE: Rule = Rule::schema("required_cycle", Allow::Never);

/// How many tables a circle is looked for in.
const TABLES: usize = 1024;

/// Reports a circle at its first table in the list alone, so it walks through later ones only. That also keeps it short:
/// a table mostly comes after those that it references.
pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if schema.tables.len() > TABLES || !has_later_target(schema, index) {
        return None;
    }
    let mut seen = [false; TABLES];
    let mut open = [0; TABLES];
    open[0] = index;
    let mut waiting = 1;
    while waiting > 0 {
        waiting -= 1;
        let from = open[waiting];
        let keys = schema.tables[from].foreign_keys;
        let mut i = 0;
        while i < keys.len() {
            if let Some(to) = required_target(schema, from, &keys[i]) {
                if to == index && from != index {
                    return Some(violation(table, schema.tables[from]));
                }
                if to > index && !seen[to] {
                    seen[to] = true;
                    open[waiting] = to;
                    waiting += 1;
                }
            }
            i += 1;
        }
    }
    None
}

const fn has_later_target(schema: &SchemaDef, index: usize) -> bool {
    let keys = schema.tables[index].foreign_keys;
    let mut i = 0;
    while i < keys.len() {
        if let Some(to) = required_target(schema, index, &keys[i])
            && to > index
        {
            return true;
        }
        i += 1;
    }
    false
}

/// The table that a row must have a row of before it.
const fn required_target(schema: &SchemaDef, from: usize, key: &ForeignKeyDef) -> Option<usize> {
    if !matches!(key.deferrable, Deferrable::Never) {
        return None;
    }
    let mut i = 0;
    while i < key.columns.len() {
        if super::column::may_be_null(schema.tables[from], key.columns[i]) {
            return None;
        }
        i += 1;
    }
    schema.position(&key.target().table)
}

const fn violation(table: &TableDef, last: &TableDef) -> Violation {
    Violation::new(
        &RULE,
        table,
        &[
            "foreign keys go in a circle from `",
            table.name.name,
            "` by way of `",
            last.name.name,
            "` and back, and none may be null: no row could be the first; make one an `Option`, or `deferrable`",
        ],
    )
}
