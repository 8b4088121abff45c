//! Applies migrations to a database.
//!
//! A [`Runner`] opens two connections for a run and closes them at its end: the migrations run on one, and the other
//! observes what the first one waits for. Only one runner works at a time; `sqlx migrate` counts as one.
//!
//! A file is one transaction together with its row in the history, so it runs completely or not at all. If it cannot
//! get a lock within [`Options::lock_timeout`], the runner rolls the transaction back and tries again later.
//!
//! A file that begins with `-- no-transaction` runs statement by statement. The journal `_freehold_steps` records each
//! statement. If a run is stopped, even by a signal, the next run continues at that statement.

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
