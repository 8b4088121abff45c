//! Migrations of a `freehold` schema: a database is inspected, two schemas are compared, and what leads from one to the other is planned,
//! written as files, and run.
//!
//! Data flows one way: [`mod@inspect`] gives the schema of a database → [`diff`] compares two schemas → [`plan`] makes the steps →
//! [`migrate`] writes and runs the files. [`expand`] computes the schema on which two releases work, and [`drift`] tells how a database
//! differs from its schema.
//!
//! Use the crate `freehold`, which gives this out by its feature `migrate`.

pub mod diff;
#[cfg(feature = "postgres")]
pub mod drift;
pub mod expand;
#[cfg(feature = "postgres")]
pub mod inspect;
pub mod migrate;
pub mod plan;
#[doc(hidden)]
pub mod sarif;

#[cfg(feature = "postgres")]
pub use inspect::inspect;
