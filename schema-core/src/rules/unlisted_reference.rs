//! A foreign key to a table that the schema does not list.

use super::{Allow, Rule, Violation};
use crate::model::SchemaDef;

pub(super) const RULE: Rule = Rule::schema("unlisted_reference", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let mut i = 0;
    while i < table.foreign_keys.len() {
        let key = &table.foreign_keys[i];
        let target = &key.target().table;
        if schema.position(target).is_none() {
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "`",
                    table.name.name,
                    ".",
                    key.columns[0],
                    "` references the table `",
                    target.name,
                    "`, which is not in this schema; add it to the list",
                ],
            ));
        }
        i += 1;
    }
    None
}
