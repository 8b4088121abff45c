//! Typed rows that every database of an application needs: written by `schema seed`, without a change on the second run.
//!
//! Data flows one way: rows of each table → [`Seed`] → the order of the tables → `INSERT .. ON CONFLICT (key)` for each
//! row, in one transaction.
//!
//! ```no_run
//! # mod app {
//! # use freehold_schema_core::{SchemaDef, seed::Seed};
//! # pub static SHOP: SchemaDef = SchemaDef::new("SHOP", &[]);
//! # pub fn rows() -> Seed { Seed::new(&SHOP) }
//! # }
//! # async fn run(connection: &mut sqlx::PgConnection) -> Result<(), freehold_schema_core::seed::SeedError> {
//! let report = app::rows().apply(connection).await?;
//! for table in report.tables() {
//!     println!("{}: {} inserted", table.name(), table.inserted());
//! }
//! # Ok(())
//! # }
//! ```

mod error;
mod executor;
mod key;
mod literal;
mod order;
mod report;
mod rows;
mod run;
mod server;

pub use error::SeedError;
pub use report::{SeedReport, SeedStatement, SeededTable};
pub use rows::{Seed, SeedRow, SeedTable, rows};
