//! A right on all that PostgreSQL calls tables, where one has partitions: who asks a partition itself is not held by the
//! policies of its table.

use super::granted::{self, Relation};
use super::{Allow, Rule, Violation};
use crate::model::{Privilege, SchemaDef};

pub(super) const RULE: Rule = Rule::schema("granted_partition", Allow::Table);

/// The rights that let rows be read or changed.
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
                "`all_tables` gives `",
                role,
                "` the partitions of `",
                table.name.name,
                "` too, and who asks a partition itself is not held by the policies of its table; write `on = tables`, which leaves partitions out",
            ],
        )),
        None => None,
    }
}
