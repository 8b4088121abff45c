//! A foreign key to columns that are neither the primary key nor unique: PostgreSQL refuses it (42830).

use super::{Allow, Rule, Violation};
use crate::model::{Deferrable, Expr, ForeignKeyDef, IndexDef, SchemaDef, TableDef, holds_text};

pub(super) const RULE: Rule = Rule::schema("reference_target", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if let Some(position) = schema.position(&key.target().table) {
            let target = schema.tables[position];
            if !is_unique(target, key) {
                return Some(Violation::new(
                    &RULE,
                    table,
                    &[
                        "`",
                        table.name.name,
                        ".",
                        key.columns[0],
                        "` references `",
                        target.name.name,
                        ".",
                        key.target().column,
                        "`, which is not unique; reference the primary key, or make it `unique` (and not `deferrable`)",
                    ],
                ));
            }
        }
        i += 1;
    }
    None
}

const fn is_unique(target: &TableDef, key: &ForeignKeyDef) -> bool {
    if are_the_columns(key, target.primary_key.columns) {
        return true;
    }
    let mut i = 0;
    while i < target.uniques.len() {
        let unique = &target.uniques[i];
        // PostgreSQL takes no deferrable constraint as the target (55000).
        if matches!(unique.deferrable, Deferrable::Never) && are_the_columns(key, unique.columns) {
            return true;
        }
        i += 1;
    }
    let mut i = 0;
    while i < target.indexes.len() {
        if is_unique_index_over(&target.indexes[i], key) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether the foreign key references just these columns, in any order.
const fn are_the_columns(key: &ForeignKeyDef, columns: &[&str]) -> bool {
    if key.references.len() != columns.len() {
        return false;
    }
    let mut i = 0;
    while i < key.references.len() {
        if !holds_text(columns, key.references[i].column) {
            return false;
        }
        i += 1;
    }
    true
}

/// A unique index serves as a target too, where it is neither partial nor over an expression.
const fn is_unique_index_over(index: &IndexDef, key: &ForeignKeyDef) -> bool {
    if !index.unique || index.filter.is_some() || index.parts.len() != key.references.len() {
        return false;
    }
    let mut i = 0;
    while i < key.references.len() {
        if !has_part(index, key.references[i].column) {
            return false;
        }
        i += 1;
    }
    true
}

const fn has_part(index: &IndexDef, column: &str) -> bool {
    let mut i = 0;
    while i < index.parts.len() {
        if let Expr::Column(name) = index.parts[i].value
            && crate::model::same_text(name, column)
        {
            return true;
        }
        i += 1;
    }
    false
}
