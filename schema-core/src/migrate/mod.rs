//! Migrations: files of SQL that are planned from the structs, and what applies them to a database.
//!
//! The files are in the layout of `sqlx migrate`, and so is the history in the database: either runs what the other began. Beside them
//! stand the schema after the last one, [`Snapshot`], and the [`Chain`] of their hashes: both are committed with them.

#[cfg(feature = "migrate")]
mod chain;
mod directory;
mod file_name;
pub mod files;
#[cfg(feature = "migrate")]
mod plan_new;
#[cfg(feature = "migrate")]
mod rebase;
#[cfg(all(feature = "migrate", feature = "postgres"))]
mod refused;
#[cfg(feature = "postgres")]
pub mod run;
#[cfg(feature = "migrate")]
mod snapshot;
mod statement;
#[cfg(feature = "postgres")]
mod step;
#[cfg(feature = "postgres")]
mod verify;
#[cfg(feature = "migrate")]
mod version;

#[cfg(feature = "migrate")]
pub use chain::{CHAIN_FILE, Chain, ChainError, ChainProblem};
pub use directory::{Direction, Directory, DirectoryError, Migration, Script};
#[cfg(feature = "migrate")]
pub use plan_new::{NewError, NewMigration, Written, plan_new, wanted};
#[cfg(feature = "migrate")]
pub use rebase::{Rebased, adopt, rebase, write_snapshot};
#[cfg(feature = "postgres")]
pub use run::{MigrateError, Runner, pending};
#[cfg(feature = "migrate")]
pub use snapshot::{SNAPSHOT_FILE, Snapshot, SnapshotError};
pub use statement::Statement;
#[cfg(feature = "lint")]
pub(crate) use statement::ranges as statement_ranges;
#[cfg(feature = "postgres")]
pub use verify::{Verified, VerifyError, verify, verify_accepting};
#[cfg(feature = "cli")]
pub(crate) use version::next_version;
