//! Fills existing rows in batches that commit one by one.
//!
//! No batch blocks other sessions for long, and a stopped backfill continues where it stopped.

use crate::diff::Element;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::hazards::trigger_hazards;
use crate::plan::step::{LockMode, Mode, Phase, Step};
use crate::plan::steps::constraint::key;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Column, ColumnCopy, QualifiedName};

/// The rows of one batch, which is one transaction.
const BATCH_ROWS: u32 = 1000;

/// The source of the values.
pub(in crate::plan) enum Fill<'a> {
    /// The column's default, for rows without a value.
    Default(&'a Column),
    /// The value of the column that this one copies.
    Copy(&'a ColumnCopy),
}

impl Fill<'_> {
    fn column(&self) -> &str {
        match self {
            Self::Default(column) => &column.name,
            Self::Copy(copy) => &copy.to,
        }
    }

    /// The `SET` and `WHERE` clauses.
    fn change(&self, printer: Printer<'_>) -> String {
        let column = printer.identifier(self.column());
        match self {
            Self::Default(_) => format!("SET {column} = DEFAULT WHERE {column} IS NULL"),
            Self::Copy(copy) => {
                let from = printer.identifier(&copy.from);
                format!("SET {column} = {from} WHERE {column} IS NULL AND {from} IS NOT NULL")
            }
        }
    }
}

/// The step that fills the rows. The way back does nothing.
pub(in crate::plan) fn step(context: &Context<'_>, table: &QualifiedName, fill: &Fill<'_>) -> Step {
    let title = format!("fill `{table}.{}` where it is null", fill.column());
    let key = key_of(context, table, fill.column());
    let printer = context.printer;
    let name = printer.qualified(table);
    let change = format!("UPDATE {name} {}", fill.change(printer));
    let step = Step::new(Phase::Backfill, title)
        .lock(table, LockMode::RowExclusive)
        .scan(table)
        .hazards(trigger_hazards::by_filling(context, table, fill.column()));
    let step = match key {
        Some(key) => step
            .mode(Mode::Alone)
            .up(printer.dialect.in_batches(&name, &key, &change, BATCH_ROWS)),
        None => step.up(change).hazard(Hazard::new(
            HazardKind::BlockingLock,
            format!(
                "`{table}` has no key to batch by, so the backfill is one `UPDATE` that blocks other writes of the rows; fill them in your own batches first"
            ),
        )),
    };
    step.run_by_migrator()
}

/// Fills again the rows that were written as null during the first backfill.
///
/// It runs after null can no longer be written.
pub(in crate::plan) fn again(
    context: &Context<'_>,
    table: &QualifiedName,
    fill: &Fill<'_>,
) -> Step {
    let title = format!("fill the remaining nulls in `{table}.{}`", fill.column());
    Step {
        title,
        phase: Phase::Refill,
        ..step(context, table, fill)
    }
}

/// The columns of the primary key at the time of the backfill: of the new key, unless that waits for the column.
fn key_of(context: &Context<'_>, table: &QualifiedName, column: &str) -> Option<Vec<String>> {
    let new = context.new_table(table)?.primary_key.as_ref()?;
    let key = if key::waits_for(context, table, column) {
        let old = context.old_table(table)?.primary_key.as_ref()?;
        let is_there = key::stays_until_the_next(context, table, &Element::PrimaryKey(old.clone()));
        is_there.then_some(old)?
    } else {
        new
    };
    let columns = key.columns.iter();
    Some(
        columns
            .map(|name| context.printer.identifier(name))
            .collect(),
    )
}
