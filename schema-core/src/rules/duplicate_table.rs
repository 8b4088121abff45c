//! Two tables of one name.

use super::{Allow, Rule, Violation};
use crate::model::SchemaDef;

pub(super) const RULE: Rule = Rule::schema("duplicate_table", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    match schema.position(&table.name) {
        Some(first) if first < index => Some(Violation::new(
            &RULE,
            table,
            &[
                "the table name `",
                table.name.name,
                "` is already used in this schema; give one of the two another `name`",
            ],
        )),
        _ => None,
    }
}
