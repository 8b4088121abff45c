//! Values for the rows that are there, in batches that are committed one by one: it stops nobody for long, and one that was stopped goes on
//! where it was.

use crate::diff::Element;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::hazards::trigger_hazards;
use crate::plan::step::{LockMode, Mode, Phase, Step};
use crate::plan::steps::constraint::key;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Column, ColumnCopy, QualifiedName};

/// How many rows are changed in one transaction.
const BATCH_ROWS: u32 = 1000;

/// What the rows are filled with.
pub(in crate::plan) enum Fill<'a> {
    /// The default of the column, for the rows that have no value.
    Default(&'a Column),
    /// The value of the column that it is a copy of.
    Copy(&'a ColumnCopy),
}

impl Fill<'_> {
    fn column(&self) -> &str {
        match self {
            Self::Default(column) => &column.name,
            Self::Copy(copy) => &copy.to,
        }
    }

    /// What is set, and of which rows.
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

/// The step. Nothing has to be done on the way back.
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
                "`{table}` has no key by which its rows can be filled in batches: who writes one of them waits for all; fill them in batches of your own first"
            ),
        )),
    };
    step.by_whoever_runs_it()
}

/// Once more, when no null can be written any more, for those that were written while the others were filled.
pub(in crate::plan) fn again(
    context: &Context<'_>,
    table: &QualifiedName,
    fill: &Fill<'_>,
) -> Step {
    let title = format!(
        "fill what was left null in `{table}.{}` meanwhile",
        fill.column()
    );
    Step {
        title,
        phase: Phase::Refill,
        ..step(context, table, fill)
    }
}

/// The columns of the key that the table has when its rows are filled: the new one, unless that waits for the column.
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
