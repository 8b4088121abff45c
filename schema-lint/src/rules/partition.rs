//! Partitions.

use squawk_syntax::ast::{AlterTableAction, AstNode as _, AttachPartition, PartitionType, Stmt};

use crate::found::{At, Found};
use crate::name::Name;
use crate::proof;
use crate::rule::{LintRule, ToldBy};
use freehold_schema_migrate::plan::HazardKind;

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
    "a table is attached as a partition, and no validated check proves that its rows belong there",
)
.why("All of its rows are read while everybody waits for it. A check is a proof where it says of the key what the bounds say, at `FROM` and at `TO`, and where the key is `NOT NULL`.")
.instead("add `CHECK (key >= from AND key < to) NOT VALID`, validate it in another migration, then attach the table and drop the check")
.told_by(ToldBy::Hazard(&[HazardKind::BlockingLock, HazardKind::ChecksRows]));

pub(super) static PT03: LintRule = LintRule::warning(
    "PT03",
    "partition_of",
    "a partition is made with `PARTITION OF`",
)
.why("It takes `ACCESS EXCLUSIVE` on the partitioned table: everybody waits for all partitions. `ATTACH PARTITION` takes `SHARE UPDATE EXCLUSIVE`: reads and writes go on.")
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
        if let AlterTableAction::DetachPartition(it) = action
            && it.detach_partition_option().is_none()
        {
            let message = format!("everybody waits for all partitions of `{table}`");
            found.add(at.find(&PT01, it.syntax(), message).on(&table));
        }
    }
    // A table that is in use is attached to a new one too.
    if let Some((parent, alter)) = at.altered() {
        for action in alter.actions() {
            if let AlterTableAction::AttachPartition(attach) = action {
                attached(at, &parent, &attach, found);
            }
        }
    }
}

fn attached(at: &At<'_>, parent: &Name, attach: &AttachPartition, found: &mut Found) {
    let child = at.existing(attach.table_name_ref());
    let bounds = attach.partition_type();
    if let Some(child) = child.filter(|child| !has_proof(at, (parent, child), bounds)) {
        let message = format!("all rows of `{child}` are read while everybody waits for it");
        found.add(at.find(&PT02, attach.syntax(), message).on(&child));
    }
}

/// Whether a validated check proves the bounds. Where bounds or key are more than one column with its values, any check may be the proof.
fn has_proof(at: &At<'_>, (parent, child): (&Name, &Name), bounds: Option<PartitionType>) -> bool {
    let Some(child) = at.known.table(child) else {
        return false;
    };
    let key = at.known.table(parent).and_then(|it| it.parted_by.as_ref());
    let proven = bounds
        .zip(key)
        .and_then(|(bounds, key)| proof::is_proven(child, key, &bounds));
    proven.unwrap_or_else(|| child.checks.values().any(|check| check.is_valid))
}
