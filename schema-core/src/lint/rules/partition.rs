//! Partitions.

use squawk_syntax::ast::{AlterTableAction, AstNode as _, Stmt};

use crate::lint::found::{At, Found};
use crate::lint::name::Name;
use crate::lint::rule::{LintRule, ToldBy};
use crate::plan::HazardKind;

pub(super) static PT01: LintRule = LintRule::warning(
    "PT01",
    "detach",
    "a partition is detached without `CONCURRENTLY`",
)
.why("It takes `ACCESS EXCLUSIVE` on the partitioned table: everybody waits for all partitions.")
.instead("`DETACH PARTITION .. CONCURRENTLY`, alone in a file that begins with `-- no-transaction`")
.told_by(ToldBy::Hazard(&[HazardKind::BlockingLock]));

pub(super) static PT02: LintRule = LintRule::warning(
    "PT02",
    "attach_with_scan",
    "a table is attached as a partition, and no validated check says that its rows belong there",
)
.why("All of its rows are read while everybody waits for it.")
.instead("add a check to it that says what the partition says, with `NOT VALID`, validate it in a transaction of its own, then attach")
.told_by(ToldBy::Hazard(&[HazardKind::BlockingLock, HazardKind::ChecksRows]));

pub(super) static PT03: LintRule = LintRule::warning(
    "PT03",
    "partition_of",
    "a partition is made with `PARTITION OF`",
)
.why("It takes `ACCESS EXCLUSIVE` on the partitioned table: everybody waits for all partitions. `ATTACH PARTITION` takes `SHARE UPDATE EXCLUSIVE`, and nobody waits.")
.instead("`CREATE TABLE .. (LIKE parent INCLUDING ALL)`, then `ALTER TABLE parent ATTACH PARTITION`")
.told_by(ToldBy::Locks);

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    if let Stmt::CreateTable(create) = at.tree
        && let Some(of) = create.partition_of()
        && let Some(parent) = at.existing(of.table_name_ref())
    {
        let message = format!("everybody waits for all partitions of `{parent}`");
        found.add(at.find(&PT03, of.syntax(), message).on(&parent));
    }
    for (table, action) in at.actions() {
        match action {
            AlterTableAction::DetachPartition(it) if it.detach_partition_option().is_none() => {
                let message = format!("everybody waits for all partitions of `{table}`");
                found.add(at.find(&PT01, it.syntax(), message).on(&table));
            }
            AlterTableAction::AttachPartition(it) => {
                let child = at.existing(it.table_name_ref());
                if let Some(child) = child.filter(|child| !has_check(at, child)) {
                    let message =
                        format!("all rows of `{child}` are read while everybody waits for it");
                    found.add(at.find(&PT02, it.syntax(), message).on(&child));
                }
            }
            _ => {}
        }
    }
}

/// Whether there is a check that may be the proof; what it says is not compared.
fn has_check(at: &At<'_>, table: &Name) -> bool {
    let known = at.known.table(table);
    known.is_some_and(|table| table.checks.values().any(|check| check.is_valid))
}
