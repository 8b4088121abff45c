//! A nullable scope column: a row without a scope has no owner, and PostgreSQL does not check a composite foreign key
//! that contains a null (`MATCH SIMPLE`).

use super::{Allow, Rule, Violation};
use crate::model::{Ownership, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("scope_not_null", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let Ownership::Scope(column) = table.ownership else {
        return None;
    };
    if !super::column::may_be_null(table, column) {
        return None;
    }
    Some(Violation::new(
        &RULE,
        table,
        &[
            "the scope `",
            table.name.name,
            ".",
            column,
            "` may be null, and then the row has no owner; remove `Option` from the field's type",
        ],
    ))
}
