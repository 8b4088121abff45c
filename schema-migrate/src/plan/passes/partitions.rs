//! Extends the locks and rewrites of a step on a partitioned table to its partitions, which have the rows.

use crate::plan::context::Context;
use crate::plan::step::{Lock, OnPartitions, Step, hold};
use crate::plan::steps::partition;
use freehold_schema_core::ir::QualifiedName;

/// The step with the locks on existing partitions, and with the partitions that it rewrites.
pub(in crate::plan) fn reach(context: &Context<'_>, step: Step) -> Step {
    let rewrites = step.rewrites.iter();
    let rewrites = rewrites
        .flat_map(|name| of(context, name).unwrap_or_else(|| vec![name.clone()]))
        .collect();
    let step = Step { rewrites, ..step };
    let locks = with_partitions(&step.locks, step.on_partitions, |table| {
        of(context, table).unwrap_or_default()
    });
    let locks_back = if step.down.is_empty() {
        Vec::new()
    } else {
        with_partitions(&step.locks_back, step.on_partitions_back, |table| {
            by_then(context, table)
        })
    };
    Step {
        locks,
        locks_back,
        ..step
    }
}

/// The locks on tables and on their partitions.
fn with_partitions(
    locks: &[Lock],
    on_partitions: OnPartitions,
    of: impl Fn(&QualifiedName) -> Vec<QualifiedName>,
) -> Vec<Lock> {
    let mut all = locks.to_vec();
    match on_partitions {
        OnPartitions::TheSame => {
            for lock in locks {
                let partitions = of(&lock.table).into_iter();
                partitions.for_each(|partition| hold(&mut all, &partition, lock.mode));
            }
        }
        OnPartitions::Nothing => {}
    }
    all
}

/// The partitions that exist after the plan.
fn by_then(context: &Context<'_>, name: &QualifiedName) -> Vec<QualifiedName> {
    context
        .new_table(name)
        .map_or_else(Vec::new, partition::names)
}

/// The partitions that exist before the plan, or `None` if the table is not partitioned.
fn of(context: &Context<'_>, name: &QualifiedName) -> Option<Vec<QualifiedName>> {
    let old = context.old_table(name)?;
    old.partition_by.as_ref()?;
    Some(partition::names(old))
}
