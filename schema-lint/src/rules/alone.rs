//! Statements that cannot stand in a transaction.

use squawk_syntax::ast::{
    AlterTable, AlterTableAction, AstNode as _, DetachPartitionOption, ReindexTarget, Stmt,
};

use crate::found::{At, Found};
use crate::rule::LintRule;

pub(super) static IX03: LintRule = LintRule::error(
    "IX03",
    "concurrently_in_transaction",
    "`CONCURRENTLY` in a transaction",
)
.why("It fails: PostgreSQL builds the index in several transactions.")
.instead("put it alone into a file that begins with `-- no-transaction`");

pub(super) static TX03: LintRule = LintRule::error(
    "TX03",
    "not_alone",
    "a statement that has to be alone is not",
)
.why("`VACUUM`, `CREATE DATABASE` and their like fail in a transaction. And what a `-- no-transaction` file holds is sent as it is by `sqlx migrate`: several statements are one transaction then.")
.instead("put it alone into a file that begins with `-- no-transaction`");

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    if at.is_in_transaction() {
        if is_concurrent(at.tree) {
            found.add(at.whole(&IX03, "`CONCURRENTLY` fails in a transaction"));
        } else if has_own_transactions(at.tree) {
            found.add(at.whole(&TX03, "it fails in a transaction"));
        }
    } else if at.index > 0 && !found.has(&TX03) {
        let message = "this file holds another statement before it, and `sqlx migrate` sends both as one transaction";
        found.add(
            at.whole(&TX03, message)
                .words("make a file of each statement"),
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
