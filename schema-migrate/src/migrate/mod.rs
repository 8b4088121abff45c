//! Migrations: files of SQL that are planned from the structs, and the runner that applies them.
//!
//! The files have the layout of `sqlx migrate`, and so does the history in the database: each of the two runners can
//! continue what the other began. [`Snapshot`], the schema after the last migration, and [`Chain`], their hashes, are
//! committed with them.

mod chain;
mod dialect;
mod directory;
mod file_name;
pub mod files;
mod plan_new;
mod rebase;
#[cfg(feature = "postgres")]
mod refused;
#[cfg(feature = "postgres")]
pub mod run;
mod snapshot;
mod statement;
#[cfg(feature = "postgres")]
mod statement_kind;
mod upgrade;
#[cfg(feature = "postgres")]
mod verify;
mod version;

pub use chain::{CHAIN_FILE, Chain, ChainError, ChainProblem};
pub use dialect::DIALECT;
pub use directory::{Direction, Directory, DirectoryError, Migration, Script};
pub use plan_new::{NewError, NewMigration, Written, plan_new, target_schema};
pub use rebase::{Rebased, adopt, rebase, write_snapshot};
#[cfg(feature = "postgres")]
pub use run::{MigrateError, Runner, pending};
pub use snapshot::{SNAPSHOT_FILE, Snapshot, SnapshotError};
pub use statement::ScriptStatement;
#[doc(hidden)]
pub use statement::ranges as statement_ranges;
#[cfg(feature = "postgres")]
pub use verify::{Verified, VerifyError, verify, verify_accepting};
pub use version::next_version;
