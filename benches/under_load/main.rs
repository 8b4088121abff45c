//! Measures how long other sessions wait during a change of the schema. For each change it prints the longest
//! statement of a writer and of a reader, for the planned migration and for naive SQL.
//!
//! ```text
//! cargo bench --bench under_load
//! cargo bench --bench under_load -- index
//! ```
//!
//! The benchmark starts a temporary server: `fsync` and `autovacuum` are off, and `shared_buffers` is 16 MB.
//! `FREEHOLD_ROWS` sets the number of rows in the table; the default is 1,000,000. Words after `--` select the
//! changes whose names contain one of them.
//!
//! Planned changes run through migration files and the runner, with its default options. The exit status is 1 if a
//! statement failed during a planned change, or waited longer than the runner's lock timeout.

#![allow(missing_docs, unreachable_pub, clippy::print_stdout)] // This is a program that prints a table.

mod changes;
mod load;
mod measure;
mod model;
mod table;

use std::error::Error;
use std::process::ExitCode;

use changes::CHANGES;
use measure::Bench;

type Failure = Box<dyn Error + Send + Sync>;

const ROWS: i64 = 1_000_000;

fn main() -> Result<ExitCode, Failure> {
    let rows = match std::env::var("FREEHOLD_ROWS") {
        Ok(text) => text.parse()?,
        Err(_) => ROWS,
    };
    // Cargo passes `--bench`.
    let words = std::env::args().skip(1);
    let words: Vec<_> = words.filter(|word| !word.starts_with("--")).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(3)
        .enable_all()
        .build()?;
    runtime.block_on(all(rows, &words))
}

async fn all(rows: i64, words: &[String]) -> Result<ExitCode, Failure> {
    let is_meant = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let bench = Bench::new(rows).await?;
    println!("{rows} rows, `fsync` off, milliseconds\n");
    table::head();
    table::line("nothing", &bench.nothing().await?, None);
    let mut faults = Vec::new();
    for change in CHANGES.iter().filter(|change| is_meant(change.name)) {
        let planned = bench.planned(change).await?;
        let naive = bench.naive(change).await?;
        table::line(change.name, &planned, Some(&naive));
        faults.extend(planned.faults(change.name));
    }
    table::faults(&faults);
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
