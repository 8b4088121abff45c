//! Indexes of a table or a materialized view that exists before and after.

pub(super) mod build;

use super::by_partition;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};

use super::constraint::take_over;
use crate::plan::step::{LockMode, Mode, Phase, Step};
use freehold_schema_core::ir::{Expr, Index, QualifiedName, Unique};

/// Builds the index while other sessions write. An old index of the same name stays until then.
pub(in crate::plan) fn add(
    context: &Context<'_>,
    table: &QualifiedName,
    index: &Index,
) -> Vec<Step> {
    if context.is_partitioned(table) {
        return by_partition::add_index(context, table, index);
    }
    vec![build::build(context, table, index)]
}

pub(in crate::plan) fn drop(
    context: &Context<'_>,
    table: &QualifiedName,
    index: &Index,
) -> Vec<Step> {
    let printer = context.printer;
    let title = format!("drop index `{}` of `{table}`", index.name);
    let is_replaced = is_replaced(context, table, index);
    if context.is_unsettled(table, index) {
        let step = drop_early(context, table, index, title);
        return vec![if is_replaced {
            step
        } else {
            missed(context, table, index, step)
        }];
    }
    if !build::is_name_taken(context, table, &index.name) {
        let step = drop_late(context, table, index, title);
        let step = take_over::kept(context, table, index, step);
        return vec![missed(context, table, index, step)];
    }
    let aside = Index {
        name: freehold_schema_core::ir::cut(&format!("{}_replaced", index.name)),
        ..index.clone()
    };
    let rename = Step::new(
        Phase::Rename,
        format!("rename index `{}` out of the way", index.name),
    )
    .place(2)
    .up(printer.rename_index(table, &index.name, &aside.name))
    .down(printer.rename_index(table, &aside.name, &index.name));
    let rename = if context.is_partitioned(table) {
        by_partition::rename(context, table, rename, (&index.name, &aside.name))
    } else {
        rename
    };
    let step = drop_late(context, table, &aside, title);
    let step = if is_replaced {
        step
    } else {
        missed(context, table, index, step)
    };
    vec![rename, step]
}

/// The hazards of dropping the index.
///
/// A key over the same columns enforces the same; a key with them in the same order also serves the same queries.
fn missed(context: &Context<'_>, table: &QualifiedName, index: &Index, step: Step) -> Step {
    let keys = keys_of_columns(context, table, index);
    let finds = keys.iter().any(|key| is_in_order(index, key));
    let slows = (!finds).then(|| {
        Hazard::new(
            HazardKind::SlowsQueries,
            format!(
                "after the migration, queries that use index `{0}` of `{table}` read all rows; check in `pg_stat_user_indexes` that it is unused",
                index.name
            ),
        )
    });
    let loses = (index.unique && keys.is_empty()).then(|| {
        Hazard::new(
            HazardKind::GuaranteeLost,
            format!(
                "after the migration, rows of `{table}` may violate the unique index `{}`; make sure that no code relies on it",
                index.name
            ),
        )
    });
    step.hazards(slows).hazards(loses)
}

/// The columns of each primary key and unique constraint of the new table that has exactly the columns of the index.
fn keys_of_columns<'a>(
    context: &Context<'a>,
    table: &QualifiedName,
    index: &Index,
) -> Vec<&'a [String]> {
    let Some(new) = context.new_table(table).filter(|_| index.filter.is_none()) else {
        return Vec::new();
    };
    let of_key = new.primary_key.iter().map(|key| key.columns.as_slice());
    // An index that allows one null enforces more than a constraint that allows many.
    let holds = |unique: &&Unique| unique.nulls_not_distinct || !index.nulls_not_distinct;
    let of_uniques = new.uniques.iter().filter(holds);
    let of_uniques = of_uniques.map(|unique| unique.columns.as_slice());
    let has = |column: &String| {
        index
            .parts
            .iter()
            .any(|part| is_column(&part.value, column))
    };
    let is_it = |key: &&[String]| key.len() == index.parts.len() && key.iter().all(has);
    of_key.chain(of_uniques).filter(is_it).collect()
}

fn is_in_order(index: &Index, key: &[String]) -> bool {
    let mut pairs = index.parts.iter().zip(key);
    pairs.all(|(part, column)| is_column(&part.value, column))
}

fn is_column(value: &Expr, column: &String) -> bool {
    matches!(value, Expr::Column(name) if name == column)
}

/// Drops the index before its columns change.
pub(in crate::plan) fn drop_early(
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
    if context.is_partitioned(table) {
        // PostgreSQL has no `CONCURRENTLY` for a partitioned index. In one transaction with the next index, the lock
        // would become stronger and wait for a reader, which may itself wait for this transaction to write.
        let step = drop_early(context, table, index, title).mode(Mode::Alone);
        return Step {
            phase: Phase::OldIndexes,
            ..step
        };
    }
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
