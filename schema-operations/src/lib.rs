//! The database of a schema in operation.
//!
//! [`Doctor`] reads a live database, through checks that each have a stable name, a severity, limits and a fix
//! ([`CHECKS`]). It writes nothing. A [`Report`] is printed as [`text()`], [`json`], [`sarif`] or [`metrics`].
//!
//! Data flows one way: the schema and the catalog → the probe of each check → findings → one of the outputs.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod check;
mod checks;
mod doctor;
mod drifted;
mod finders;
mod index_pairs;
mod machine;
mod metrics;
mod options;
mod report;
mod session;
mod severity;
mod text;
mod volume;

pub use check::{Check, Finding, Limit, NotJudged};
pub use checks::CHECKS;
pub use doctor::Doctor;
pub use machine::{json, sarif};
pub use metrics::metrics;
pub use options::{Options, UnknownName};
pub use report::Report;
pub use severity::Severity;
pub use text::{TextForm, text};
