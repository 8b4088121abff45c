//! Migrations of a `freehold` schema: inspects databases, compares schemas, and plans, writes and runs the changes.
//!
//! Data flows one way: [`mod@inspect`] reads the schema of a database → [`diff`] compares two schemas → [`plan`] makes
//! the steps → [`migrate`] writes and runs the files. [`expand`] computes the schema on which two releases work, and
//! [`drift`] compares a database with its schema.
//!
//! Use the crate `freehold`, which re-exports this crate with its feature `migrate`.

#![cfg_attr(docsrs, feature(doc_cfg))]

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
