//! Statements that cannot run in a transaction.

use squawk_syntax::ast::{
    AlterTable, AlterTableAction, AstNode as _, DetachPartitionOption, ReindexTarget, Stmt,
};

use crate::findings::{At, Findings};
use crate::rule::LintRule;

pub(super) static IX03: LintRule = LintRule::error(
    "IX03",
    "concurrently_in_transaction",
    "`CONCURRENTLY` in a transaction",
)
.why("The statement fails: PostgreSQL builds the index in several transactions.")
.instead("put the statement alone into a file that begins with `-- no-transaction`");

pub(super) static TX03: LintRule = LintRule::error(
    "TX03",
    "not_alone",
    "a statement that must be alone in its file is not alone",
)
.why("`VACUUM`, `CREATE DATABASE` and similar statements fail in a transaction. `sqlx migrate` sends a `-- no-transaction` file as one message: several statements in it are one transaction.")
.instead("put the statement alone into a file that begins with `-- no-transaction`");

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    if at.is_in_transaction() {
        if is_concurrent(at.tree) {
            found.add(at.whole(&IX03, "`CONCURRENTLY` fails in a transaction"));
        } else if has_own_transactions(at.tree) {
            found.add(at.whole(&TX03, "the statement fails in a transaction"));
        }
    } else if at.index > 0 && !found.has(&TX03) {
        let message = "another statement comes before it in this file, and `sqlx migrate` sends both as one transaction";
        found.add(
            at.whole(&TX03, message)
                .words("put each statement into its own file"),
        );
    }
}

fn is_concurrent(tree: &Stmt) -> bool {
    match tree {
        Stmt::CreateIndex(it) => it.concurrently_token().is_some(),
        Stmt::DropIndex(it) => it.concurrently_token().is_some(),
        Stmt::Reindex(it) => it.is_concurrently(),
        Stmt::AlterTable(it) => detaches_concurrently(it),
        _ => false,
    }
}

fn detaches_concurrently(alter: &AlterTable) -> bool {
    alter.actions().any(|action| match action {
        AlterTableAction::DetachPartition(it) => matches!(
            it.detach_partition_option(),
            Some(DetachPartitionOption::DetachConcurrently(_))
        ),
        _ => false,
    })
}

fn has_own_transactions(tree: &Stmt) -> bool {
    match tree {
        Stmt::Vacuum(_)
        | Stmt::CreateDatabase(_)
        | Stmt::DropDatabase(_)
        | Stmt::CreateTablespace(_)
        | Stmt::DropTablespace(_)
        | Stmt::AlterSystem(_) => true,
        Stmt::Cluster(it) => {
            it.table_name_ref().is_none() && it.syntax().children().next().is_none()
        }
        Stmt::Reindex(it) => matches!(
            it.reindex_target(),
            Some(
                ReindexTarget::ReindexTargetDatabase(_)
                    | ReindexTarget::ReindexTargetSchema(_)
                    | ReindexTarget::ReindexTargetSystem(_)
            )
        ),
        _ => false,
    }
}
