//! A scope column that does not reference the key of the owner table, or an owner table whose key has several columns.

use super::{Allow, Rule, Violation};
use crate::model::{Ownership, SchemaDef, TableDef, same_text};

pub(super) const RULE: Rule = Rule::schema("scope_owner", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    match table.ownership {
        Ownership::Scope(column) => check_scope(schema, table, column),
        Ownership::Owner if table.primary_key.columns.len() > 1 => Some(Violation::new(
            &RULE,
            table,
            &[
                "the key of the `owner` table `",
                table.name.name,
                "` has more than one column, but a single column must identify the user; write `primary_key` at that column, and `unique(..)` for the others",
            ],
        )),
        _ => None,
    }
}

const fn check_scope(schema: &SchemaDef, table: &TableDef, column: &str) -> Option<Violation> {
    let Some(key) = super::column::foreign_key_of(table, column) else {
        return None;
    };
    let target = key.target();
    let Some(position) = schema.position(&target.table) else {
        return None;
    };
    if matches!(target.ownership, Ownership::Owner)
        && is_the_key(schema.tables[position], target.column)
    {
        return None;
    }
    Some(Violation::new(
        &RULE,
        table,
        &[
            "the scope `",
            table.name.name,
            ".",
            column,
            "` references `",
            target.table.name,
            ".",
            target.column,
            "`, which is not the key of the `owner` table; reference the users, or write `scope(through = ",
            column,
            ")`",
        ],
    ))
}

const fn is_the_key(owner: &TableDef, column: &str) -> bool {
    owner.primary_key.columns.len() == 1 && same_text(owner.primary_key.columns[0], column)
}
