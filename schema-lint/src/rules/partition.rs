//! Partitions.

use squawk_syntax::ast::{AlterTableAction, AstNode as _, AttachPartition, PartitionType, Stmt};

use crate::findings::{At, Findings};
use crate::name::Name;
use crate::proof;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

pub(super) static PT01: LintRule = LintRule::warning(
    "PT01",
    "detach",
    "a partition is detached without `CONCURRENTLY`",
)
.why("The statement takes an `ACCESS EXCLUSIVE` lock on the partitioned table: all queries of all partitions wait.")
.instead("use `DETACH PARTITION .. CONCURRENTLY`, alone in a file that begins with `-- no-transaction`")
.reported_by(ReportedBy::Hazard(&[HazardKind::BlockingLock]));

pub(super) static PT02: LintRule = LintRule::warning(
    "PT02",
    "attach_with_scan",
    "a table is attached as a partition without a validated check of its bounds",
)
.why("PostgreSQL reads all rows of the table, and blocks reads and writes of it. It skips the scan if a check has the same bounds for the key, at `FROM` and at `TO`, and if the key is `NOT NULL`.")
.instead("add `CHECK (key >= from AND key < to) NOT VALID`, validate it in another migration, then attach the table and drop the check")
.reported_by(ReportedBy::Hazard(&[HazardKind::BlockingLock, HazardKind::ChecksRows]));

pub(super) static PT03: LintRule = LintRule::warning(
    "PT03",
    "partition_of",
    "a partition is created with `PARTITION OF`",
)
.why("The statement takes an `ACCESS EXCLUSIVE` lock on the partitioned table: all queries of all partitions wait. `ATTACH PARTITION` takes a `SHARE UPDATE EXCLUSIVE` lock: reads and writes continue.")
.instead("use `CREATE TABLE .. (LIKE parent INCLUDING ALL)`, then `ALTER TABLE parent ATTACH PARTITION`")
.reported_by(ReportedBy::Locks);

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    if let Stmt::CreateTable(create) = at.tree
        && let Some(of) = create.partition_of()
        && let Some(parent) = at.existing(of.table_name_ref())
    {
        let message = format!("queries of all partitions of `{parent}` wait");
        found.add(at.find(&PT03, of.syntax(), message).on(&parent));
    }
    for (table, action) in at.actions() {
        if let AlterTableAction::DetachPartition(it) = action
            && it.detach_partition_option().is_none()
        {
            let message = format!("queries of all partitions of `{table}` wait");
            found.add(at.find(&PT01, it.syntax(), message).on(&table));
        }
    }
    // The parent may be new: the attached table can still be in use.
    if let Some((parent, alter)) = at.altered() {
        for action in alter.actions() {
            if let AlterTableAction::AttachPartition(attach) = action {
                attached(at, &parent, &attach, found);
            }
        }
    }
}

fn attached(at: &At<'_>, parent: &Name, attach: &AttachPartition, found: &mut Findings) {
    let child = at.existing(attach.table_name_ref());
    let bounds = attach.partition_type();
    if let Some(child) = child.filter(|child| !has_proof(at, (parent, child), bounds)) {
        let message =
            format!("PostgreSQL reads all rows of `{child}`, and blocks reads and writes of it");
        found.add(at.find(&PT02, attach.syntax(), message).on(&child));
    }
}

/// Whether a validated check proves the bounds of the partition.
///
/// If the bounds cannot be compared, such as with a key of several columns, any validated check counts as proof.
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
