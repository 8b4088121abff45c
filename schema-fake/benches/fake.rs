//! The rows each second of `fill` beside those of `COPY` with the same rows, made before.
//!
//! `cargo bench -p freehold-schema-fake`, or with the number of rows for each table:
//! `cargo bench -p freehold-schema-fake -- 100000`.

#![allow(clippy::print_stdout, missing_docs, unreachable_pub, dead_code)]

use std::error::Error;
use std::time::Instant;

use freehold::{Postgres, SchemaDef};
use freehold_schema_fake::{Fakes, PlannedRows};
use freehold_test_support::{Database, Server};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

#[path = "../../examples/schemas/shop.rs"]
mod shop;

#[path = "../../examples/schemas/ecommerce.rs"]
mod ecommerce;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const ROUNDS: usize = 3;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let rows = std::env::args()
        .find_map(|word| word.parse().ok())
        .unwrap_or(100_000);
    for (name, def) in [("shop", &shop::SHOP), ("ecommerce", &ecommerce::ECOMMERCE)] {
        compare(name, def, rows).await?;
    }
    Ok(())
}

async fn compare(name: &str, def: &'static SchemaDef, rows: u64) -> Result<()> {
    let planned = Fakes::new(def)
        .rows(rows)
        .owners((rows / 100).max(1))
        .plan()?;
    let (mut filled, mut by_hand) = (f64::MAX, f64::MAX);
    let made = Instant::now();
    let texts = texts(&planned)?;
    let made = made.elapsed().as_secs_f64();
    for _ in 0..ROUNDS {
        by_hand = by_hand.min(copied(def, &texts).await?);
        filled = filled.min(fill(def, &planned).await?);
    }
    let all = planned.report().rows();
    let speed = |seconds: f64| f64::from(u32::try_from(all).unwrap_or(u32::MAX)) / seconds;
    println!(
        "{name}: {all} rows; made alone {:.0} rows/s, fill {:.0} rows/s, COPY by hand {:.0} rows/s, ratio {:.2}",
        speed(made),
        speed(filled),
        speed(by_hand),
        by_hand / filled
    );
    Ok(())
}

/// The statement and the text of each table.
fn texts(planned: &PlannedRows) -> Result<Vec<(String, String)>> {
    let report = planned.report();
    let tables = report.tables().iter();
    let texts = tables.map(|(table, rows)| {
        Ok((
            planned.copy_statement(table)?,
            planned.copy_text(table, *rows)?,
        ))
    });
    texts.collect()
}

async fn database(def: &SchemaDef) -> Result<(Database, PgConnection)> {
    let database = Server::shared().create_database("bench")?;
    database.psql(&def.schema()?.up(&Postgres))?;
    let connection = PgConnection::connect(&database.url()).await?;
    Ok((database, connection))
}

async fn fill(def: &SchemaDef, planned: &PlannedRows) -> Result<f64> {
    let (_database, mut connection) = database(def).await?;
    let started = Instant::now();
    planned.fill(&mut connection, &mut ()).await?;
    let seconds = started.elapsed().as_secs_f64();
    connection.close().await?;
    Ok(seconds)
}

async fn copied(def: &SchemaDef, texts: &[(String, String)]) -> Result<f64> {
    let (_database, mut connection) = database(def).await?;
    let started = Instant::now();
    connection.execute(AssertSqlSafe("BEGIN")).await?;
    for (statement, text) in texts {
        let mut stream = connection.copy_in_raw(statement).await?;
        for piece in text.as_bytes().chunks(1 << 18) {
            stream.send(piece).await?;
        }
        stream.finish().await?;
    }
    connection.execute(AssertSqlSafe("COMMIT")).await?;
    let seconds = started.elapsed().as_secs_f64();
    connection.close().await?;
    Ok(seconds)
}
