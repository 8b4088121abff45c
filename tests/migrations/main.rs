//! Migrations from the structs to a database: written, chained, and proved on a real PostgreSQL.
#![cfg(feature = "migrate")]

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

mod allow;
mod chain;
mod keys;
mod new;
mod partitions;
mod rebase;
mod releases;

type Failure = Box<dyn std::error::Error + Send + Sync>;
