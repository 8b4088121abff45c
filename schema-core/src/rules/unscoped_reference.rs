//! A shared table that references an owned one: usually the scope was forgotten.

use super::{Allow, Rule, Violation};
use crate::model::{Ownership, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("unscoped_reference", Allow::TableOrColumn);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if !table.ownership.is_shared() {
        return None;
    }
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if key.target().ownership.is_owned() && !RULE.is_allowed_for(table, key) {
            let (before, after) = match key.target().ownership {
                Ownership::Owner => ("`scope = ", "`"),
                _ => ("`scope(through = ", ")`"),
            };
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "`",
                    table.name.name,
                    "` is `shared`, but `",
                    key.columns[0],
                    "` references the owned table `",
                    key.target().table.name,
                    "`; if its rows belong to that user, write ",
                    before,
                    key.columns[0],
                    after,
                ],
            ));
        }
        i += 1;
    }
    None
}
