//! `scope(through = ..)` over a column that leads to no owner.

use super::{Allow, Rule, Violation};
use crate::model::{Ownership, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("through_reference", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let Ownership::Through(column) = table.ownership else {
        return None;
    };
    if super::may_be_null(table, column) {
        return Some(Violation::new(
            &RULE,
            table,
            &[
                "`",
                table.name.name,
                "` is scoped through `",
                column,
                "`, which may be null, and then the row has no owner; make the field's type one without `Option`",
            ],
        ));
    }
    let Some(key) = super::foreign_key_of(table, column) else {
        return None;
    };
    if key.target().ownership.is_owned() {
        return None;
    }
    Some(Violation::new(
        &RULE,
        table,
        &[
            "`",
            table.name.name,
            "` is scoped through `",
            column,
            "`, but the table `",
            key.target().table.name,
            "` is `shared` and has no owner; go through a table that has one",
        ],
    ))
}
