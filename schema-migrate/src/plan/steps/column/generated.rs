//! Generated columns, which PostgreSQL computes from other columns.

use super::common::{comment, make};
use crate::diff::{Change, Element, TableChange};
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use crate::plan::steps::rights;
use freehold_schema_core::ir::{Column, QualifiedName};

/// Whether the change adds a generated column.
pub(in crate::plan) fn is_added(change: &Change) -> bool {
    let Change::Table {
        change: TableChange::Add(Element::Column(column)),
        ..
    } = change
    else {
        return false;
    };
    column.generated.is_some()
}

/// Recreates a generated column, with its values computed again. PostgreSQL before 17 cannot change its expression.
pub(in crate::plan) fn change(
    context: &Context<'_>,
    table: &QualifiedName,
    old: &Column,
    new: &Column,
) -> Vec<Step> {
    let printer = context.printer;
    let name = &new.name;
    let dropped = drop_early(context, table, old);
    let dropped = if old.generated.is_none() {
        dropped
            .lost(format!("the values of `{table}.{name}`"))
            .hazard(Hazard::new(
                HazardKind::DataLoss,
                format!("the values of `{table}.{name}` are deleted, because PostgreSQL computes the column after the migration"),
            ))
    } else {
        dropped
    };
    let added = make(
        context,
        table,
        format!("add column `{name}` to `{table}` again"),
    )
    .up(printer.add_column(table, new))
    .all_up(comment(context, table, new))
    .all_up(rights_on(context, table, old))
    .down(printer.drop_column(table, name))
    .rewrite(table)
    .hazard(Hazard::new(
        HazardKind::TableRewrite,
        format!("`{table}` is rewritten to compute `{name}` while reads and writes wait"),
    ));
    vec![dropped, added]
}

/// Drops the column before the columns that it uses change, and after its dependents are dropped.
pub(in crate::plan) fn drop_early(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Step {
    let printer = context.printer;
    Step::new(
        Phase::Detach,
        format!("drop column `{}` of `{table}`", column.name),
    )
    .place(4)
    .up(printer.drop_column(table, &column.name))
    .down(printer.add_column(table, column))
    .all_down(comment(context, table, column))
    .all_down(rights_on(context, table, column))
    .lock(table, LockMode::AccessExclusive)
}

/// What gives the rights that the column had, which went with it. What is different in them has steps of its own.
fn rights_on(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Vec<String> {
    rights::on_column(context.printer, &context.old_grants, table, &column.name)
}
