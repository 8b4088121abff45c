//! Two tables with one name, or a view with the name of a table or of another view.

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

pub(super) const fn check_view(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let view = schema.views[index];
    if !is_taken(schema, index) {
        return None;
    }
    Some(Violation::of_view(
        &RULE,
        view,
        &[
            "the name `",
            view.name.name,
            "` is already used in this schema, by a table or another view; give one of the two another `name`",
        ],
    ))
}

/// Whether a table or an earlier view has the view's name.
const fn is_taken(schema: &SchemaDef, index: usize) -> bool {
    let name = &schema.views[index].name;
    let mut i = 0;
    while i < index {
        if schema.views[i].name.is(name) {
            return true;
        }
        i += 1;
    }
    schema.position(name).is_some()
}
