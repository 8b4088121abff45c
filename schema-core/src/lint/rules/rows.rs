//! Rows that are changed.

use squawk_syntax::ast::{AstNode as _, Delete, Update};

use crate::lint::found::{At, Found};
use crate::lint::rule::LintRule;

pub(super) static DS06: LintRule = LintRule::error(
    "DS06",
    "every_row",
    "an `UPDATE` or `DELETE` has no `WHERE`",
)
.why("Every row is written and stays locked until the transaction ends, so that writers wait for all of it; the table doubles in size. Often the `WHERE` was forgotten.")
.instead("change the rows in batches, each in a transaction of its own, or allow it here");

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    // In `WITH` they are done as well.
    for node in at.tree.syntax().descendants() {
        let (table, condition) = if let Some(it) = Update::cast(node.clone()) {
            (it.relation_name(), it.where_clause_or_current_of())
        } else if let Some(it) = Delete::cast(node.clone()) {
            (it.relation_name(), it.where_clause_or_current_of())
        } else {
            continue;
        };
        if let Some(table) = at.existing(table).filter(|_| condition.is_none()) {
            let message = format!("every row of `{table}` is changed in one transaction");
            found.add(if node == *at.tree.syntax() {
                at.whole(&DS06, message)
            } else {
                at.find(&DS06, &node, message)
            });
        }
    }
}
