//! Executors and connections: a [`Db`] makes scopes, and statements that run in a scope reach the rows of one owner.
//!
//! Under row-level security each unit of work is a transaction. It takes on the application's role and sets the owner's
//! key, both only for itself. A connection whose unit of work did not end is closed and never used again: sqlx 0.9.0
//! returns a connection inside its transaction if `begin` is cancelled or fails.

mod access;
mod builder;
mod check;
mod constraint;
mod database_error;
mod db;
mod identity;
mod key;
mod link;
mod options;
mod owner_scope;
mod pool;
mod raw_sql;
mod scram;
mod session;
mod setup;
mod transaction;
mod unit_of_work;
mod unscoped;

pub use builder::{DbBuilder, Tls};
pub use check::{Outdated, PolicyDifference, Refusal};
pub use db::Db;
pub use key::{KeyError, ScopeKey};
pub use link::Statements;
pub use options::{IsolationLevel, TransactionOptions};
pub use owner_scope::Scope;
pub use transaction::Transaction;
#[cfg(feature = "testing")]
pub(crate) use transaction::run as run_transaction;
#[doc(hidden)]
pub use transaction::{Begin, Origin};
pub use unscoped::Unscoped;

pub use crate::error::setup::SetupError;
