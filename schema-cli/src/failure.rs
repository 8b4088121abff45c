use std::path::PathBuf;

use freehold_schema_core::error::said;
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
    #[error("the database cannot be reached; look at the URL, and whether the server runs")]
    Connect(#[source] sqlx::Error),
    #[error(
        "`{0}` is none of `structs`, a snapshot file, a directory with a `schema.json`, and the URL of a database"
    )]
    Source(String),
    #[error("`{0}://` is no URL of PostgreSQL; write `postgres://user@host/database`")]
    NotPostgres(String),
    #[error(
        "the two databases do not have this alike, and it is not modelled, so the SQL between them would leave it out; print the rest with `--leave-out-unmodelled`, and do this by hand:{}",
        lines(.0)
    )]
    NotModelled(Vec<Unmodelled>),
    #[error("the database has no PostgreSQL schema `{0}`; correct the name that `--schema` gives")]
    Namespace(String),
    #[error(
        "nothing is written down: the database is not what migration {0} leads to; make it so, accept what may be there with `--accept NAME`, or give `--force`:\n{1}"
    )]
    Baseline(i64, Box<Drift>),
    #[error("`{}` has no `schema.json`; run `migrate new` first", .0.display())]
    NoSnapshot(PathBuf),
    #[error("the output cannot be written")]
    Output(#[from] std::io::Error),
    #[error("the output is none that JSON can hold")]
    Json(#[from] serde_json::Error),
    #[error("no runtime can be started")]
    Runtime(#[source] std::io::Error),
}

fn lines(all: &[Unmodelled]) -> String {
    let lines = all.iter().map(|unmodelled| format!("\n  {unmodelled}"));
    lines.collect()
}

impl Failure {
    /// The database was not reached, or was lost.
    pub(super) fn connect(error: sqlx::Error) -> Self {
        Self::Connect(said(error))
    }

    /// The exit status: a refused plan is told apart from what failed.
    pub(super) fn status(&self) -> u8 {
        match self {
            Self::New(NewError::Refused(_))
            | Self::NotModelled(_)
            | Self::Baseline(..)
            | Self::Verify(
                VerifyError::NotWanted(_) | VerifyError::NotBack { .. } | VerifyError::Weakened(_),
            ) => 3,
            _ => 1,
        }
    }
}
