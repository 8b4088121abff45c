//! Partitions that are added or dropped.

use super::rights;
use crate::plan::changes::partition_name;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ddl::alter::change_row_security as alter_row_security;
use freehold_schema_core::ir::{
    Grant, Partition, PartitionBound, QualifiedName, RowSecurity, Table,
};

pub(in crate::plan) fn add(
    context: &Context<'_>,
    table: &QualifiedName,
    partition: &Partition,
) -> Vec<Step> {
    let name = partition_name(table, partition);
    let step = add_partition(
        context,
        table,
        partition,
        (security(context.new_table(table)), &context.new_grants),
    )
    .all_up(rights::again(context, vec![name]));
    let step = reference_from_partition(context, table, step);
    let step = reference_to_partition(context, table, step);
    let step = look_through_default(context, table, step);
    let detach = detach_back(context, table, partition);
    [step].into_iter().chain(detach).collect()
}

pub(in crate::plan) fn drop(
    context: &Context<'_>,
    table: &QualifiedName,
    partition: &Partition,
    title: String,
) -> Vec<Step> {
    let step = add_partition(
        context,
        table,
        partition,
        (security(context.old_table(table)), &context.old_grants),
    )
    .all_up(rights::on_relation(
        context.printer,
        &context.old_grants,
        &partition_name(table, partition),
    ));
    let lost = format!("the rows of the partition `{}`", partition.name);
    let hazard = Hazard::new(
        HazardKind::DataLoss,
        format!(
            "every row of the partition `{}` is deleted; to keep the rows, detach the partition instead",
            partition.name
        ),
    );
    let step = reference_from_partition(context, table, step);
    let step = reference_to_partition(context, table, step)
        .reversed(Phase::Clear, title)
        .hazard(hazard);
    let step = match default_partition(context, table) {
        Some(default) if is_referenced(context, table) => {
            step.lock_back(&default, LockMode::AccessExclusive)
        }
        Some(default) => step.lock(&default, LockMode::AccessExclusive),
        None => step,
    };
    let detach = detach_back(context, table, partition).map(|step| {
        let title = step.title.clone();
        step.reversed(Phase::Clear, title)
    });
    detach.into_iter().chain([step.lost(lost)]).collect()
}

/// Creates the partition with the row-level security of its table and only with declared rights.
fn add_partition(
    context: &Context<'_>,
    table: &QualifiedName,
    partition: &Partition,
    (security, kept): (Option<RowSecurity>, &[Grant]),
) -> Step {
    let printer = context.printer;
    let name = partition_name(table, partition);
    let secure = alter_row_security(&printer.qualified(&name), None, security);
    let step = Step::new(
        Phase::Make,
        format!("create partition `{}` of `{table}`", partition.name),
    )
    .place(context.place_of_table(table))
    .up(printer.create_partition_of(table, partition))
    .all_up(secure)
    .all_up(rights::disinherit(
        printer,
        &name,
        &rights::by_default(context),
        kept,
    ))
    .down(printer.drop_partition(table, partition))
    .lock_there(table, LockMode::AccessExclusive)
    .lock_back(&name, LockMode::AccessExclusive)
    .of_the_table_alone();
    if is_referenced(context, table) {
        // The partition is already detached on the way back, and its foreign keys are its own.
        own_targets(context, table).fold(step, |step, target| {
            step.lock_back(target, LockMode::AccessExclusive)
        })
    } else {
        step.lock_back(table, LockMode::AccessExclusive)
    }
}

/// The tables that the table references before and after.
fn own_targets<'a>(
    context: &Context<'a>,
    table: &QualifiedName,
) -> impl Iterator<Item = &'a QualifiedName> {
    let sides = [context.old_table(table), context.new_table(table)];
    let keys = sides
        .into_iter()
        .flatten()
        .flat_map(|table| &table.foreign_keys);
    keys.map(|key| &key.target)
}

