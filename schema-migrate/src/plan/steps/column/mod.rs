//! Columns that are added, dropped or changed.

mod backfill;
mod common;
pub(super) mod copy;
pub(in crate::plan) mod generated;
pub(super) mod not_null;
pub(super) mod retype;

use self::backfill::Fill;

use crate::plan::context::Context;

use crate::plan::hazard::{Hazard, HazardKind};

use super::rights;
use super::sequence;
use crate::plan::step::{LockMode, Phase, Step};
use crate::plan::volatile::is_volatile;
use freehold_schema_core::ir::{Check, Column, Expr, QualifiedName};

/// Adds a column: in one step if only the catalog changes, otherwise without a value first, then filled in batches.
pub(in crate::plan) fn add(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Vec<Step> {
    if let Some(copy) = copy::of_added(context, table, column) {
        return copy::add(context, table, column, copy);
    }
    let is_filled = column.default.as_ref().is_some_and(is_volatile);
    if is_filled && !context.is_partitioned(table) {
        return add_filled(context, table, column);
    }
    let title = format!("add column `{}` to `{table}`", column.name);
    let step = common::adding(context, table, column, title)
        .up(context.printer.add_column(table, column))
        .all_up(common::comment(context, table, column))
        .all_up(rights::disinherit_counter(
            context,
            table,
            column,
            &context.new_grants,
        ))
        .down(context.printer.drop_column(table, &column.name))
        .lost(format!(
            "the values of `{table}.{}` that were written since",
            column.name
        ));
    vec![hazards_of_adding(table, column, step)]
}

fn hazards_of_adding(table: &QualifiedName, column: &Column, step: Step) -> Step {
    let name = &column.name;
    let is_counted = column.serial || column.identity.is_some();
    if is_counted || column.generated.is_some() || column.default.as_ref().is_some_and(is_volatile)
    {
        return step.rewrite(table).hazard(Hazard::new(
            HazardKind::TableRewrite,
            format!(
                "`{table}` is rewritten to give each row its `{name}` while reads and writes wait"
            ),
        ));
    }
    if column.nullable || column.default.is_some() {
        return step;
    }
    step.hazard(Hazard::new(
        HazardKind::FailsOnRows,
        format!(
            "existing rows have no `{name}`; give the column a `default`, or add it as an `Option`, fill it, and make it required in a later release"
        ),
    ))
}

/// Adds the column without a value first, and fills it afterwards.
///
/// A default that differs from row to row would rewrite the whole table under a lock.
fn add_filled(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Vec<Step> {
    let printer = context.printer;
    let bare = Column {
        nullable: true,
        default: None,
        ..column.clone()
    };
    let title = format!("add column `{}` to `{table}`", column.name);
    let mut steps = vec![
        common::adding(context, table, column, title)
            .up(printer.add_column(table, &bare))
            .up(printer.set_default(table, column))
            .all_up(common::comment(context, table, column))
            .down(printer.drop_column(table, &column.name))
            .lost(format!(
                "the values of `{table}.{}` that were written since",
                column.name
            )),
        backfill::step(context, table, &Fill::Default(column)),
    ];
    // No release writes a null into a column that it does not know.
    if !column.nullable {
        steps.extend(not_null::forbid_when_filled(context, table, column));
    }
    not_null::before_its_key(context, table, column, steps)
}

pub(in crate::plan) fn drop(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Step {
    if let Some(copy) = copy::of_dropped(context, table, column) {
        return copy::drop(context, table, column, copy);
    }
    let mut step = if column.generated.is_some() {
        generated::drop_early(context, table, column)
    } else {
        drop_stored(context, table, column)
    };
    if !context.is_leaving(table, &column.name) {
        step = step.hazard(Hazard::new(
            HazardKind::BreaksRunningCode,
            format!(
                "code that still reads or writes `{}` fails after the migration; plan with `--expand`, which keeps the column until no such code runs",
                column.name
            ),
        ));
    }
    step
}

fn drop_stored(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Step {
    let name = &column.name;
    let printer = context.printer;
    let lost = format!("the values of `{table}.{name}`");
    // Existing rows have no value for the returning column, so it returns nullable at first.
    let back = Column {
        nullable: column.nullable || is_bare(column),
        ..column.clone()
    };
    let step = Step::new(
        Phase::Contract,
        format!("drop column `{name}` of `{table}`"),
    )
    .place(i64::MIN)
    .up(printer.drop_column(table, name))
    .down(printer.add_column(table, &back))
    .all_down(common::comment(context, table, column))
    .all_down(rights::disinherit_counter(
        context,
        table,
        column,
        &context.old_grants,
    ))
    .all_down(rights::on_sequences(
        context,
        table,
        std::slice::from_ref(column),
    ))
    .lock(table, LockMode::AccessExclusive);
    let step = if back.nullable == column.nullable {
        step
    } else {
        // Row-level security would hide rows from the owner.
        step.all_down(not_null_of_empty(context, table, column))
            .run_by_migrator()
    };
    let step = match keeps_null_out(context, table, column) {
        Some(what) => step.fails_back(format!(
            "`{table}` has rows: `{name}` is added back without values, and {what} refuses that"
        )),
        None => step,
    };
    let renamed = renamed_perhaps(context, table, column).unwrap_or_default();
    step.lost(lost).hazard(Hazard::new(
        HazardKind::DataLoss,
        format!("the values of `{table}.{name}` are deleted; take a copy first{renamed}"),
    ))
}

/// Advice to rename, if a new column of the same type is added while this one is dropped.
fn renamed_perhaps(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Option<String> {
    let (old, new) = (context.old_table(table)?, context.new_table(table)?);
    let is_new = |name: &String| old.columns.iter().all(|old| old.name != *name);
    let mut others = new.columns.iter();
    let comes = others.find(|other| {
        other.sql_type == column.sql_type && other.renamed_from.is_none() && is_new(&other.name)
    })?;
    Some(format!(
        "; if it is now called `{0}`, write `#[column(renamed_from = {1})]` at `{0}`, which keeps them",
        comes.name, column.name
    ))
}

/// The constraint that refuses null in the column on the way back: the primary key, or a check that it is not null.
fn keeps_null_out(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Option<String> {
    let old = context.old_table(table)?;
    let has_value = column.default.is_some() || sequence::is_counted(column);
    if has_value {
        return None;
    }
    if let Some(key) = old
        .primary_key
        .as_ref()
        .filter(|key| key.columns.contains(&column.name))
    {
        return Some(format!("the primary key `{}`", key.name));
    }
    let asks = |check: &&Check| match &check.condition {
        Expr::IsNull { operand, negated } => {
            *negated && matches!(&**operand, Expr::Column(name) if *name == column.name)
        }
        // As PostgreSQL prints it.
        Expr::Sql(sql) => {
            let name = context.printer.identifier(&column.name);
            *sql == format!("({name} IS NOT NULL)") || *sql == format!("{name} IS NOT NULL")
        }
        _ => false,
    };
    let check = old.checks.iter().find(asks)?;
    Some(format!("the check `{}`", check.name))
}

/// Whether every new row needs an explicit value, so existing rows cannot get one.
fn is_bare(column: &Column) -> bool {
    let is_counted = column.serial || column.identity.is_some();
    column.default.is_none() && column.generated.is_none() && !is_counted
}

/// Sets `NOT NULL` if the table is empty. If it has rows, they have no value, and the column stays nullable.
fn not_null_of_empty(context: &Context<'_>, table: &QualifiedName, column: &Column) -> Vec<String> {
    let printer = context.printer;
    let set = printer.alter_column(table, &column.name, "SET NOT NULL");
    let name = printer.qualified(table);
    vec![printer.dialect.if_empty(&name, &set)]
}

pub(in crate::plan) fn change_default(
    context: &Context<'_>,
    table: &QualifiedName,
    old: &Column,
    new: &Column,
) -> Step {
    let printer = context.printer;
    let at = |column: &Column| Column {
        name: new.name.clone(),
        ..column.clone()
    };
    common::make(
        context,
        table,
        format!("change the default of `{table}.{}`", new.name),
    )
    .up(printer.set_default(table, &at(new)))
    .down(printer.set_default(table, &at(old)))
}

/// Adds or removes `serial` or an identity.
///
/// An identity column cannot be null, and PostgreSQL requires `NOT NULL` before it.
pub(in crate::plan) fn change_counted(
    context: &Context<'_>,
    table: &QualifiedName,
    old: &Column,
    new: &Column,
) -> Vec<Step> {
    if let (Some(_), Some(_), false, false) = (old.identity, new.identity, old.serial, new.serial) {
        return vec![change_identity(context, table, old, new)];
    }
    let change = |from: &Column, to: &Column| {
        let mut statements = sequence::uncount(context, table, from);
        let has_default = from.default.is_some();
        statements.extend(has_default.then(|| {
            context
                .printer
                .alter_column(table, &to.name, "DROP DEFAULT")
        }));
        statements.extend(sequence::counted_from(context, table, from, to));
        statements.extend(
            to.default
                .is_some()
                .then(|| context.printer.set_default(table, to)),
        );
        statements
    };
    let step = common::make(
        context,
        table,
        format!("change the sequence of `{table}.{}`", new.name),
    )
    .all_up(change(old, new))
    .all_down(change(new, old))
    .scan(table)
    .hazard(Hazard::new(
        HazardKind::BlockingLock,
        format!(
            "`{table}` is read to find the largest `{}` while reads and writes wait",
            new.name
        ),
    ));
    let step = step.hazards(identity_of_null(table, old, new));
    let step = if sequence::is_counted(old) && !sequence::is_counted(new) {
        step.lost(format!(
            "the position of the sequence of `{table}.{}`",
            old.name
        ))
    } else {
        step
    };
    sequence::goes_on(context, table, (old, new), step)
}

/// Changes between `ALWAYS` and `BY DEFAULT`. The sequence stays the same.
fn change_identity(
    context: &Context<'_>,
    table: &QualifiedName,
    old: &Column,
    new: &Column,
) -> Step {
    let title = format!("change whether an insert may set `{table}.{}`", new.name);
    common::make(context, table, title)
        .all_up(context.printer.change_identity(table, new))
        .all_down(context.printer.change_identity(table, old))
}

/// An identity column is never null.
fn identity_of_null(table: &QualifiedName, old: &Column, new: &Column) -> Option<Hazard> {
    let forbids = old.nullable && old.identity.is_none() && new.identity.is_some();
    forbids.then(|| {
        Hazard::new(
            HazardKind::ChecksRows,
            format!(
                "the migration fails if a row has a null in `{table}.{}`; give those rows a value first",
                new.name
            ),
        )
    })
}
