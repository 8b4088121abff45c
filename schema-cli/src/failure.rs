use std::path::PathBuf;

use freehold_schema_core::error::without_source_line;
use freehold_schema_core::ir::SchemaError;
use freehold_schema_migrate::drift::{Drift, Unmodelled};
use freehold_schema_migrate::inspect::InspectError;
use freehold_schema_migrate::migrate::{
    ChainError, DirectoryError, MigrateError, NewError, SnapshotError, VerifyError,
};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Schema(#[from] SchemaError),
    #[error(transparent)]
    New(#[from] NewError),
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    #[error(transparent)]
    Verify(#[from] VerifyError),
    #[error(transparent)]
    Inspect(#[from] InspectError),
    #[error("cannot reach the database; check the URL, and whether the server runs")]
    Connect(#[source] sqlx::Error),
    #[error(
        "expected `structs`, a snapshot file, a directory with a `schema.json` or the URL of a database (`postgres://user@host/database`), got {0}"
    )]
    Source(String),
    #[error("`{0}://` is not a URL of PostgreSQL; write `postgres://user@host/database`")]
    NotPostgres(String),
    #[error(
        "the two databases differ in objects that are not modelled, so the SQL would leave these out; print the rest with `--leave-out-unmodelled`, and change these by hand:{}",
        lines(.0)
    )]
    NotModelled(Vec<Unmodelled>),
    #[error("the database has no PostgreSQL schema `{0}`; correct the name after `--schema`")]
    Namespace(String),
    #[error(
        "nothing is recorded: the database differs from the schema after migration {0}; change the database, accept an object with `--accept NAME`, or accept all with `--force`:\n{1}"
    )]
    Baseline(i64, Box<Drift>),
    #[error("`{}` has no `schema.json`; run `migrate new` first", .0.display())]
    NoSnapshot(PathBuf),
    #[cfg(feature = "docs")]
    #[error(transparent)]
    Docs(#[from] freehold_schema_docs::Error),
    #[cfg(feature = "docs")]
    #[error("`{}` cannot be read or written", .0.display())]
    Document(PathBuf, #[source] std::io::Error),
    #[cfg(feature = "fake")]
    #[error(transparent)]
    Fake(#[from] freehold_schema_fake::FakeError),
    #[cfg(feature = "operations")]
    #[error(transparent)]
    Check(#[from] freehold_schema_operations::UnknownName),
    #[cfg(feature = "operations")]
    #[error("the connection to the database was lost; run the command again")]
    Examine(#[source] sqlx::Error),
    #[cfg(feature = "operations")]
    #[error("cannot write the metrics")]
    Metrics(#[source] std::fmt::Error),
    #[cfg(feature = "seed")]
    #[error(transparent)]
    Seed(#[from] freehold_schema_core::seed::SeedError),
    #[cfg(feature = "seed")]
    #[error("this program has no rows to write; hand them to `cli::main_with_seed`")]
    NoSeed,
    #[error("cannot write the output")]
    Output(#[from] std::io::Error),
    #[error("could not serialise the output as JSON")]
    Json(#[from] serde_json::Error),
    #[error("cannot start the async runtime")]
    Runtime(#[source] std::io::Error),
}

fn lines(all: &[Unmodelled]) -> String {
    let lines = all.iter().map(|unmodelled| format!("\n  {unmodelled}"));
    lines.collect()
}

impl Failure {
    /// A failure to connect to the database, or a lost connection.
    pub(super) fn connect(error: sqlx::Error) -> Self {
        Self::Connect(without_source_line(error))
    }

    /// The exit status: 3 for a refused plan and for a difference, 2 for a wrong name of a check, 1 for other failures.
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::New(NewError::Refused(_))
            | Self::NotModelled(_)
            | Self::Baseline(..)
            | Self::Verify(
                VerifyError::NotTarget(_) | VerifyError::NotBack { .. } | VerifyError::Weakened(_),
            ) => 3,
            #[cfg(feature = "operations")]
            Self::Check(_) => 2,
            _ => 1,
        }
    }
}
