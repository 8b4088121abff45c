//! How long others wait while a schema is changed: for each change the longest statement of a writer and of a reader, as it is planned and as
//! one would write it without a thought.
//!
//! ```text
//! cargo bench --bench under_load
//! cargo bench --bench under_load -- index
//! ```
//!
//! It starts a server of its own, which throws its data away: `fsync` and `autovacuum` are off, `shared_buffers` is 16 MB. `FREEHOLD_ROWS` says how
//! many rows the table has, 1,000,000 where it is not set. Words after `--` choose the changes whose names have one of them. The planned ones go
//! through the files of a migration and the runner, with its options as they are by default. Where a statement waited for longer than the
//! runner's lock timeout while a planned change was made, or failed, the status is 1.

#![allow(missing_docs, unreachable_pub, clippy::print_stdout)] // It is a program that prints a table.

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
    // Cargo itself says `--bench`.
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
