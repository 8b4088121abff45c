//! Typed rows that are written once, and found again on the second run, on a PostgreSQL server.

#![allow(missing_docs, dead_code, unreachable_pub)] // The structs of the schemas; no code reads their fields.

mod errors;
mod runs;
mod types;

#[path = "../../examples/schemas/mod.rs"]
mod schemas;
#[path = "../../examples/seed/mod.rs"]
mod seed;

use std::error::Error;

use freehold::seed::{Seed, SeedError, SeedReport};
use freehold::{Postgres, SchemaDef};
use freehold_test_support::{Database, Server};
use sqlx::{Connection as _, PgConnection};
use tokio::sync::Mutex;

type TestResult = Result<(), Box<dyn Error>>;

/// Roles belong to the whole cluster; one test at a time creates them.
static ROLES: Mutex<()> = Mutex::const_new(());

fn created(name: &str, def: &'static SchemaDef) -> Result<Database, Box<dyn Error>> {
    let database = Server::shared().create_database(name)?;
    database.psql(&def.schema()?.up(&Postgres))?;
    Ok(database)
}

async fn apply(database: &Database, seed: &Seed) -> Result<SeedReport, SeedError> {
    let connection = PgConnection::connect(&database.url()).await;
    let mut connection = connection.map_err(|source| SeedError::Server {
        doing: "connect",
        source,
    })?;
    seed.apply(&mut connection).await
}

/// Inserted, updated and unchanged rows of each table, in the order in which they were written.
fn counts(report: &SeedReport) -> Vec<(&str, u64, u64, u64)> {
    let tables = report.tables().iter();
    let counts = tables.map(|it| (it.name(), it.inserted(), it.updated(), it.unchanged()));
    counts.collect()
}

/// The message and those of its causes.
fn message<T>(found: Result<T, SeedError>) -> String {
    let Err(error) = found else {
        return "no error".to_owned();
    };
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Each row of a table with the transaction that wrote it, which no run may change.
fn written(database: &Database, table: &str) -> Result<String, Box<dyn Error>> {
    let question = format!(
        "SELECT string_agg(xmin::text || ctid::text || t::text, '|' ORDER BY t::text) FROM {table} AS t"
    );
    Ok(database.psql(&question)?)
}
