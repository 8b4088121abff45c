//! Writes rows to a database by `COPY`.

pub(crate) mod encode;
mod late;
mod partitions;
mod server;
mod statement;

use sqlx::PgConnection;

use crate::error::FakeError;
use crate::observer::Observer;
use crate::plan::Plan;
use crate::row::Rows;
use crate::value::Value;

/// How many bytes are sent at once.
const PIECE: usize = 1 << 18;

/// Begins the transaction. A name without a PostgreSQL schema is in `public`, as for inspection, and each statement
/// sees the rows that were committed before it, whatever the settings of the session are.
pub(crate) async fn begin(connection: &mut PgConnection) -> Result<(), FakeError> {
    const BEGIN: &str =
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL search_path = public, pg_temp";
    server::run(connection, "begin a transaction", BEGIN).await
}

/// Ends the transaction: rows remain only if nothing failed.
pub(crate) async fn end<R>(
    connection: &mut PgConnection,
    filled: Result<R, FakeError>,
) -> Result<R, FakeError> {
    let end = if filled.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = server::run(connection, "end the transaction", end).await;
    filled.and_then(|report| ended.map(|()| report))
}

/// Fills all tables, in the transaction that has begun.
pub(crate) async fn fill(
    plan: &Plan,
    connection: &mut PgConnection,
    observer: &mut (dyn Observer + Send),
) -> Result<(), FakeError> {
    server::check(plan, connection).await?;
    if server::has_deferred(plan) {
        let defer = "SET CONSTRAINTS ALL DEFERRED";
        server::run(connection, "defer the constraints", defer).await?;
    }
    for &at in &plan.order {
        server::probe(plan, at, connection).await?;
    }
    for &at in plan.order.iter().filter(|at| plan.tables[**at].rows > 0) {
        copy(plan, at, connection, observer).await?;
    }
    for &at in &plan.order {
        late::set(plan, at, connection).await?;
    }
    for &at in plan.order.iter().filter(|at| plan.tables[**at].rows > 0) {
        server::finish(&plan.tables[at], connection).await?;
    }
    Ok(())
}

async fn copy(
    plan: &Plan,
    at: usize,
    connection: &mut PgConnection,
    observer: &mut (dyn Observer + Send),
) -> Result<(), FakeError> {
    let table = &plan.tables[at];
    let name = table.name.name.as_str();
    observer.started(name, table.rows);
    let columns = written(table);
    let statement = statement::copy(&statement::name(table), &statement::names(table, &columns));
    let error = |source| server::refused(name, source);
    let mut stream = connection.copy_in_raw(&statement).await.map_err(error)?;
    let (rows, mut values, mut text) = (Rows::new(plan, at), Vec::new(), String::new());
    for row in 0..table.rows {
        if let Err(error) = rows.make(row, &mut values) {
            // The error of the row is what matters.
            let _ = stream.abort("a row could not be made").await;
            return Err(error);
        }
        line(plan, at, &columns, &mut values, &mut text);
        if text.len() >= PIECE {
            stream.send(text.as_bytes()).await.map_err(error)?;
            text.clear();
            observer.wrote(name, row + 1);
        }
    }
    stream.send(text.as_bytes()).await.map_err(error)?;
    stream.finish().await.map_err(error)?;
    observer.finished(name, table.rows);
    Ok(())
}

/// Writes a row as a line, without the references that are set late.
pub(crate) fn line(
    plan: &Plan,
    at: usize,
    columns: &[usize],
    values: &mut [Value],
    text: &mut String,
) {
    let references = plan.tables[at].references.iter();
    for own in references.filter(|it| it.is_late).flat_map(|it| &it.own) {
        let column = &plan.tables[at].columns[*own];
        if let Some(value) = values.get_mut(*own).filter(|_| column.nullable) {
            *value = Value::Null;
        }
    }
    encode::line(
        columns.iter().filter_map(|column| values.get(*column)),
        text,
    );
}

/// The rows of a table as the input of `COPY`, without the references that are set late.
pub(crate) fn text(plan: &Plan, at: usize, rows: u64) -> Result<String, FakeError> {
    let columns = written(&plan.tables[at]);
    let (source, mut values, mut text) = (Rows::new(plan, at), Vec::new(), String::new());
    for row in 0..rows.min(plan.tables[at].rows) {
        source.make(row, &mut values)?;
        line(plan, at, &columns, &mut values, &mut text);
    }
    Ok(text)
}

pub(crate) use partitions::months;
pub(crate) use statement::{copy as copy_statement, name as name_of, names as names_of, written};
