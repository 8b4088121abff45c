//! Measures what triggers cost: updates of one row by its key, with and without triggers.
//!
//! ```text
//! cargo bench --bench row_update
//! ```
//!
//! The tables differ only in one key of `#[table(..)]` or `#[column(..)]`. Each round updates every table, so
//! whatever slows the machine down slows all of them. The fastest round counts. The loop runs in the server in one
//! transaction, so no round trip and no commit hides the cost.

#![allow(missing_docs, dead_code, unreachable_pub)] // The structs are schemas; no code reads their fields.

use std::error::Error;

use freehold::Postgres;
use freehold::prelude::*;
use freehold_test_support::{Database, Server};

const ROUNDS: usize = 7;
const UPDATES: usize = 20_000;

/// The tables, each with what distinguishes it. The others are compared with the first one.
const TABLES: [(&str, &str); 4] = [
    ("plain", "no trigger"),
    ("kept", "`immutable`"),
    ("stepped", "`transitions`"),
    ("audited", "`audit`"),
];

#[derive(SqlEnum, Clone, Copy)]
pub enum State {
    Open,
    Closed,
}

#[derive(Table)]
#[table(name = plain, shared, allow(timestamps, uuid_key))]
pub struct Plain {
    #[column(primary_key)]
    pub id: i64,
    #[column(default = "A-1")]
    pub number: String,
    #[column(default = State::Open)]
    pub state: State,
    #[column(default = "a note of some length, as people write them")]
    pub note: String,
    #[column(default = 0)]
    pub count: i32,
}

#[derive(Table)]
#[table(name = kept, shared, allow(timestamps, uuid_key))]
pub struct Kept {
    #[column(primary_key)]
    pub id: i64,
    #[column(default = "A-1", immutable)]
    pub number: String,
    #[column(default = State::Open)]
    pub state: State,
    #[column(default = "a note of some length, as people write them")]
    pub note: String,
    #[column(default = 0)]
    pub count: i32,
}

#[derive(Table)]
#[table(name = stepped, shared, allow(timestamps, uuid_key))]
pub struct Stepped {
    #[column(primary_key)]
    pub id: i64,
    #[column(default = "A-1")]
    pub number: String,
    #[column(default = State::Open, transitions(open => closed; closed => open))]
    pub state: State,
    #[column(default = "a note of some length, as people write them")]
    pub note: String,
    #[column(default = 0)]
    pub count: i32,
}

#[derive(Table)]
#[table(name = audited, shared, audit, allow(timestamps, uuid_key))]
pub struct Audited {
    #[column(primary_key)]
    pub id: i64,
    #[column(default = "A-1")]
    pub number: String,
    #[column(default = State::Open)]
    pub state: State,
    #[column(default = "a note of some length, as people write them")]
    pub note: String,
    #[column(default = 0)]
    pub count: i32,
}

schema!(pub COMPARED = [Plain, Kept, Stepped, Audited]);

fn main() -> Result<(), Box<dyn Error>> {
    let database = Server::shared().create_database("row_update")?;
    database.psql(&COMPARED.schema()?.up(&Postgres))?;
    for (table, _) in TABLES {
        database.psql(&prepared(table))?;
    }
    let mut fastest = [f64::INFINITY; TABLES.len()];
    for _ in 0..ROUNDS {
        for (best, (table, _)) in fastest.iter_mut().zip(TABLES) {
            *best = best.min(microseconds(&database, table)?);
        }
    }
    print(&fastest);
    Ok(())
}

/// Creates the rows, and a function that updates each row once and returns the microseconds of one update.
fn prepared(table: &str) -> String {
    format!(
        "INSERT INTO {table} (id) SELECT generate_series(1, {UPDATES});
         CREATE FUNCTION measure_{table}() RETURNS float8 LANGUAGE plpgsql AS $$
         DECLARE
             began timestamptz := clock_timestamp();
         BEGIN
             FOR key IN 1..{UPDATES} LOOP
                 UPDATE {table} SET count = count + 1, state = CASE state WHEN 'open' THEN 'closed' ELSE 'open' END WHERE id = key;
             END LOOP;
             RETURN extract(epoch FROM clock_timestamp() - began) * 1e6 / {UPDATES};
         END $$;"
    )
}

/// Runs a round. `VACUUM` first removes what the last round left behind.
fn microseconds(database: &Database, table: &str) -> Result<f64, Box<dyn Error>> {
    database.psql(&format!("VACUUM {table}"))?;
    let out = database.psql(&format!("SELECT measure_{table}()"))?;
    Ok(out.trim().parse()?)
}

#[allow(clippy::print_stdout)] // The output is the purpose of a benchmark.
fn print(fastest: &[f64]) {
    let first = fastest.first().copied().unwrap_or(f64::NAN);
    println!("{:16} {:>10} {:>8}", "table with", "µs/update", "ratio");
    for (microseconds, (_, what)) in fastest.iter().zip(TABLES) {
        println!("{what:16} {microseconds:10.1} {:8.2}", microseconds / first);
    }
}
