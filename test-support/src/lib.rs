//! A temporary PostgreSQL server for tests.
//!
//! It needs only PostgreSQL's binaries: no service, no privileges, no fixed port and no settings. The server and its
//! directory are removed when the test process ends, in whatever way it ends.
//!
//! ```
//! use freehold_test_support::Server;
//!
//! let database = Server::shared().create_database("readme")?;
//! assert_eq!(database.psql("SELECT 1 + 1")?, "2");
//! # Ok::<(), freehold_test_support::Error>(())
//! ```

#[cfg(not(unix))]
compile_error!("the test server runs on Unix only: run the tests there");

mod account;
mod binaries;
mod database;
mod error;
mod pgbouncer;
mod psql;
mod server;
mod watchdog;

pub use database::Database;
pub use error::Error;
pub use pgbouncer::{Pgbouncer, Startup};
pub use server::{Server, Stop};
