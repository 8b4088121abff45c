//! References that close a cycle: they are null at first, and set when all tables are filled.

use freehold_schema_core::ddl::identifier;
use sqlx::PgConnection;

use super::{encode, server, statement};
use crate::error::FakeError;
use crate::plan::{Plan, Table};
use crate::value::Value;

/// The temporary table with the keys of the rows and the values of their references.
const LATE: &str = "freehold_fake_late";

/// Sets the late references of a table.
pub(super) async fn set(
    plan: &Plan,
    at: usize,
    connection: &mut PgConnection,
) -> Result<(), FakeError> {
    let table = &plan.tables[at];
    let late = late_columns(table);
    if late.is_empty() || table.rows == 0 {
        return Ok(());
    }
    let columns: Vec<_> = table.primary_key.iter().chain(&late).copied().collect();
    let (name, names) = (statement::name(table), statement::names(table, &columns));
    let create = format!(
        "CREATE TEMPORARY TABLE {LATE} ON COMMIT DROP AS SELECT {names} FROM {name} WITH NO DATA"
    );
    server::run(connection, "create a temporary table", &create).await?;
    let refused = |source| server::refused(&table.name.name, source);
    let copy = statement::copy(LATE, &names);
    let mut stream = connection.copy_in_raw(&copy).await.map_err(refused)?;
    for piece in 0..table.rows.div_ceil(PIECE) {
        let rows = piece * PIECE..((piece + 1) * PIECE).min(table.rows);
        let text = text(plan, at, &columns, rows);
        stream.send(text.as_bytes()).await.map_err(refused)?;
    }
    stream.finish().await.map_err(refused)?;
    server::run(
        connection,
        "set the references of a cycle",
        &update(table, &late),
    )
    .await?;
    server::run(
        connection,
        "drop the temporary table",
        &format!("DROP TABLE {LATE}"),
    )
    .await
}

/// How many rows are sent at once.
const PIECE: u64 = 5_000;

fn late_columns(table: &Table) -> Vec<usize> {
    let late = table
        .references
        .iter()
        .filter(|reference| reference.is_late);
    let own = late.flat_map(|reference| reference.own.iter().copied());
    own.filter(|column| table.columns[*column].nullable)
        .collect()
}

fn text(plan: &Plan, at: usize, columns: &[usize], rows: std::ops::Range<u64>) -> String {
    let mut text = String::new();
    for row in rows {
        let values = columns.iter().map(|column| plan.value(at, *column, row));
        let values: Vec<Value> = values.collect();
        encode::line(values.iter(), &mut text);
    }
    text
}

fn update(table: &Table, late: &[usize]) -> String {
    let name = |at: &usize| identifier(&table.columns[*at].name);
    let set = late.iter().map(|at| format!("{0} = late.{0}", name(at)));
    let same = table
        .primary_key
        .iter()
        .map(|at| format!("own.{0} = late.{0}", name(at)));
    format!(
        "UPDATE {} AS own SET {} FROM {LATE} AS late WHERE {}",
        statement::name(table),
        set.collect::<Vec<_>>().join(", "),
        same.collect::<Vec<_>>().join(" AND ")
    )
}
