//! The six schemas of `examples/schemas`, filled on a PostgreSQL server.
//!
//! `FREEHOLD_LONG=1` writes 100,000 rows into each table instead of 2,000.

#![allow(missing_docs, dead_code, unreachable_pub, clippy::print_stdout)] // The structs of the schemas; no code reads their fields.

mod errors;
mod facts;
mod golden;
mod nasty;
mod options;
mod plausible;
mod runs;

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

use std::error::Error;

type TestResult = Result<(), Box<dyn Error>>;
