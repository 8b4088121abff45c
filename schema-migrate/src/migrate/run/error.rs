//! Why a migration is not run, or does not end.

use std::borrow::Cow;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::PgDatabaseError;

use super::event::{Backend, Blockage, FilePosition};
use crate::migrate::{Direction, DirectoryError};
use freehold_schema_core::error::said;

/// Why a migration is not run, or what the database said of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// The directory cannot be used.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The URL or an option of it is wrong.
    #[error("the database's URL cannot be used")]
    Url(#[source] sqlx::Error),
    /// No connection could be made.
    #[error("no connection to the server could be made")]
    Connect(#[source] sqlx::Error),
    /// Something between hands each transaction to another connection of the server.
    #[error(
        "a pooler stands between that gives each transaction another session, and no lock can be held there; connect to the server itself, or to a pool of sessions"
    )]
    Pooled,
    /// Another runner did not end in time.
    #[error("another runner is at work{}, and {:.0} s were not enough for it; wait for its end, or raise `runner_wait`", held_by(holder.as_deref()), waited.as_secs_f32())]
    Locked {
        /// How long it was waited.
        waited: Duration,
        /// The other one.
        holder: Option<Box<Backend>>,
    },
    /// A file was edited after it was applied.
    #[error("`{}` was edited after it was applied; put it back as it was and write another migration, or accept the edit with `migrate repair {version} edited`", path.display())]
    Edited {
        /// The version.
        version: i64,
        /// The up file.
        path: PathBuf,
    },
    /// A file that was applied is not there.
    #[error("`{version}` (`{description}`) is applied, but its file is missing; bring it back")]
    Missing {
        /// The version.
        version: i64,
        /// Its description, as the history has it.
        description: String,
    },
    /// A pending file is older than one that is applied.
    #[error("`{}` is older than `{newest}`, which is applied already; give it a later version, or allow it with `--out-of-order` (`Options::allow_out_of_order`)", path.display())]
    OutOfOrder {
        /// The version.
        version: i64,
        /// Its up file.
        path: PathBuf,
        /// The newest version that is applied.
        newest: i64,
    },
    /// The history says that a version failed, and nothing says where.
    #[error(
        "`{version}` failed, and where is not known; look at what it has left, clear it away, then run `migrate repair {version} forgotten`"
    )]
    Failed {
        /// The version.
        version: i64,
    },
    /// A version is half done in the other direction.
    #[error(
        "`{version}` is half done on its way {direction}; run that to its end first, or clear it away and run `migrate repair {version} forgotten`"
    )]
    HalfDone {
        /// The version.
        version: i64,
        /// Which way.
        direction: Direction,
    },
    /// A migration has no way back.
    #[error("`{}` has no down file; write one, or keep the migration", up.display())]
    NoDown {
        /// The version.
        version: i64,
        /// Its up file.
        up: PathBuf,
    },
    /// No file has this version.
    #[error("no file has the version `{version}`; look at the names in the directory")]
    UnknownVersion {
        /// The version.
        version: i64,
    },
    /// A baseline is asked for, but something is applied already.
    #[error(
        "a baseline is the beginning of a history, and this one has `{newest}` already; use an empty one"
    )]
    NotEmpty {
        /// The newest version in the history.
        newest: i64,
    },
    /// There is nothing that this repair is for.
    #[error("the repair of `{version}` does not fit: {reason}")]
    NothingToRepair {
        /// The version.
        version: i64,
        /// What it is for.
        reason: &'static str,
    },
    /// A statement that is done was edited since.
    #[error("{at} is done, but was edited since; put it back as it was, and edit what comes after")]
    StatementEdited {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// A statement had begun when the run before was stopped, and nothing tells whether it took effect.
    #[error(
        "{at} had begun when a run was stopped, and nothing tells whether it took effect; look for what it does, then run `migrate repair {0} statement-done` or `migrate repair {0} statement-again`",
        at.version
    )]
    Unclear {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// An index of this name is there, but another one.
    #[error(
        "{at}: an index `{index}` is there, but not this one; drop it or give this one another name"
    )]
    OtherIndex {
        /// The statement.
        at: Box<FilePosition>,
        /// The index.
        index: String,
    },
    /// The server built an index and does not use it.
    #[error("{at}: the index `{index}` is not valid after it was built; run the migration again")]
    InvalidIndex {
        /// The statement.
        at: Box<FilePosition>,
        /// The index.
        index: String,
    },
    /// A file begins or ends a transaction.
    #[error(
        "{at} is a transaction's beginning or end, which the runner sees to; leave it out, and begin the file with `-- no-transaction` where it cannot run in one"
    )]
    TransactionControl {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// A file has a `COPY` whose rows follow it, as psql reads them and `pg_dump` writes them.
    #[error(
        "{at} takes its rows from the client, which a migration cannot send; write them as `INSERT`, which `pg_dump --inserts` does, or `COPY` from a file of the server"
    )]
    CopyFromStdin {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// A lock was not to be had, however often it was tried.
    #[error("{at}: a lock was not to be had in {tries} tries and {:.0} s{}; end what has it, or try when there is less to do", waited.as_secs_f32(), waits_for(blockage.as_deref()))]
    Blocked {
        /// The statement.
        at: Box<FilePosition>,
        /// How often it was tried.
        tries: u32,
        /// For how long.
        waited: Duration,
        /// The lock and who has it, as last seen.
        blockage: Option<Box<Blockage>>,
        /// What the database said the last time.
        source: sqlx::Error,
    },
    /// The database refused a statement of a file.
    #[error("`{}:{line}`: the database refused `{}`{}", at.path.display(), at.summary, of_detail(detail.as_deref()))]
    Statement {
        /// The statement.
        at: Box<FilePosition>,
        /// The line of the file that the database means.
        line: usize,
        /// What it says besides its message, such as the values of the row that is in the way.
        detail: Option<String>,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The end of a file's transaction failed: a constraint that is deferred does not hold, or the connection was lost.
    #[error("`{}` ran to its end, but its commit failed; where the connection was lost, the status tells whether it took effect", path.display())]
    Commit {
        /// The file.
        path: PathBuf,
        /// What the database said.
        source: sqlx::Error,
    },
    /// The history or the journal cannot be read or written.
    #[error("the history in `_sqlx_migrations` and `_freehold_steps` cannot be used")]
    History(#[source] sqlx::Error),
}

impl MigrateError {
    /// The SQLSTATE, where the database said one.
    pub fn sqlstate(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Url(source)
            | Self::Connect(source)
            | Self::History(source)
            | Self::Blocked { source, .. }
            | Self::Statement { source, .. }
            | Self::Commit { source, .. } => sqlstate(source),
            _ => None,
        }
    }

    /// The statement that it is about.
    pub fn place(&self) -> Option<&FilePosition> {
        match self {
            Self::StatementEdited { at }
            | Self::Unclear { at }
            | Self::OtherIndex { at, .. }
            | Self::InvalidIndex { at, .. }
            | Self::TransactionControl { at }
            | Self::CopyFromStdin { at }
            | Self::Blocked { at, .. }
            | Self::Statement { at, .. } => Some(at),
            _ => None,
        }
    }

    /// The history or the journal could not be used.
    pub(super) fn history(error: sqlx::Error) -> Self {
        Self::History(said(error))
    }

    /// No connection could be made, or it was lost.
    pub(super) fn connect(error: sqlx::Error) -> Self {
        Self::Connect(said(error))
    }

    /// The error of a statement, with the line that the server points at.
    pub(super) fn statement(at: &FilePosition, text: &str, source: sqlx::Error) -> Self {
        let source = said(source);
        let said = source
            .as_database_error()
            .and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
        let line = said.map_or(at.line, |said| at.line + lines_before(text, said));
        let detail = said.and_then(|said| said.detail().or(advice(said)).map(str::to_owned));
        Self::Statement {
            at: Box::new(at.clone()),
            line,
            detail,
            source,
        }
    }
}

pub(super) fn sqlstate(error: &sqlx::Error) -> Option<Cow<'_, str>> {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
}

/// How many lines of the statement are before the place that the server points at.
fn lines_before(text: &str, said: &PgDatabaseError) -> usize {
    use sqlx::postgres::PgErrorPosition::Original;
    match said.position() {
        Some(Original(position)) => {
            let before = text.chars().take(position.saturating_sub(1));
            before.filter(|c| *c == '\n').count()
        }
        _ => 0,
    }
}

/// What to do about it, where the server does not say.
fn advice(said: &PgDatabaseError) -> Option<&'static str> {
    const ACTIVE_TRANSACTION: &str = "25001";
    (said.code() == ACTIVE_TRANSACTION)
        .then_some("it cannot run in a transaction; begin the file with `-- no-transaction`")
}

fn held_by(holder: Option<&Backend>) -> String {
    holder.map_or_else(String::new, |holder| format!(" ({holder})"))
}

fn waits_for(blockage: Option<&Blockage>) -> String {
    blockage.map_or_else(String::new, |blockage| format!(": {blockage}"))
}

fn of_detail(detail: Option<&str>) -> String {
    detail.map_or_else(String::new, |detail| format!(": {detail}"))
}
