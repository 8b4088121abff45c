//! A right on everything that PostgreSQL counts as a table, which includes partitions: a query on a partition bypasses
//! the policies of its table.

use super::granted::{self, Relation};
use super::{Allow, Rule, Violation};
use crate::model::{Privilege, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("granted_partition", Allow::Table);

/// The rights to read or change rows.
const OVER_ROWS: &[Privilege] = &[
    Privilege::Select,
    Privilege::Insert,
    Privilege::Update,
    Privilege::Delete,
    Privilege::Truncate,
    Privilege::All,
];

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let has_partitions = !table.partitions.is_empty() || table.monthly_partitions.is_some();
    if !has_partitions || RULE.is_allowed(table) || !granted::holds_rows_of(schema, table) {
        return None;
    }
    match granted::grantee(schema, Relation::Partition, &table.name, OVER_ROWS) {
        Some(role) => Some(Violation::new(
            &RULE,
            table,
            &[
                "`all_tables` also grants `",
                role,
                "` the partitions of `",
                table.name.name,
                "`, and a query on a partition bypasses the policies of its table; write `on = tables`, which leaves partitions out",
            ],
        )),
        None => None,
    }
}
