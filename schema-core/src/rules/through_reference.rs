//! `scope(through = ..)` over a column that may be null or does not lead to an owner.

use super::{Allow, Rule, Violation};
use crate::model::{Ownership, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("through_reference", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let Ownership::Through(column) = table.ownership else {
        return None;
    };
    if super::column::may_be_null(table, column) {
        return Some(Violation::new(
            &RULE,
            table,
            &[
                "`",
                table.name.name,
                "` is scoped through `",
                column,
                "`, which may be null, and then the row has no owner; remove `Option` from the field's type",
            ],
        ));
    }
    match root(schema, index) {
        Root::Owned | Root::Unknown => None,
        Root::Ownerless(target, ownership) => Some(Violation::new(
            &RULE,
            table,
            &[
                "`",
                table.name.name,
                "` is scoped through `",
                column,
                "`, but the table `",
                target,
                "` that it leads to is `",
                ownership.word(),
                "` and has no owner; go through a table that has one",
            ],
        )),
        Root::Circle => Some(Violation::new(
            &RULE,
            table,
            &[
                "`",
                table.name.name,
                "` is scoped through `",
                column,
                "`, which leads back to itself and never to an owner; go through a table that has one",
            ],
        )),
    }
}

/// Where a chain of `through` ends.
enum Root {
    /// At a table whose rows have an owner.
    Owned,
    /// At this table, whose rows have no owner.
    Ownerless(&'static str, Ownership),
    /// Nowhere: the chain is a cycle.
    Circle,
    /// At a table that is not listed, or at a column without a foreign key: other rules report these.
    Unknown,
}

const fn root(schema: &SchemaDef, start: usize) -> Root {
    let mut at = start;
    // A chain that is longer than the list contains a table twice.
    let mut steps = 0;
    while steps <= schema.tables.len() {
        let table = schema.tables[at];
        let column = match table.ownership {
            Ownership::Through(column) => column,
            Ownership::Shared | Ownership::Internal => {
                return Root::Ownerless(table.name.name, table.ownership);
            }
            Ownership::Owner | Ownership::Scope(_) => return Root::Owned,
        };
        let Some(key) = super::column::foreign_key_of(table, column) else {
            return Root::Unknown;
        };
        let Some(next) = schema.position(&key.target().table) else {
            return Root::Unknown;
        };
        at = next;
        steps += 1;
    }
    Root::Circle
}
