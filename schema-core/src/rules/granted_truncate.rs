//! The right to `TRUNCATE` a table of users' rows: it ignores row-level security and deletes the rows of all users.

use super::granted::{self, Relation};
use super::{Allow, Rule, Violation};
use crate::model::{Privilege, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("granted_truncate", Allow::Table);

const TRUNCATE: &[Privilege] = &[Privilege::Truncate, Privilege::All];

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if RULE.is_allowed(table) || !granted::holds_rows_of(schema, table) {
        return None;
    }
    match granted::grantee(schema, Relation::Table, &table.name, TRUNCATE) {
        Some(role) => Some(Violation::new(
            &RULE,
            table,
            &[
                "`",
                role,
                "` could `truncate` `",
                table.name.name,
                "`, which ignores row-level security and deletes every user's rows (`all` includes it); grant `select`, `insert`, `update` and `delete` instead",
            ],
        )),
        None => None,
    }
}
