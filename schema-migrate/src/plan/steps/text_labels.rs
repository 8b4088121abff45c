//! Renamed labels of text enums: the rows are updated.

use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::hazards::trigger_hazards;
use crate::plan::statement::{Rows, Statement, Statements};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Check, Column, QualifiedName, Schema, SqlType, Table};
use freehold_schema_core::model::Deferrable;

/// Updates the rows to the new labels.
pub(in crate::plan) fn rename(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Step {
    let renames = column.renamed_labels.iter();
    let there: Vec<_> = renames.map(|label| (&label.from, &label.to)).collect();
    let back: Vec<_> = there.iter().map(|(from, to)| (*to, *from)).collect();
    let meet = there.iter().any(|(_, to)| is_given_up(&there, to));
    let by_way_of_others = meet && is_in_unique(context, table, &column.name);
    let way = |renames: &[(&String, &String)]| {
        if by_way_of_others {
            aside_and_on(context, table, column, renames)
        } else {
            let update = update(context.printer, table, column, renames);
            std::iter::once(update)
                .chain(at_once(context, table))
                .collect()
        }
    };
    let is_altered = by_way_of_others && kept_checks(context, table).next().is_some();
    let lock = if is_altered {
        LockMode::AccessExclusive
    } else {
        LockMode::RowExclusive
    };
    Step::new(
        Phase::Attach,
        format!("rename labels in `{table}.{}`", column.name),
    )
    .place(-1)
    .all_up(way(&there))
    .all_down(way(&back))
    .lock(table, lock)
    .scan(table)
    .hazard(Hazard::new(
        HazardKind::BlockingLock,
        format!(
            "rows of `{table}` are updated without its check while reads and writes wait; add the new label, copy in batches, and remove the old one in a later release"
        ),
    ))
    .hazard(Hazard::new(
        HazardKind::BreaksRunningCode,
        format!(
            "code that still uses the old labels of `{table}.{}` fails after the migration; deploy the new code together with the migration",
            column.name
        ),
    ))
    .hazards(trigger_hazards::by_renaming(context, table, &column.name))
    .run_by_migrator()
}

fn is_given_up(renames: &[(&String, &String)], label: &String) -> bool {
    renames.iter().any(|(from, _)| *from == label)
}

/// Runs deferred checks now, because PostgreSQL alters no table with pending checks.
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

/// Whether a unique index has the column.
///
/// PostgreSQL checks such an index after each row. With swapped labels, two rows would have one label before the second
/// is updated.
fn is_in_unique(context: &Context<'_>, table: &QualifiedName, column: &str) -> bool {
    let tables = [context.old_table(table), context.new_table(table)];
    tables.into_iter().flatten().any(|table| {
        let key = table.primary_key.iter().map(|key| &key.columns);
        let uniques = table.uniques.iter().map(|unique| &unique.columns);
        let mut constraints = key.chain(uniques).flatten();
        let indexes = table.indexes.iter().filter(|index| index.unique);
        let mut indexes = indexes.map(|index| context.printer.create_index(&table.name, index));
        constraints.any(|own| own == column)
            || indexes.any(|sql| freehold_schema_core::sql::mentions(&sql, column))
    })
}

/// Updates all labels to temporary texts and then to the new labels. Meanwhile, the kept checks are dropped.
fn aside_and_on(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
    renames: &[(&String, &String)],
) -> Statements {
    let printer = context.printer;
    let asides = asides(context, table, renames.len());
    let pairs = || renames.iter().zip(&asides);
    let away: Vec<_> = pairs().map(|((from, _), aside)| (*from, aside)).collect();
    let on: Vec<_> = pairs().map(|((_, to), aside)| (aside, *to)).collect();
    let drops =
        kept_checks(context, table).map(|check| printer.drop_constraint(table, &check.name));
    let adds =
        kept_checks(context, table).map(|check| Statement::add_check(table, check, Rows::Read));
    let updates = [away, on].map(|renames| update(printer, table, column, &renames));
    let mut statements = Statements::default();
    statements.extend(drops.chain(updates).chain(at_once(context, table)));
    statements.extend(adds);
    statements
}

/// The checks of the table that the migration does not change.
fn kept_checks<'a>(
    context: &Context<'a>,
    table: &QualifiedName,
) -> impl Iterator<Item = &'a Check> {
    let checks = |table: Option<&'a Table>| table.into_iter().flat_map(|table| &table.checks);
    let before: Vec<_> = checks(context.old_table(table)).collect();
    checks(context.new_table(table)).filter(move |check| before.contains(check))
}

/// Texts that no check of the table contains. They are numbers, which fit a short column.
fn asides(context: &Context<'_>, table: &QualifiedName, count: usize) -> Vec<String> {
    let printer = context.printer;
    let tables = [context.old_table(table), context.new_table(table)];
    let checks = tables.into_iter().flatten().flat_map(|table| &table.checks);
    let checks: Vec<_> = checks.map(|check| printer.check(check)).collect();
    let is_taken = |text: &str| {
        checks
            .iter()
            .any(|check| check.contains(&printer.text(text)))
    };
    let texts = (0..).map(|number: usize| number.to_string());
    texts.filter(|text| !is_taken(text)).take(count).collect()
}

/// Updates all labels of a row at once, because two labels may be swapped.
fn update(
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

/// The expression for the new text of a label.
fn one_of(label: &str, renames: &[(String, String)]) -> String {
    let each = renames.iter();
    let each: Vec<_> = each
        .map(|(from, to)| format!("WHEN {from} THEN {to}"))
        .collect();
    format!("CASE {label} {} ELSE {label} END", each.join(" "))
}
