//! A foreign key between two owned tables that cannot carry the scope: foreign-key checks and cascades bypass row-level
//! security, so such a key lets a row point at another user's row.
//!
//! Between two tables with a scope column the foreign key is made composite when the schema is built
//! ([`crate::ir`]); this rule is about the rest.

use super::{Allow, Rule, Violation};
use crate::model::{ForeignKeyDef, Ownership, SchemaDef, TableDef, holds_text, same_text};

pub(super) const RULE: Rule = Rule::schema("single_column_reference", Allow::TableOrColumn);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if crosses_scopes(table, key) && !RULE.is_allowed_for(table, key) {
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "`",
                    table.name.name,
                    ".",
                    key.columns[0],
                    "` can point at another user's row of `",
                    key.target().table.name,
                    "`, since one of the two has no scope column; give both `scope = ..`",
                ],
            ));
        }
        i += 1;
    }
    None
}

/// Whether the foreign key leads to an owned row that need not have the same owner.
const fn crosses_scopes(table: &TableDef, key: &ForeignKeyDef) -> bool {
    match (table.ownership, key.target().ownership) {
        (Ownership::Scope(_), Ownership::Through(_)) => true,
        (Ownership::Through(column), Ownership::Scope(_) | Ownership::Through(_)) => {
            !(key.columns.len() == 1 && same_text(key.columns[0], column))
        }
        _ => false,
    }
}

/// The scope columns of both sides, where the foreign key goes from one scoped table to another and has to carry them:
/// neither does it already, nor is it allowed not to.
pub(crate) const fn carries_scope(
    table: &TableDef,
    key: &ForeignKeyDef,
) -> Option<(&'static str, &'static str)> {
    let (Ownership::Scope(own), Ownership::Scope(theirs)) =
        (table.ownership, key.target().ownership)
    else {
        return None;
    };
    if holds_text(key.columns, own) || RULE.is_allowed_for(table, key) {
        return None;
    }
    Some((own, theirs))
}
