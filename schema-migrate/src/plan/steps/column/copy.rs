//! Columns that have two names between two releases.

use super::backfill::{self, Fill};
use super::common::{adding, comment};
use super::not_null;
use crate::plan::context::Context;
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Column, ColumnCopy, QualifiedName, Trigger};

/// The copy that a new column is, if the other column exists.
pub(in crate::plan) fn of_added<'a>(
    context: &Context<'a>,
    table: &QualifiedName,
    column: &Column,
) -> Option<&'a ColumnCopy> {
    let copy = context.to.expansion.copy_as(table, &column.name)?;
    context.old_column(table, &copy.from).map(|_| copy)
}

/// The copy that has the values of a dropped column.
pub(in crate::plan) fn of_dropped<'a>(
    context: &Context<'a>,
    table: &QualifiedName,
    column: &Column,
) -> Option<&'a ColumnCopy> {
    let copy = context.from.expansion.copy_of(table, &column.name)?;
    context.new_column(table, &copy.to).map(|_| copy)
}

/// Adds the column empty. A trigger that is added with it fills new rows; existing rows are filled in batches.
pub(in crate::plan) fn add(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
    copy: &ColumnCopy,
) -> Vec<Step> {
    let printer = context.printer;
    let empty = Column {
        nullable: true,
        ..column.clone()
    };
    let title = format!(
        "add column `{}` to `{table}` as a second name of `{}`",
        copy.to, copy.from
    );
    let mut steps = vec![
        adding(context, table, column, title)
            .up(printer.add_column(table, &empty))
            .all_up(comment(context, table, column))
            .down(printer.drop_column(table, &column.name)),
        backfill::step(context, table, &Fill::Copy(copy)),
    ];
    if !column.nullable {
        steps.extend(not_null::forbid_when_filled(context, table, column));
    }
    steps
}

/// Drops the column. The other column has its values; on the way back they are copied from there.
pub(in crate::plan) fn drop(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
    copy: &ColumnCopy,
) -> Step {
    let printer = context.printer;
    let name = &column.name;
    let empty = Column {
        nullable: true,
        default: None,
        ..column.clone()
    };
    let fill = format!(
        "UPDATE {} SET {} = {to} WHERE {to} IS NOT NULL",
        printer.qualified(table),
        printer.identifier(name),
        to = printer.identifier(&copy.to),
    );
    let default = column.default.is_some();
    let default = default.then(|| printer.set_default(table, column));
    let not_null = printer.alter_column(table, name, "SET NOT NULL");
    let title = format!(
        "drop column `{name}` of `{table}`, whose values are in `{}`",
        copy.to
    );
    Step::new(Phase::Contract, title)
        .place(AFTER_THE_TRIGGER)
        .up(printer.drop_column(table, name))
        .down(printer.add_column(table, &empty))
        .all_down(default)
        .all_down(comment(context, table, column))
        .down(fill)
        .all_down((!column.nullable).then_some(not_null))
        .lock(table, LockMode::AccessExclusive)
        // Row-level security would hide rows from the owner.
        .run_by_migrator()
}

const WITH_THE_COLUMN: i64 = i64::MIN;
const AFTER_THE_TRIGGER: i64 = WITH_THE_COLUMN + 1;

/// Delays the drop of a trigger that keeps a dropped column a copy until the column is dropped.
///
/// Both releases work until then.
pub(in crate::plan) fn with_its_column(
    context: &Context<'_>,
    table: &QualifiedName,
    step: Step,
    trigger: &Trigger,
) -> Step {
    let mut copies = context.from.expansion.copies.iter();
    let keeps = copies.any(|copy| {
        copy.table == *table
            && trigger.name == copy.trigger_name()
            && context.new_column(table, &copy.from).is_none()
    });
    if keeps {
        Step {
            phase: Phase::Contract,
            ..step
        }
        .place(WITH_THE_COLUMN)
    } else {
        step
    }
}
