//! Foreign keys that form a cycle and of which none is nullable or deferrable: no first row could be inserted.

use super::{Allow, Rule, Violation};
use crate::model::{Deferrable, ForeignKeyDef, SchemaDef, TableDef};

pub(super) const RULE: Rule = Rule::schema("required_cycle", Allow::Never);

/// The rule does not check schemas with more tables than this.
const TABLES: usize = 1024;

/// It reports a cycle only at its first table in the list, so it follows only references to later tables. That also
/// keeps the search short: a table usually comes after those that it references.
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

/// The table in which a row must exist before a row of `from` can be inserted.
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
            "foreign keys form a cycle from `",
            table.name.name,
            "` through `",
            last.name.name,
            "` and back, and none may be null: no row could be inserted first; make one an `Option`, or `deferrable`",
        ],
    )
}
