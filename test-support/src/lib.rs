//! A throw-away PostgreSQL server for tests.
//!
//! It needs the binaries of PostgreSQL and nothing else: no service, no privileges, no fixed port, no settings.
//! It is gone, with its directory, when the test process is, however that ends.
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