/// Detaches a partition of a referenced table before it is dropped, because the foreign keys depend on it too.
///
/// PostgreSQL checks the rows that reference it, which row-level security may hide from the owner of the objects.
fn detach_back(
    context: &Context<'_>,
    table: &QualifiedName,
    partition: &Partition,
) -> Option<Step> {
    let name = partition_name(table, partition);
    if !is_referenced(context, table) {
        return None;
    }
    let title = format!("detach partition `{}` of `{table}`", partition.name);
    let step = Step::new(Phase::Make, title)
        .place(context.place_of_table(table))
        .down(context.printer.detach_partition(table, partition))
        .lock_back(table, LockMode::AccessExclusive)
        .lock_back(&name, LockMode::AccessExclusive)
        .of_the_table_alone()
        .run_by_migrator();
    let step = own_targets(context, table).fold(step, |step, target| {
        step.lock_back(target, LockMode::ShareRowExclusive)
    });
    let default = default_partition(context, table);
    let others = default.iter().chain(referencing(context, table));
    Some(others.fold(step, |step, other| {
        step.lock_back(other, LockMode::AccessExclusive)
    }))
}

fn is_referenced(context: &Context<'_>, table: &QualifiedName) -> bool {
    referencing(context, table).next().is_some()
}

/// The tables with a foreign key to the table, before or after.
fn referencing<'a>(
    context: &Context<'a>,
    table: &QualifiedName,
) -> impl Iterator<Item = &'a QualifiedName> {
    let all = context.from.tables.iter().chain(&context.to.tables);
    let references =
        move |other: &&Table| other.foreign_keys.iter().any(|key| key.target == *table);
    all.filter(references).map(|other| &other.name)
}

/// The existing default partition. PostgreSQL scans it for rows of a new partition.
fn default_partition(context: &Context<'_>, table: &QualifiedName) -> Option<QualifiedName> {
    let mut partitions = context.old_table(table)?.partitions.iter();
    let default = partitions.find(|partition| partition.bound == PartitionBound::Default)?;
    Some(partition_name(table, default))
}

/// Locks the tables that the new partition references, because it gets the foreign keys of its table.
fn reference_from_partition(context: &Context<'_>, table: &QualifiedName, step: Step) -> Step {
    let keys = |table: Option<&'_ Table>| {
        let keys = table.into_iter().flat_map(|table| &table.foreign_keys);
        keys.cloned().collect::<Vec<_>>()
    };
    let new = keys(context.new_table(table));
    let old = keys(context.old_table(table)).into_iter();
    let kept = old.filter(|key| new.contains(key));
    kept.fold(step, |step, key| {
        step.lock_there(&key.target, LockMode::ShareRowExclusive)
    })
}

/// Locks the tables that reference the partitioned table, because their foreign keys also reference the new partition.
fn reference_to_partition(context: &Context<'_>, table: &QualifiedName, step: Step) -> Step {
    let old = context.from.tables.iter();
    let references = |other: &&Table| other.foreign_keys.iter().any(|key| key.target == *table);
    old.filter(references).fold(step, |step, other| {
        step.lock_there(&other.name, LockMode::ShareRowExclusive)
    })
}

fn look_through_default(context: &Context<'_>, table: &QualifiedName, step: Step) -> Step {
    let Some(default) = default_partition(context, table) else {
        return step;
    };
    let step = step.lock_there(&default, LockMode::AccessExclusive);
    // A partition that is already detached does not belong to the table any more.
    let step = if is_referenced(context, table) {
        step
    } else {
        step.lock_back(&default, LockMode::AccessExclusive)
    };
    step.scan(&default)
        .hazard(Hazard::new(
            HazardKind::ChecksRows,
            format!("the migration fails if `{default}` has rows of the new partition; move such rows first"),
        ))
        .hazard(Hazard::new(
            HazardKind::BlockingLock,
            format!(
                "`{default}` is read while reads and writes of `{table}` wait; keep it small, or first validate a check that excludes rows of the new partition"
            ),
        ))
}

pub(in crate::plan) fn security(table: Option<&Table>) -> Option<RowSecurity> {
    table.and_then(|table| table.row_security)
}

pub(in crate::plan) fn names(table: &Table) -> Vec<QualifiedName> {
    let partitions = table.partitions.iter();
    partitions
        .map(|partition| partition_name(&table.name, partition))
        .collect()
}
