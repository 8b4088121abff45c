//! Counters of columns.

use super::context::Context;
use super::step::Step;
use freehold_schema_core::ir::{Column, QualifiedName};

pub(super) fn is_counted(column: &Column) -> bool {
    column.serial || column.identity.is_some()
}

/// The counter goes on after the largest value that is there, which row-level security may hide from the owner of the objects.
pub(super) fn goes_on(
    context: &Context<'_>,
    table: &QualifiedName,
    (old, new): (&Column, &Column),
    step: Step,
) -> Vec<Step> {
    let printer = context.printer;
    let of = printer.qualified(table);
    let go_on = |column: &Column| {
        let name = printer.identifier(&column.name);
        is_counted(column).then(|| printer.dialect.continue_sequence(&of, &column.name, &name))
    };
    let (phase, place) = (step.phase, step.place);
    let beside = || {
        let title = format!("count `{table}.{}` on", new.name);
        Step::new(phase, title).place(place).by_whoever_runs_it()
    };
    let first = go_on(old).map(|sql| beside().down(sql));
    let last = go_on(new).map(|sql| beside().up(sql));
    first.into_iter().chain([step]).chain(last).collect()
}
