//! `schema seed`

use std::str::FromStr as _;

use serde_json::{Value, json};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use crate::arguments;
use crate::failure::Failure;
use crate::output::Output;
use freehold_schema_core::seed::{Seed, SeedReport, SeedStatement, SeededTable};

/// Writes the rows of the application, and prints what happened to those of each table.
pub(super) async fn run(
    seed: Option<fn() -> Seed>,
    arguments: &arguments::Seed,
    output: Output,
) -> Result<u8, Failure> {
    let seed = seed.ok_or(Failure::NoSeed)?();
    let options = PgConnectOptions::from_str(&arguments.url).map_err(Failure::connect)?;
    let mut connection = PgConnection::connect_with(&options)
        .await
        .map_err(Failure::connect)?;
    let report = if arguments.dry_run {
        seed.dry_run(&mut connection).await?
    } else {
        seed.apply(&mut connection).await?
    };
    connection.close().await.map_err(Failure::connect)?;
    output.print(&text(&report, arguments.dry_run), &value(&report))?;
    Ok(0)
}

fn text(report: &SeedReport, is_dry: bool) -> String {
    let width = report.tables().iter().map(|it| it.name().chars().count());
    let width = width.max().unwrap_or(0);
    let statements = report.statements().iter().map(statement);
    // The counts are comments of the SQL, so that the output can be kept as a file.
    let start = if is_dry { "-- " } else { "" };
    let tables = report.tables().iter().map(|it| table(it, start, width));
    statements.chain(tables).collect()
}

fn statement(statement: &SeedStatement) -> String {
    let values = statement.values().iter();
    let values = values.map(|(column, value)| format!("--   {column} = {}\n", on_one_line(value)));
    format!(
        "-- row {} of {}\n{}{};\n\n",
        statement.row(),
        statement.table(),
        values.collect::<String>(),
        statement.sql()
    )
}

/// A line break would end the comment.
fn on_one_line(value: &str) -> String {
    value.replace('\r', "\\r").replace('\n', "\\n")
}

fn table(table: &SeededTable, start: &str, width: usize) -> String {
    format!(
        "{start}{:width$}  {} inserted, {} updated, {} unchanged\n",
        table.name(),
        table.inserted(),
        table.updated(),
        table.unchanged()
    )
}

fn value(report: &SeedReport) -> Value {
    let tables = report.tables().iter().map(|it| {
        json!({
            "table": it.name(),
            "inserted": it.inserted(),
            "updated": it.updated(),
            "unchanged": it.unchanged(),
        })
    });
    let statements = report.statements().iter().map(|it| {
        let values = it.values().iter();
        let values = values.map(|(column, value)| json!({ "column": column, "sql": value }));
        json!({
            "table": it.table(),
            "row": it.row(),
            "values": values.collect::<Vec<_>>(),
            "sql": it.sql(),
        })
    });
    json!({ "tables": tables.collect::<Vec<_>>(), "statements": statements.collect::<Vec<_>>() })
}
