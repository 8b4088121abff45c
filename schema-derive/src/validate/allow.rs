use crate::ast::{Column, Table};

/// Whether the rule is allowed on the table or on the column.
pub(super) fn allowed(table: &Table, column: Option<&Column>, rule: &str) -> bool {
    table.allows(rule) || column.is_some_and(|column| column.allows(rule))
}

/// How a rule is allowed, for the end of its message.
pub(super) fn or_allow(rule: &str) -> String {
    format!(", or allow it with `#[table(allow({rule}))]`")
}
