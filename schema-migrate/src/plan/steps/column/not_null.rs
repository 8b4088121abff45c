//! Adds and removes `NOT NULL`.

use super::backfill::{self, Fill};
use super::common;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::statement::{Rows, Statement};
use crate::plan::step::{LockMode, Mode, Phase, Step};
use crate::plan::steps::constraint::key;
use crate::plan::steps::partition;
use freehold_schema_core::ir::{Check, Column, Expr, QualifiedName, Table};

/// Allows null in one step, or forbids it by a check.
///
/// The check is validated while other sessions write; then PostgreSQL trusts it and does not read the table again.
pub(in crate::plan) fn change(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Vec<Step> {
    let printer = context.printer;
    let name = &column.name;
    if column.nullable {
        let allow = allow(context, table, name, context.old_table(table));
        let step = common::make(context, table, format!("allow null in `{table}.{name}`"))
            .all_up(allow)
            .down(printer.alter_column(table, name, "SET NOT NULL"));
        let step = step
            .fails_back(format!("`{name}` is null"))
            .hazard(Hazard::new(
                HazardKind::AllowsNull,
                format!(
                    "code that does not expect null in `{table}.{name}` fails at the first null; deploy code that accepts null before code that writes it"
                ),
            ));
        return vec![if is_in_old_key(context, table, name) {
            // The old primary key forbids null until the next key replaces it.
            key::with_the_next(step, AFTER_THE_KEY)
        } else {
            step
        }];
    }
    if column.identity.is_some() {
        return Vec::new();
    }
    if column.default.is_none() {
        let steps = forbid(context, table, column);
        return before_its_key(context, table, column, steps);
    }
    let fill = Fill::Default(column);
    let mut steps = vec![
        backfill::step(context, table, &fill),
        backfill::again(context, table, &fill),
    ];
    steps.extend(forbid_when_filled(context, table, column));
    before_its_key(context, table, column, steps)
}

/// `DROP NOT NULL`, also on the partitions if a primary key forbade null.
///
/// From PostgreSQL 18 on, a partition keeps the `NOT NULL` of its own key when that key becomes part of the table's
/// key.
fn allow(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &str,
    with_partitions: Option<&Table>,
) -> Vec<String> {
    let is_in_key = [context.old_table(table), context.new_table(table)]
        .into_iter()
        .flatten()
        .filter_map(|table| table.primary_key.as_ref())
        .any(|key| key.columns.iter().any(|own| own == column));
    let with_partitions = with_partitions.filter(|_| is_in_key);
    let partitions = with_partitions.map_or_else(Vec::new, partition::names);
    let all = std::iter::once(table).chain(&partitions);
    all.map(|name| context.printer.alter_column(name, column, "DROP NOT NULL"))
        .collect()
}

/// The place after the next primary key.
const AFTER_THE_KEY: i64 = 1;

fn is_in_old_key(context: &Context<'_>, table: &QualifiedName, column: &String) -> bool {
    let table = context.old_table(table);
    let key = table.and_then(|table| table.primary_key.as_ref());
    key.is_some_and(|key| key.columns.contains(column))
}

/// The place before the views that are dropped while the keys change.
const BEFORE_THE_KEYS: i64 = i64::MIN;

/// Moves the steps before the primary key.
///
/// If null were still allowed, adding the key would scan the whole table while reads and writes wait.
pub(in crate::plan) fn before_its_key(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
    steps: Vec<Step>,
) -> Vec<Step> {
    if !key::waits_for(context, table, &column.name) {
        return steps;
    }
    let early = |step: Step| {
        let rank = match step.phase {
            Phase::Backfill => 0,
            Phase::References | Phase::Forbid => 1,
            Phase::Refill => 2,
            Phase::Validate => 3,
            Phase::Tighten => 4,
            _ => return step,
        };
        Step {
            phase: Phase::Keys,
            ..step.place(BEFORE_THE_KEYS + rank)
        }
    };
    steps.into_iter().map(early).collect()
}

/// Forbids null after the rows are filled.
///
/// A check that is not validated refuses every update of a row that violates it, even of other columns.
pub(in crate::plan) fn forbid_when_filled(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Vec<Step> {
    let mut steps = forbid(context, table, column);
    for step in &mut steps {
        step.hazards.clear();
        if step.phase == Phase::References {
            step.phase = Phase::Forbid;
        }
    }
    steps
}

fn forbid(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Vec<Step> {
    let printer = context.printer;
    let name = &column.name;
    let check = Check {
        name: freehold_schema_core::ir::cut(&format!("chk_{}_{name}_not_null", table.name)),
        condition: Expr::IsNull {
            operand: Box::new(Expr::Column(name.clone())),
            negated: true,
        },
    };
    let step = |phase, title: &str| Step::new(phase, format!("{title} `{table}.{name}`"));
    let drop_check = printer.drop_constraint(table, &check.name);
    vec![
        step(Phase::References, "forbid null for new rows in")
            .up(Statement::add_check(table, &check, Rows::Later))
            .down(drop_check.clone())
            .lock(table, LockMode::AccessExclusive),
        step(Phase::Validate, "look for nulls in")
            .mode(Mode::Validation)
            .up(printer.validate_constraint(table, &check.name))
            .lock(table, LockMode::ShareUpdateExclusive)
            .scan(table)
            .hazard(Hazard::new(
                HazardKind::ChecksRows,
                format!("the migration fails if `{name}` is null in a row; count such rows with `SELECT count(*) FROM {table} WHERE {name} IS NULL`"),
            ))
            .run_by_migrator(),
        step(Phase::Tighten, "forbid null in")
            .up(printer.alter_column(table, name, "SET NOT NULL"))
            .up(drop_check)
            .down(Statement::add_check(table, &check, Rows::Later))
            .all_down(allow(context, table, name, context.new_table(table)))
            .lock(table, LockMode::AccessExclusive),
    ]
}
