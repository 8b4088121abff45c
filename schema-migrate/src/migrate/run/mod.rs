//! Applies migrations to a database.
//!
//! A [`Runner`] works on two connections of its own, which it makes for a run and closes with it: one that the migrations run on, and
//! one that looks at what the first one waits for. One runner is at work at a time; `sqlx migrate` counts as one.
//!
//! A file is one transaction with its row in the history, so that nothing of it is half done. Where a lock is not to be had within
//! [`Options::lock_timeout`], the transaction is rolled back and tried again a little later.
//!
//! A file that begins with `-- no-transaction` runs statement by statement. Each is written into the journal `_freehold_steps`, and
//! where a run is stopped, be it by a signal, the next one goes on at the statement where it was.

mod backend;
mod error;
mod event;
mod execution;
mod file;
mod history;
mod lock;
mod observer;
mod options;
mod pending;
mod recover;
mod repair;
mod retry;
mod runner;
mod running;
mod session;
mod status;
mod stepwise;
mod transactional;
mod watch;
mod words;

pub use error::MigrateError;
pub use event::{Backend, Blockage, Event, FilePosition};
pub use execution::Ran;
pub use options::{Options, Repair, Target};
pub use pending::pending;
pub use runner::Runner;
pub use status::{State, Status};
pub use words::Interest;
