//! Inspection of a live PostgreSQL.

#![cfg(feature = "postgres")]
#![allow(missing_docs, dead_code, unreachable_pub)] // The structs here are schemas; no code reads their fields.

mod facts;
mod fixtures;
mod names;
mod objects;
mod options;
#[path = "../queries/proxy.rs"]
mod proxy;
mod rights;
mod round_trip;
mod round_trips;
mod run_time;
mod seeds;
mod tables;
mod transaction;
mod types;
mod unsupported;

use std::error::Error;

use freehold::inspect::{Inspected, Inspection};
use freehold_test_support::{Database, Server};
use sqlx::{Connection as _, PgConnection};

type TestResult = Result<(), Box<dyn Error>>;

/// A database of its own, after `sql`.
fn database(sql: &str) -> Result<Database, Box<dyn Error>> {
    let database = Server::shared().create_database("inspect")?;
    database.psql(sql)?;
    Ok(database)
}

async fn inspected(database: &Database, what: &Inspection) -> Result<Inspected, Box<dyn Error>> {
    let mut connection = PgConnection::connect(&database.url()).await?;
    let inspected = freehold::inspect(&mut connection, what).await?;
    connection.close().await?;
    Ok(inspected)
}

/// The result of an inspection with default options, after `sql`.
async fn found(sql: &str) -> Result<Inspected, Box<dyn Error>> {
    inspected(&database(sql)?, &Inspection::default()).await
}
