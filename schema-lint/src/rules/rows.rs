//! Statements that change rows.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{AstNode as _, Delete, Merge, MergeDelete, Stmt, Update};

use crate::findings::{At, Findings};
use crate::rule::LintRule;

pub(super) static DS06: LintRule = LintRule::error(
    "DS06",
    "every_row",
    "an `UPDATE` or `DELETE` has no `WHERE`",
)
.why("PostgreSQL writes every row and keeps it locked until the transaction ends, so other writers wait, and the table doubles in size. Often the `WHERE` was forgotten.")
.instead("change the rows in batches, each in its own transaction, or allow the rule here");

pub(super) static DS12: LintRule = LintRule::error(
    "DS12",
    "merge_delete",
    "a `MERGE` deletes rows",
)
.why("The rows of that branch are lost. The source of the `MERGE` determines which rows these are: if the source is empty or wrong, `NOT MATCHED BY SOURCE` deletes every row.")
.instead("leave the branch out and write a `DELETE` with a `WHERE` for the rows, or allow the rule here");

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    // The body of a routine or a rule does not run now.
    if matches!(
        at.tree,
        Stmt::CreateFunction(_) | Stmt::CreateProcedure(_) | Stmt::CreateRule(_)
    ) {
        return;
    }
    // Statements in `WITH` run too.
    for node in at.tree.syntax().descendants() {
        merged(at, &node, found);
        let (table, condition) = if let Some(it) = Update::cast(node.clone()) {
            (it.relation_name(), it.where_clause_or_current_of())
        } else if let Some(it) = Delete::cast(node.clone()) {
            (it.relation_name(), it.where_clause_or_current_of())
        } else {
            continue;
        };
        if let Some(table) = at.existing(table).filter(|_| condition.is_none()) {
            let message = format!("one transaction changes every row of `{table}`");
            found.add(if node == *at.tree.syntax() {
                at.whole(&DS06, message)
            } else {
                at.find(&DS06, &node, message)
            });
        }
    }
}

fn merged(at: &At<'_>, node: &SyntaxNode, found: &mut Findings) {
    let Some(merge) = Merge::cast(node.clone()) else {
        return;
    };
    let Some(table) = at.existing(merge.table_relation_name()) else {
        return;
    };
    for delete in merge.syntax().descendants().filter_map(MergeDelete::cast) {
        let message =
            format!("the statement deletes rows of `{table}`, and its source determines which");
        found.add(at.find(&DS12, delete.syntax(), message));
    }
}
