//! The checks of `schema doctor`: each finds its planted fault, names the fix, and finds nothing without the fault.

#![allow(missing_docs, dead_code, unreachable_pub)] // The structs of the schema; no code reads their fields.

#[path = "../../examples/schemas/shop.rs"]
mod schema;

mod activity;
mod case;
mod clean;
mod docs;
mod finders;
mod formats;
mod indexes;
mod integrity;
mod isolation;
mod keys;
mod server;
mod tables;

use std::error::Error;

type TestResult = Result<(), Box<dyn Error>>;
