//! Indexes of a table or a stored view that stays.

use super::context::Context;
use super::hazard::{Hazard, HazardKind};
use super::step::{LockMode, Mode, Phase, Step};
use crate::ir::{Index, QualifiedName};

/// Built beside the writers. The old one of the same name is there until then.
pub(super) fn add(context: &Context<'_>, table: &QualifiedName, index: &Index) -> Vec<Step> {
    let printer = context.printer;
    let title = format!("create index `{}` on `{table}`", index.name);
    if context.is_partitioned(table) {
        return vec![
            Step::new(Phase::Keys, title)
                .up(printer.create_index(table, index))
                .down(printer.drop_index(table, &index.name))
                .lock_there(table, LockMode::Share)
                .lock_back(table, LockMode::AccessExclusive)
                .scan(table)
                .hazard(Hazard::new(
                    HazardKind::BlockingLock,
                    format!(
                        "`{table}` is partitioned, so that the index is built while writers wait"
                    ),
                )),
        ];
    }
    let step = Step::new(Phase::Indexes, title)
        .mode(Mode::Alone)
        .up(printer.create_index_concurrently(table, index))
        .down(printer.drop_index_concurrently(table, &index.name))
        .lock(table, LockMode::ShareUpdateExclusive)
        .scan(table);
    let step = if index.unique {
        step.hazard(Hazard::new(
            HazardKind::ChecksRows,
            format!("it fails where two rows of `{table}` are equal; look for such rows first"),
        ))
    } else {
        step
    };
    vec![step]
}

pub(super) fn drop(context: &Context<'_>, table: &QualifiedName, index: &Index) -> Vec<Step> {
    let printer = context.printer;
    let title = format!("drop index `{}` of `{table}`", index.name);
    let is_replaced = is_replaced(context, table, index);
    if context.is_partitioned(table) || context.is_unsettled(table, index) {
        let step = drop_early(context, table, index, title);
        return vec![if is_replaced {
            step
        } else {
            missed(table, index, step)
        }];
    }
    if !is_replaced {
        let step = drop_late(context, table, index, title);
        return vec![missed(table, index, step)];
    }
    let aside = Index {
        name: crate::ir::cut(&format!("{}_replaced", index.name)),
        ..index.clone()
    };
    let rename = Step::new(Phase::Rename, format!("put index `{}` aside", index.name))
        .place(2)
        .up(printer.rename_index(table, &index.name, &aside.name))
        .down(printer.rename_index(table, &aside.name, &index.name));
    vec![rename, drop_late(context, table, &aside, title)]
}

/// What others did with the index.
fn missed(table: &QualifiedName, index: &Index, step: Step) -> Step {
    let step = step.hazard(Hazard::new(
        HazardKind::SlowsQueries,
        format!(
            "what finds rows of `{table}` by `{0}` reads all of them from then on; see in `pg_stat_user_indexes` that nobody does",
            index.name
        ),
    ));
    if !index.unique {
        return step;
    }
    step.hazard(Hazard::new(
        HazardKind::GuaranteeLost,
        format!(
            "rows of `{table}` may be equal in `{}` from then on; see that nobody relies on it",
            index.name
        ),
    ))
}

/// Before its columns change.
pub(super) fn drop_early(
    context: &Context<'_>,
    table: &QualifiedName,
    index: &Index,
    title: String,
) -> Step {
    Step::new(Phase::Detach, title)
        .place(3)
        .up(context.printer.drop_index(table, &index.name))
        .down(context.printer.create_index(table, index))
        .lock_there(table, LockMode::AccessExclusive)
        .lock_back(table, LockMode::Share)
}

fn drop_late(context: &Context<'_>, table: &QualifiedName, index: &Index, title: String) -> Step {
    let printer = context.printer;
    Step::new(Phase::OldIndexes, title)
        .mode(Mode::Alone)
        .up(printer.drop_index_concurrently(table, &index.name))
        .down(printer.create_index_concurrently(table, index))
        .lock(table, LockMode::ShareUpdateExclusive)
}

/// Whether the new schema has another index of the name.
fn is_replaced(context: &Context<'_>, table: &QualifiedName, index: &Index) -> bool {
    let indexes = context
        .new_table(table)
        .into_iter()
        .flat_map(|table| &table.indexes);
    let views = context.to.views.iter().filter(|view| view.name == *table);
    let mut indexes = indexes.chain(views.flat_map(|view| &view.indexes));
    indexes.any(|other| other.name == index.name)
}
