//! Sequences, including those of `serial` and identity columns.

use super::rights;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{Phase, Step};
use freehold_schema_core::ir::{Column, QualifiedName, Sequence};

pub(in crate::plan) fn is_counted(column: &Column) -> bool {
    column.serial || column.identity.is_some()
}

/// Sets the column's sequence to continue after the largest existing value.
///
/// Row-level security may hide that value from the owner of the objects.
pub(in crate::plan) fn goes_on(
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
        let title = format!("continue the sequence of `{table}.{}`", new.name);
        Step::new(phase, title).place(place).run_by_migrator()
    };
    let first = go_on(old).map(|sql| beside().down(sql));
    let last = go_on(new).map(|sql| beside().up(sql));
    first.into_iter().chain([step]).chain(last).collect()
}

pub(in crate::plan) fn uncount(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Vec<String> {
    let printer = context.printer;
    let name = &column.name;
    if column.identity.is_some() {
        return vec![printer.alter_column(table, name, "DROP IDENTITY")];
    }
    if !column.serial {
        return Vec::new();
    }
    vec![
        printer.alter_column(table, name, "DROP DEFAULT"),
        printer
            .dialect
            .drop_owned_sequence(&printer.qualified(table), name),
    ]
}

/// The new sequence of a column. An identity column becomes `NOT NULL`, and allows null again if it stops to be one.
pub(in crate::plan) fn counted_from(
    context: &Context<'_>,
    table: &QualifiedName,
    from: &Column,
    to: &Column,
) -> Vec<String> {
    let action = match (from.identity, to.identity) {
        (None, Some(_)) if from.nullable => Some("SET NOT NULL"),
        (Some(_), None) if to.nullable => Some("DROP NOT NULL"),
        _ => None,
    };
    let action = action.map(|action| context.printer.alter_column(table, &to.name, action));
    action
        .into_iter()
        .chain(count(context, table, to))
        .collect()
}

/// The sequence itself, with the rights on it.
fn count(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Vec<String> {
    let printer = context.printer;
    let mut statements = Vec::new();
    if column.serial {
        statements.extend(printer.make_serial(table, column));
    } else {
        statements.extend(printer.set_identity(table, column));
    }
    if !statements.is_empty() {
        let old = &context.old_grants;
        statements.extend(rights::disinherit_counter(context, table, column, old));
        let column = std::slice::from_ref(column);
        statements.extend(rights::on_sequences(context, table, column));
    }
    statements
}

pub(in crate::plan) fn alter_sequence(
    context: &Context<'_>,
    old: &Sequence,
    new: &Sequence,
) -> Step {
    let step = Step::new(Phase::Make, format!("change the sequence `{}`", new.name))
        .up(context.printer.alter_sequence(old.value_type, new))
        .down(context.printer.alter_sequence(new.value_type, old))
        .hazards(narrower(old, new));
    match narrower(new, old) {
        Some(_) => step.fails_back(format!(
            "the value of `{}` is outside the old bounds",
            new.name
        )),
        None => step,
    }
}

/// The hazard of narrower bounds. The value of the sequence is not a row, and stays the same.
fn narrower(old: &Sequence, new: &Sequence) -> Option<Hazard> {
    let bounds = |sequence: &Sequence| {
        let descends = sequence.increment.is_some_and(|step| step < 0);
        let (min, max) = sequence.value_type.bounds(descends);
        (sequence.min.unwrap_or(min), sequence.max.unwrap_or(max))
    };
    let ((old_min, old_max), (new_min, new_max)) = (bounds(old), bounds(new));
    (new_min > old_min || new_max < old_max).then(|| {
        Hazard::new(
            HazardKind::ChecksRows,
            format!(
                "the migration fails if the value of `{}` is not between {new_min} and {new_max}",
                new.name
            ),
        )
    })
}
