//! Migrations: files of SQL that are planned from the structs, and what applies them to a database.
//!
//! The files are in the layout of `sqlx migrate`, and so is the history in the database: either runs what the other began. Beside them
//! stand the schema after the last one, [`Snapshot`], and the [`Chain`] of their hashes: both are committed with them.

mod directory;
mod file_name;
pub mod files;
#[cfg(feature = "postgres")]
pub mod run;
mod statement;
mod step;

pub use directory::{Direction, Directory, DirectoryError, Migration, Script};
#[cfg(feature = "postgres")]
pub use run::{MigrateError, Runner};
pub use statement::Statement;
