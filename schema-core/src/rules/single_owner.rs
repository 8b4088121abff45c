//! Two `owner` tables: a scope has the identity of one row of one owner table.

use super::{Allow, Rule, Violation};
use crate::model::{Ownership, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("single_owner", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if !matches!(table.ownership, Ownership::Owner) {
        return None;
    }
    let mut i = 0;
    while i < index {
        if matches!(schema.tables[i].ownership, Ownership::Owner) {
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "`",
                    table.name.name,
                    "` and `",
                    schema.tables[i].name.name,
                    "` are both `owner`; one table's rows are the users, the others are `scope = ..`, `shared` or `internal`",
                ],
            ));
        }
        i += 1;
    }
    None
}
