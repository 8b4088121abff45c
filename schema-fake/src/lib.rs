//! Fills a database with made-up rows that keep its constraints, its references and the owners of its rows.
//!
//! Data flows one way: the schema → [`Fakes`] → the plan (order of the tables, rows of each owner, source of each
//! column) → rows, each from its number alone → `COPY`.
//!
//! - Checks are read from the expression tree of the schema. What is understood of a check holds for each row. If a
//!   part is not understood, a few rows are tried on the server first, and the error names the check.
//! - A value depends on the seed, the table, the column and the row. A new column changes no other one.
//! - Mail addresses are at `example.com`, network addresses and phone numbers are those kept for documentation, and
//!   secret columns hold the hash of one known password.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod check;
mod copy;
mod error;
mod fakes;
mod observer;
mod options;
mod pattern;
mod plan;
mod random;
mod row;
mod value;

pub use error::FakeError;
pub use fakes::{Fakes, PlannedRows, Report};
pub use observer::Observer;
pub use options::RowContext;
pub use value::{Date, DateError, Number, Value};
