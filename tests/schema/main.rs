//! Schemas and their objects: the printed DDL, the normal form, the rules at run time, values and calls over sqlx, and
//! the plans of the queries of `examples/seed-queries`.

#![allow(missing_docs, dead_code, unreachable_pub)] // The structs here are schemas; no code reads their fields.

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

mod ddl;
mod debug;
mod normal;
#[cfg(feature = "postgres")]
mod routines;
mod schema_options;
#[cfg(feature = "postgres")]
mod seed_queries;
#[cfg(feature = "postgres")]
mod sqlx_values;
mod table_objects;
mod validate;

use std::error::Error;

type TestResult = Result<(), Box<dyn Error>>;
