//! A foreign key between two owned tables without the scope. Foreign-key checks and cascades bypass row-level security,
//! so such a key lets a row point at another user's row.
//!
//! If both tables have an owner column, the foreign key is made composite when the schema is built ([`crate::ir`]);
//! this rule reports the others.

use super::{Allow, Rule, Violation};
use crate::model::{ForeignKeyDef, Ownership, SchemaDef, TableDef, holds_text, same_text};

pub(super) const RULE: Rule = Rule::schema("single_column_reference", Allow::TableOrColumn);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if !RULE.is_allowed_for(table, key) {
            match way(table, key) {
                Way::Crossing => return Some(crossing(table, key)),
                Way::Mismatched(own, theirs) => return Some(mismatched(table, key, own, theirs)),
                Way::Safe | Way::Carrying(..) => {}
            }
        }
        i += 1;
    }
    None
}

/// Whether a foreign key can lead to another owner's row.
enum Way {
    /// The foreign key cannot: it leads to a row without an owner, to the owner, or to a row of the same owner.
    Safe,
    /// The foreign key must also carry these scope columns: of this table and of the referenced one.
    Carrying(&'static str, &'static str),
    /// The foreign key has one of these scope columns, but does not pair them.
    Mismatched(&'static str, &'static str),
    /// The foreign key can lead to a row of another owner, and no pair of columns can prevent that.
    Crossing,
}

const fn way(table: &TableDef, key: &ForeignKeyDef) -> Way {
    match (table.ownership, key.target().ownership) {
        // The rule `internal_reference` checks foreign keys to internal tables.
        (Ownership::Shared | Ownership::Internal, _)
        | (_, Ownership::Shared | Ownership::Internal | Ownership::Owner) => Way::Safe,
        (Ownership::Through(column), _) if is_only(key, column) => Way::Safe,
        (Ownership::Through(_), _) | (_, Ownership::Through(_)) => Way::Crossing,
        (Ownership::Owner | Ownership::Scope(_), Ownership::Scope(theirs)) => {
            match owner_column(table) {
                Some(own) => between(key, own, theirs),
                None => Way::Crossing,
            }
        }
    }
}

/// The column that identifies a row's owner: the scope, or the key of the owner table itself.
const fn owner_column(table: &TableDef) -> Option<&'static str> {
    match table.ownership {
        Ownership::Scope(column) => Some(column),
        Ownership::Owner if table.primary_key.columns.len() == 1 => {
            Some(table.primary_key.columns[0])
        }
        _ => None,
    }
}

const fn between(key: &ForeignKeyDef, own: &'static str, theirs: &'static str) -> Way {
    let mut i = 0;
    let mut has_either = false;
    while i < key.columns.len() && i < key.references.len() {
        let is_own = same_text(key.columns[i], own);
        let is_theirs = same_text(key.references[i].column, theirs);
        if is_own && is_theirs {
            return Way::Safe;
        }
        has_either = has_either || is_own || is_theirs;
        i += 1;
    }
    if has_either {
        Way::Mismatched(own, theirs)
    } else {
        Way::Carrying(own, theirs)
    }
}

const fn is_only(key: &ForeignKeyDef, column: &str) -> bool {
    key.columns.len() == 1 && holds_text(key.columns, column)
}

const fn crossing(table: &TableDef, key: &ForeignKeyDef) -> Violation {
    Violation::new(
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
    )
}

const fn mismatched(table: &TableDef, key: &ForeignKeyDef, own: &str, theirs: &str) -> Violation {
    Violation::new(
        &RULE,
        table,
        &[
            "the foreign key from `",
            table.name.name,
            ".",
            key.columns[0],
            "` can lead to another user's row of `",
            key.target().table.name,
            "`: its columns do not pair the scope `",
            table.name.name,
            ".",
            own,
            "` with `",
            key.target().table.name,
            ".",
            theirs,
            "`; pair them, or leave both out and they are added",
        ],
    )
}

/// The scope columns of this table and of the referenced one, if the foreign key must carry them and is not allowed to
/// omit them.
pub(crate) const fn carries_scope(
    table: &TableDef,
    key: &ForeignKeyDef,
) -> Option<(&'static str, &'static str)> {
    match way(table, key) {
        Way::Carrying(own, theirs) if !RULE.is_allowed_for(table, key) => Some((own, theirs)),
        _ => None,
    }
}
