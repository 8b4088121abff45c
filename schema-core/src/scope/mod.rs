//! Who asks: a [`Db`] gives out scopes, and what runs in one reaches the rows of one owner.
//!
//! Under row-level security each unit of work is a transaction that takes on the application's role and sets the owner's key, for
//! itself alone. A connection whose unit did not end is closed, never handed on: sqlx 0.9.0 gives one back inside its transaction
//! when `begin` is cancelled or fails.

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
