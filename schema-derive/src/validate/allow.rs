use crate::ast::{Column, Table};

/// Whether the rule is allowed on the table or on the column.
pub(super) fn allowed(table: &Table, column: Option<&Column>, rule: &str) -> bool {
    table.allows(rule) || column.is_some_and(|column| column.allows(rule))
}

/// The end of a rule's message, which shows how to allow the rule.
pub(super) fn or_allow(rule: &str) -> String {
    format!(", or allow it with `#[table(allow({rule}))]`")
}
