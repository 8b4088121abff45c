//! What is done to a partitioned table is done to its partitions, which have the rows.

use super::context::Context;
use super::step::{OnPartitions, Step};
use crate::ir::{QualifiedName, Table};

/// The step, with the locks that it takes on partitions that are there already, and the partitions that it writes anew.
pub(super) fn reach(context: &Context<'_>, step: Step) -> Step {
    let rewrites = step.rewrites.iter();
    let rewrites = rewrites
        .flat_map(|name| of(context, name).unwrap_or_else(|| vec![name.clone()]))
        .collect();
    let step = Step { rewrites, ..step };
    if step.on_partitions == OnPartitions::Nothing {
        return step;
    }
    let locks = step.locks.clone();
    locks.iter().fold(step, |step, lock| {
        let partitions = of(context, &lock.table).unwrap_or_default();
        let partitions = partitions.iter();
        partitions.fold(step, |step, partition| step.lock(partition, lock.mode))
    })
}

/// The partitions that are there before the plan; none of a table that has none.
fn of(context: &Context<'_>, name: &QualifiedName) -> Option<Vec<QualifiedName>> {
    let old = context.old_table(name)?;
    old.partition_by.as_ref()?;
    Some(names(old))
}

fn names(table: &Table) -> Vec<QualifiedName> {
    let partitions = table.partitions.iter();
    partitions
        .map(|partition| QualifiedName {
            schema: table.name.schema.clone(),
            name: partition.name.clone(),
        })
        .collect()
}
