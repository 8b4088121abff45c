//! Values for the rows that are there, in batches that are committed one by one: it stops nobody for long, and one that was stopped goes on
//! where it was.

use super::context::Context;
use super::fired;
use super::step::{LockMode, Mode, Phase, Step};
use crate::ddl::printer::Printer;
use crate::ir::{Column, ColumnCopy, QualifiedName, Table};

/// How many rows are changed in one transaction.
const BATCH_ROWS: u32 = 1000;

/// What the rows are filled with.
pub(super) enum Fill<'a> {
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
pub(super) fn step(context: &Context<'_>, table: &QualifiedName, fill: &Fill<'_>) -> Step {
    let title = format!("fill `{table}.{}` where it is null", fill.column());
    let key = context
        .new_table(table)
        .and_then(|table| key_of(context, table));
    let printer = context.printer;
    let name = printer.qualified(table);
    let change = format!("UPDATE {name} {}", fill.change(printer));
    let step = Step::new(Phase::Backfill, title)
        .lock(table, LockMode::RowExclusive)
        .scan(table)
        .hazards(fired::by_filling(context, table, fill.column()));
    let step = match key {
        Some(key) => step
            .mode(Mode::Alone)
            .up(printer.dialect.in_batches(&name, &key, &change, BATCH_ROWS)),
        None => step.up(change),
    };
    step.by_whoever_runs_it()
}

/// Once more, when no null can be written any more, for those that were written while the others were filled.
pub(super) fn again(context: &Context<'_>, table: &QualifiedName, fill: &Fill<'_>) -> Step {
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

/// The columns of a key that the table had before and still has.
fn key_of(context: &Context<'_>, table: &Table) -> Option<Vec<String>> {
    let before = context.old_table(&table.name)?;
    let key = table.primary_key.as_ref()?;
    let old = before.primary_key.as_ref()?;
    let columns = key.columns.iter();
    (old.columns == key.columns).then(|| {
        columns
            .map(|name| context.printer.identifier(name))
            .collect()
    })
}
