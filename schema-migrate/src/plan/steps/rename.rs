//! Renames.
//!
//! If another object still has the new name, the rename goes over a temporary name, so that two objects can swap names.

use super::by_partition;
use crate::diff::ElementKind;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Column, QualifiedName, Table, sequence_name};

/// Places of the renames in their phase.
///
/// Tables get temporary names, then their new names; then columns do. Parts of tables follow, because they are found by
/// these names.
const TABLE_ASIDE: i64 = -3;
const TABLE: i64 = -2;
const COLUMN_ASIDE: i64 = -1;
const COLUMN: i64 = 1;
const PART: i64 = 2;
const SEQUENCE: i64 = 3;

/// The temporary name of an object whose new name is not free yet.
pub(in crate::plan) fn aside(name: &str) -> String {
    freehold_schema_core::ir::cut(&format!("{name}_aside"))
}

pub(in crate::plan) fn table(
    context: &Context<'_>,
    from: &QualifiedName,
    to: &QualifiedName,
) -> Vec<Step> {
    let printer = context.printer;
    let step = |from: &QualifiedName, to: &QualifiedName| {
        Step::new(Phase::Rename, format!("rename table `{from}` to `{to}`"))
            .of_the_table_alone()
            .up(printer.rename_table(from, to))
            .down(printer.rename_table(to, from))
            .lock_there(from, LockMode::AccessExclusive)
            .lock_back(to, LockMode::AccessExclusive)
    };
    let breaks = Hazard::new(
        HazardKind::BreaksRunningCode,
        format!(
            "code that still uses `{from}` fails after the migration; deploy the new code together with the migration, or create a view with the old name"
        ),
    );
    if !context.names.is_renamed_table(to) {
        return vec![step(from, to).place(TABLE).hazard(breaks)];
    }
    let between = QualifiedName {
        schema: from.schema.clone(),
        name: aside(&from.name),
    };
    vec![
        step(from, &between).place(TABLE_ASIDE).hazard(breaks),
        step(&between, to).place(TABLE),
    ]
}

/// Renames a part of a table; a column is a part too.
pub(in crate::plan) fn part(
    context: &Context<'_>,
    table: &QualifiedName,
    kind: ElementKind,
    (from, to): (&str, &str),
) -> Vec<Step> {
    let (first, last) = match kind {
        ElementKind::Column => ((Phase::Rename, COLUMN_ASIDE), (Phase::Rename, COLUMN)),
        _ => ((Phase::Rename, PART), (Phase::Names, PART)),
    };
    let step = |from: &str, to: &str, (phase, place)| {
        rename(context, table, kind, (from, to), phase).place(place)
    };
    let breaks = (kind == ElementKind::Column).then(|| {
        Hazard::new(
            HazardKind::BreaksRunningCode,
            format!(
                "code that still uses `{from}` fails after the migration; plan with `--expand`, which keeps both names until no such code runs"
            ),
        )
    });
    let mut steps = if context.names.is_taken(table, kind, to) {
        let between = aside(from);
        vec![step(from, &between, first), step(&between, to, last)]
    } else if kind == ElementKind::Column {
        vec![step(from, to, last)]
    } else {
        vec![step(from, to, first)]
    };
    if let Some(first) = steps.first_mut() {
        first.hazards.extend(breaks);
    }
    steps
}

fn rename(
    context: &Context<'_>,
    table: &QualifiedName,
    kind: ElementKind,
    (from, to): (&str, &str),
    phase: Phase,
) -> Step {
    let printer = context.printer;
    let words = |from: &str, to: &str| match kind {
        ElementKind::Column => printer.rename_column(table, from, to),
        ElementKind::Constraint => printer.rename_constraint(table, from, to),
        ElementKind::Index => printer.rename_index(table, from, to),
        ElementKind::Trigger => printer.rename_trigger(table, from, to),
        ElementKind::Policy => printer.rename_policy(table, from, to),
        ElementKind::Partition => printer.rename_partition(table, from, to),
    };
    let step = Step::new(phase, format!("rename `{table}.{from}` to `{to}`"))
        .up(words(from, to))
        .down(words(to, from));
    let step = match kind {
        // Only the index is locked, and that lock blocks neither reads nor writes.
        ElementKind::Index => step,
        _ => step.lock(table, LockMode::AccessExclusive),
    };
    match kind {
        ElementKind::Index | ElementKind::Constraint if context.is_partitioned(table) => {
            by_partition::rename(context, table, step, (from, to))
        }
        _ => step,
    }
}

/// Renames the sequences of renamed tables and columns, which are named after their table and column.
///
/// The lists of both schemas are in the same order.
pub(in crate::plan) fn sequences(context: &Context<'_>) -> Vec<Step> {
    let tables = context.before.tables.iter().zip(&context.from.tables);
    let columns = tables.flat_map(|(old, new)| {
        let columns = old.columns.iter().zip(&new.columns);
        columns.map(move |(was, is)| ((old, was), (new, is)))
    });
    let is_counted = |column: &Column| column.serial || column.identity.is_some();
    let renamed = columns.filter(|((old, was), (new, is))| {
        is_counted(was) && (old.name != new.name || was.name != is.name)
    });
    renamed
        .flat_map(|((old, was), new)| {
            let name =
                |table: &Table, column: &Column| sequence_name(&table.name.name, &column.name);
            sequence(context, new, (&name(old, was), &name(new.0, new.1)))
        })
        .collect()
}

fn sequence(
    context: &Context<'_>,
    (table, column): (&Table, &Column),
    (from, to): (&str, &str),
) -> Vec<Step> {
    let printer = context.printer;
    let of = printer.qualified(&table.name);
    let rename = |to: &str| printer.dialect.rename_owned_sequence(&of, &column.name, to);
    let title = format!("rename the sequence of `{}.{}`", table.name, column.name);
    let step = |phase, from: &str, to: &str| {
        Step::new(phase, title.clone())
            .place(SEQUENCE)
            .up(rename(to))
            .down(rename(from))
    };
    if !context.names.has_relation(&table.name, to) {
        return vec![step(Phase::Rename, from, to)];
    }
    let between = aside(from);
    let mut steps = vec![step(Phase::Rename, from, &between)];
    if context.is_recreated(&table.name) {
        // The sequence is dropped with the table and, on the way back, created with it under the new name.
        let back = Step::new(Phase::Detach, title.clone()).down(rename(&between));
        steps.push(back);
    } else {
        steps.push(step(Phase::Names, &between, to));
    }
    steps
}
