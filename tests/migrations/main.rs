//! Migrations from the structs to a database: written, chained, proved on a real PostgreSQL.
#![cfg(feature = "migrate")]

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

mod chain;
mod new;
mod partitions;
mod rebase;

type Failure = Box<dyn std::error::Error + Send + Sync>;
