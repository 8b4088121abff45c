//! Labels of text enums: the rows follow a rename.

use super::context::Context;
use super::fired;
use super::hazard::{Hazard, HazardKind};
use super::step::{LockMode, Phase, Step};
use crate::ddl::printer::Printer;
use crate::ir::{Column, QualifiedName, Schema, SqlType, Table};
use crate::model::Deferrable;

/// The rows follow the labels.
pub(super) fn rename(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Step {
    let printer = context.printer;
    let renames = column.renamed_labels.iter();
    let back = renames.clone().map(|label| (&label.to, &label.from));
    let renames = renames.map(|label| (&label.from, &label.to));
    Step::new(
        Phase::Attach,
        format!("rename labels in `{table}.{}`", column.name),
    )
    .place(-1)
    .up(relabel(printer, table, column, &renames.collect::<Vec<_>>()))
    .all_up(at_once(context, table))
    .down(relabel(printer, table, column, &back.collect::<Vec<_>>()))
    .all_down(at_once(context, table))
    .lock(table, LockMode::RowExclusive)
    .scan(table)
    .hazard(Hazard::new(
        HazardKind::BlockingLock,
        format!(
            "rows of `{table}` are changed while its check is away, and everybody waits; add the new label, copy in batches, and take the old one away in a later release"
        ),
    ))
    .hazard(Hazard::new(
        HazardKind::BreaksRunningCode,
        format!(
            "code that still says the old labels of `{table}.{}` fails from then on; deploy it together",
            column.name
        ),
    ))
    .hazards(fired::by_renaming(context, table, &column.name))
    .by_whoever_runs_it()
}

/// What is checked at commit is checked now: PostgreSQL alters no table that waits for a check.
fn at_once(context: &Context<'_>, table: &QualifiedName) -> Option<String> {
    let waits = |schema: &Schema| {
        let tables = schema.tables.iter();
        let mut tables = tables.filter(|own| own.name == *table || references(own, table));
        tables.any(is_checked_late)
    };
    let is_late = waits(context.from) || waits(context.to);
    is_late.then(|| "SET CONSTRAINTS ALL IMMEDIATE".to_owned())
}

fn references(table: &Table, target: &QualifiedName) -> bool {
    table.foreign_keys.iter().any(|key| key.target == *target)
}

fn is_checked_late(table: &Table) -> bool {
    let keys = table.foreign_keys.iter().map(|key| key.deferrable);
    let uniques = table.uniques.iter().map(|unique| unique.deferrable);
    let mut all = keys.chain(uniques);
    all.any(|deferrable| deferrable == Deferrable::InitiallyDeferred)
}

/// All labels of a row at once: two of them may take each other's texts.
fn relabel(
    printer: Printer<'_>,
    table: &QualifiedName,
    column: &Column,
    renames: &[(&String, &String)],
) -> String {
    let (name, of) = (printer.identifier(&column.name), printer.qualified(table));
    let is_array = matches!(column.sql_type, SqlType::Array(_));
    let texts = renames.iter();
    let texts: Vec<_> = texts
        .map(|(from, to)| (printer.text(from), printer.text(to)))
        .collect();
    let is_one = |from: &String| {
        if is_array {
            format!("{from} = ANY ({name})")
        } else {
            format!("{name} = {from}")
        }
    };
    let after = match texts.as_slice() {
        [(from, to)] if is_array => format!("array_replace({name}, {from}, {to})"),
        [(_, to)] => to.clone(),
        all if is_array => format!(
            "ARRAY(SELECT {} FROM unnest({name}) WITH ORDINALITY AS each (label, place) ORDER BY place)",
            one_of("label", all)
        ),
        all => one_of(&name, all),
    };
    let conditions: Vec<_> = texts.iter().map(|(from, _)| is_one(from)).collect();
    format!(
        "UPDATE {of} SET {name} = {after} WHERE {}",
        conditions.join(" OR ")
    )
}

/// The new text of a label.
fn one_of(label: &str, renames: &[(String, String)]) -> String {
    let each = renames.iter();
    let each: Vec<_> = each
        .map(|(from, to)| format!("WHEN {from} THEN {to}"))
        .collect();
    format!("CASE {label} {} ELSE {label} END", each.join(" "))
}
