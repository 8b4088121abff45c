//! A foreign key to columns that are neither the primary key nor unique: PostgreSQL rejects it (42830).

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
            if !is_unique(target, key, None) && !is_unique_with_scope(table, target, key) {
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

/// Whether the foreign key carries the scope and its target is unique within the scope.
const fn is_unique_with_scope(table: &TableDef, target: &TableDef, key: &ForeignKeyDef) -> bool {
    match super::carries_scope(table, key) {
        Some((_, theirs)) => is_unique(target, key, Some(theirs)),
        None => false,
    }
}

/// Whether the referenced columns, together with `scope` if there is one, are the primary key or unique.
const fn is_unique(target: &TableDef, key: &ForeignKeyDef, scope: Option<&str>) -> bool {
    if are_the_columns(key, scope, target.primary_key.columns) {
        return true;
    }
    let mut i = 0;
    while i < target.uniques.len() {
        let unique = &target.uniques[i];
        // PostgreSQL does not accept a deferrable constraint as the target (55000).
        if matches!(unique.deferrable, Deferrable::Never)
            && are_the_columns(key, scope, unique.columns)
        {
            return true;
        }
        i += 1;
    }
    let mut i = 0;
    while i < target.indexes.len() {
        if is_unique_index_over(&target.indexes[i], key, scope) {
            return true;
        }
        i += 1;
    }
    false
}

const fn count(key: &ForeignKeyDef, scope: Option<&str>) -> usize {
    match scope {
        Some(_) => key.references.len() + 1,
        None => key.references.len(),
    }
}

/// Whether `columns` are exactly the referenced columns and `scope`, in any order.
const fn are_the_columns(key: &ForeignKeyDef, scope: Option<&str>, columns: &[&str]) -> bool {
    if count(key, scope) != columns.len() {
        return false;
    }
    if let Some(scope) = scope
        && !holds_text(columns, scope)
    {
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

/// Whether it is a unique index over exactly these columns. A partial index or one over an expression cannot be a
/// target.
const fn is_unique_index_over(index: &IndexDef, key: &ForeignKeyDef, scope: Option<&str>) -> bool {
    if !index.unique || index.filter.is_some() || index.parts.len() != count(key, scope) {
        return false;
    }
    if let Some(scope) = scope
        && !has_part(index, scope)
    {
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
