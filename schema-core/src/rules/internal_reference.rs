//! A table that a scope writes and that references an internal one: PostgreSQL's foreign-key check reveals which
//! internal rows exist.

use super::{Allow, Rule, Violation};
use crate::model::SchemaDef;

pub(super) const RULE: Rule = Rule::schema("internal_reference", Allow::TableOrColumn);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if table.ownership.is_internal() {
        return None;
    }
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if key.target().ownership.is_internal() && !RULE.is_allowed_for(table, key) {
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "`",
                    table.name.name,
                    ".",
                    key.columns[0],
                    "` references the internal table `",
                    key.target().table.name,
                    "`: from the rows that its foreign key accepts, a user learns which internal rows exist; reference from the internal table instead, or give `",
                    key.target().table.name,
                    "` an owner",
                ],
            ));
        }
        i += 1;
    }
    None
}
