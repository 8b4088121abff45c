//! A primary key whose field is an `Option`: PostgreSQL makes the column `NOT NULL`, so the field is never `None`.

use super::{Allow, Rule, Violation};
use crate::model::SchemaDef;

pub(super) const RULE: Rule = Rule::schema("key_not_null", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let columns = table.primary_key.columns;
    let mut i = 0;
    while i < columns.len() {
        if super::column::may_be_null(table, columns[i]) {
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "`",
                    table.name.name,
                    ".",
                    columns[i],
                    "` is part of the primary key and can never be null; remove `Option` from the field's type",
                ],
            ));
        }
        i += 1;
    }
    None
}
