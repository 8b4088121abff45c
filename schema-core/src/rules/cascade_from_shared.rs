//! A shared or internal row whose deletion also deletes users' rows: cascades bypass row-level security.

use super::{Allow, Rule, Violation};
use crate::model::{Action, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("cascade_from_shared", Allow::TableOrColumn);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if !table.ownership.is_owned() {
        return None;
    }
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        if !key.target().ownership.is_owned()
            && matches!(key.on_delete, Action::Cascade)
            && !RULE.is_allowed_for(table, key)
        {
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "deleting a row of the ",
                    key.target().ownership.word(),
                    " table `",
                    key.target().table.name,
                    "` would delete rows of every user from `",
                    table.name.name,
                    "`; use `on_delete = restrict` for `",
                    key.columns[0],
                    "`",
                ],
            ));
        }
        i += 1;
    }
    None
}
