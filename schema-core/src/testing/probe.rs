//! A statement of an owner, and its result in a form that can be compared.

use std::fmt::Write as _;

use sqlx::postgres::PgRow;

use super::actor::Actor;
use super::any_row::AnyRow;
use crate::error::Error;
use crate::model::{ColumnDef, Role};
use crate::query::{Delete, Insert, Many, Meta, One, Restore, Select, Statement, Update, Upsert};
use crate::scope::Transaction;
use crate::wire::RowReader;

/// A statement, and its name in a report.
pub(super) struct Probe {
    pub(super) name: String,
    work: Work,
}

pub(super) enum Work {
    Select(Select<AnyRow>),
    Count(Select<AnyRow>),
    Insert(Insert<AnyRow>),
    Upsert(Upsert<AnyRow>),
    Update(Update<AnyRow, One>),
    Delete(Delete<AnyRow, Many>),
    Restore(Restore<AnyRow>),
    Sql(String),
}

impl Probe {
    pub(super) fn new(name: impl Into<String>, work: Work) -> Self {
        Self {
            name: name.into(),
            work,
        }
    }

    /// Runs the probe. Returns what the owner sees: the bytes of the rows, the number of changed rows, or the error.
    pub(super) async fn run(&self, tx: &Transaction<Actor>) -> String {
        match self.outcome(tx).await {
            Ok(seen) => seen,
            Err(error) => chain(&error),
        }
    }

    async fn outcome(&self, tx: &Transaction<Actor>) -> Result<String, Error> {
        match &self.work {
            Work::Select(select) => rows(tx, select.statement(tx)?, &[]).await,
            Work::Count(select) => rows(tx, select.count_statement(tx)?, &[]).await,
            Work::Insert(insert) => changed(tx, insert.statement(tx, None, false)?).await,
            Work::Upsert(upsert) => Ok(format!("{} changed", upsert.run(tx).await?)),
            Work::Update(update) => {
                let clocks = clocks(update.meta());
                rows(tx, update.statement(tx, true)?, &clocks).await
            }
            Work::Delete(delete) => changed(tx, delete.statement(tx)?).await,
            Work::Restore(restore) => changed(tx, restore.statement(tx)?).await,
            Work::Sql(text) => {
                let rows = tx.sql(text).fetch_all::<AnyRow>().await?;
                Ok(format!("{rows:?}"))
            }
        }
    }
}

/// The indexes of the columns with the time of the last change, which differs in each run.
fn clocks(meta: &Meta) -> Vec<usize> {
    let is_clock = |column: &ColumnDef| {
        matches!(
            column.role,
            Some(Role::UpdatedAtByTrigger | Role::UpdatedAtByApplication)
        )
    };
    let columns = meta.column_defs().iter().enumerate();
    columns
        .filter(|(_, column)| is_clock(column))
        .map(|(at, _)| at)
        .collect()
}

async fn rows(
    tx: &Transaction<Actor>,
    statement: Statement,
    left_out: &[usize],
) -> Result<String, Error> {
    use crate::query::Executor as _;
    let mut seen = String::new();
    let mut on_row = |row: PgRow| {
        let mut row = RowReader::new(&row, false).rest()?;
        for &at in left_out {
            if let Some(value) = row.get_mut(at) {
                *value = None;
            }
        }
        // Writing to a `String` cannot fail.
        let _ = writeln!(seen, "{row:?}");
        Ok(())
    };
    let changed = tx.run(statement, &mut on_row).await?;
    Ok(format!("{seen}{changed}"))
}

async fn changed(tx: &Transaction<Actor>, statement: Statement) -> Result<String, Error> {
    use crate::query::Executor as _;
    let changed = tx.run(statement, &mut |_| Ok(())).await?;
    Ok(format!("{changed} changed"))
}

/// An error and its causes.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}
