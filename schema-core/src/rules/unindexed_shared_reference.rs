//! A foreign key of a scoped table to a shared or an internal one whose index begins with the scope: a delete of the
//! referenced row has no scope, so it reads the whole table. The derive reports a foreign key without any index.

use super::{Allow, Rule, Violation};
use crate::model::{
    Expr, ForeignKeyDef, IndexDef, IndexMethod, Ownership, SchemaDef, TableDef, holds_text,
};

pub(super) const RULE: Rule = Rule::schema("unindexed_shared_reference", Allow::TableOrColumn);

/// Allowing a foreign key without an index also allows this rule.
const WITHOUT_INDEX: Rule = Rule::derive("unindexed_foreign_key", Allow::TableOrColumn);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if !matches!(table.ownership, Ownership::Scope(_)) {
        return None;
    }
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if !key.target().ownership.is_owned() && !is_served(table, key) && !is_allowed(table, key) {
            return Some(violation(table, key));
        }
        i += 1;
    }
    None
}

const fn is_allowed(table: &TableDef, key: &ForeignKeyDef) -> bool {
    RULE.is_allowed_for(table, key) || WITHOUT_INDEX.is_allowed_for(table, key)
}

/// Whether an index, the primary key or a unique constraint begins with the columns, in any order.
const fn is_served(table: &TableDef, key: &ForeignKeyDef) -> bool {
    if begins_with(table.primary_key.columns, key) {
        return true;
    }
    let mut i = 0;
    while i < table.uniques.len() {
        if begins_with(table.uniques[i].columns, key) {
            return true;
        }
        i += 1;
    }
    let mut i = 0;
    while i < table.indexes.len() {
        if index_begins_with(&table.indexes[i], key) {
            return true;
        }
        i += 1;
    }
    false
}

const fn begins_with(columns: &[&str], key: &ForeignKeyDef) -> bool {
    if columns.len() < key.columns.len() {
        return false;
    }
    let mut i = 0;
    while i < key.columns.len() {
        if !holds_text(key.columns, columns[i]) {
            return false;
        }
        i += 1;
    }
    true
}

const fn index_begins_with(index: &IndexDef, key: &ForeignKeyDef) -> bool {
    let is_ordered = matches!(index.method, IndexMethod::BTree | IndexMethod::Hash);
    if !is_ordered || index.filter.is_some() || index.parts.len() < key.columns.len() {
        return false;
    }
    let mut i = 0;
    while i < key.columns.len() {
        match index.parts[i].value {
            Expr::Column(name) if holds_text(key.columns, name) => {}
            _ => return false,
        }
        i += 1;
    }
    true
}

const fn violation(table: &TableDef, key: &ForeignKeyDef) -> Violation {
    Violation::new(
        &RULE,
        table,
        &[
            "the index for `",
            table.name.name,
            ".",
            key.columns[0],
            "` begins with the scope, but a delete of a row of the ",
            key.target().ownership.word(),
            " table `",
            key.target().table.name,
            "` has no scope and reads this whole table; write `index` beside `references`",
        ],
    )
}
