//! Migrations: files of SQL, and what applies them to a database.
//!
//! The files are in the layout of `sqlx migrate`, and so is the history in the database: either runs what the other began.

mod directory;
mod file_name;
#[cfg(feature = "postgres")]
pub mod run;
mod statement;
#[cfg(feature = "postgres")]
mod step;

pub use directory::{Direction, Directory, DirectoryError, Migration, Script};
#[cfg(feature = "postgres")]
pub use run::{MigrateError, Runner};
pub use statement::Statement;
