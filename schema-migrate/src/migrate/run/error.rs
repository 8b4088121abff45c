//! The error of the runner.

use std::borrow::Cow;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::PgDatabaseError;

use super::event::{Backend, Blockage, FilePosition};
use crate::migrate::{Direction, DirectoryError};
use freehold_schema_core::error::without_source_line;

/// Why a migration did not run, or did not end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// The directory cannot be used.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The URL or one of its options is not valid.
    #[error("the URL of the database is not valid")]
    Url(#[source] sqlx::Error),
    /// No connection could be made.
    #[error("cannot connect to the server")]
    Connect(#[source] sqlx::Error),
    /// A transaction pooler runs each transaction on another session of the server.
    #[error(
        "a transaction pooler gives each transaction another session, so the runner cannot keep its lock; connect to the server itself, or to a session pooler"
    )]
    Pooled,
    /// Another runner did not end in time.
    #[error("another runner is running{} and did not finish within {:.0} s; wait until it has finished, or raise `runner_wait`", held_by(holder.as_deref()), waited.as_secs_f32())]
    Locked {
        /// How long this runner waited.
        waited: Duration,
        /// The other runner, if its session is visible.
        holder: Option<Box<Backend>>,
    },
    /// A file was edited after it was applied.
    #[error("`{}` was edited after it was applied; restore it and write another migration, or accept the edit with `migrate repair {version} edited`", path.display())]
    Edited {
        /// The version.
        version: i64,
        /// The up file.
        path: PathBuf,
    },
    /// The file of an applied migration is missing.
    #[error("`{version}` (`{description}`) is applied, but its file is missing; restore it")]
    Missing {
        /// The version.
        version: i64,
        /// Its description, as the history has it.
        description: String,
    },
    /// A pending file is older than an applied one.
    #[error("`{}` is older than `{newest}`, which is applied already; give it a later version, or allow it with `--out-of-order` (`Options::allow_out_of_order`)", path.display())]
    OutOfOrder {
        /// The version.
        version: i64,
        /// Its up file.
        path: PathBuf,
        /// The newest version that is applied.
        newest: i64,
    },
    /// The history has a version as failed, and the journal has no statement of it.
    #[error(
        "`{version}` failed at an unknown statement; remove what it left, then run `migrate repair {version} forgotten`"
    )]
    Failed {
        /// The version.
        version: i64,
    },
    /// A version stopped half way in the other direction.
    #[error(
        "`{version}` stopped half way {direction}; first run `migrate {direction}` to its end, or remove what it did and run `migrate repair {version} forgotten`"
    )]
    HalfDone {
        /// The version.
        version: i64,
        /// Its direction.
        direction: Direction,
    },
    /// A migration has no down file.
    #[error("`{}` has no down file; write one, or keep the migration", up.display())]
    NoDown {
        /// The version.
        version: i64,
        /// Its up file.
        up: PathBuf,
    },
    /// No file has this version.
    #[error("no file has the version `{version}`; check the names in the directory")]
    UnknownVersion {
        /// The version.
        version: i64,
    },
    /// A baseline was requested, but the history is not empty.
    #[error(
        "a baseline needs an empty history, and this one has `{newest}` already; use a database without a history"
    )]
    NotEmpty {
        /// The newest version in the history.
        newest: i64,
    },
    /// The version is not in a state for this repair.
    #[error("`{version}` cannot be repaired this way: {reason}")]
    NothingToRepair {
        /// The version.
        version: i64,
        /// Why, and what to do.
        reason: &'static str,
    },
    /// A statement was edited after a run had begun it.
    #[error(
        "{at} was edited after a run had begun it; restore it, and edit only what comes after it"
    )]
    StatementEdited {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// A statement had begun when the previous run was stopped, and the runner cannot know whether it took effect.
    #[error(
        "{at} had begun when a run was stopped, and the runner cannot know whether it took effect; check that, then run `migrate repair {0} statement-done` or `migrate repair {0} statement-again`",
        at.version
    )]
    Unclear {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// An index of this name exists, with another definition.
    #[error(
        "{at}: an index `{index}` exists with another definition; drop it, or rename the one in the file"
    )]
    OtherIndex {
        /// The statement.
        at: Box<FilePosition>,
        /// The index.
        index: String,
    },
    /// The server built an index and left it invalid.
    #[error("{at}: the index `{index}` is not valid after it was built; run the migration again")]
    InvalidIndex {
        /// The statement.
        at: Box<FilePosition>,
        /// The index.
        index: String,
    },
    /// A file begins or ends a transaction.
    #[error(
        "{at} begins or ends a transaction, but only the runner may do that; remove it, and begin the file with `-- no-transaction` if it cannot run in a transaction"
    )]
    TransactionControl {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// A file has a `COPY` whose rows follow it, as psql reads and `pg_dump` writes them.
    #[error(
        "{at} takes its rows from the client, which a migration cannot send; write them as `INSERT`, which `pg_dump --inserts` does, or `COPY` from a file of the server"
    )]
    CopyFromStdin {
        /// The statement.
        at: Box<FilePosition>,
    },
    /// The statement could not get a lock in time, in all tries.
    #[error("{at}: could not get a lock in {tries} tries and {:.0} s{}; end the session that has it, or try again at a quieter time", waited.as_secs_f32(), waits_for(blockage.as_deref()))]
    Blocked {
        /// The statement.
        at: Box<FilePosition>,
        /// The number of tries.
        tries: u32,
        /// The time since the first try.
        waited: Duration,
        /// The lock and the sessions that have it, as last seen.
        blockage: Option<Box<Blockage>>,
        /// The error of the last try.
        source: sqlx::Error,
    },
    /// The database refused a statement of a file.
    #[error("`{}:{line}`: the database refused `{}`{}", at.path.display(), at.summary, of_detail(detail.as_deref()))]
    Statement {
        /// The statement.
        at: Box<FilePosition>,
        /// The line of the file that the error is about.
        line: usize,
        /// The detail or a hint, such as the values of the conflicting row.
        detail: Option<String>,
        /// The error of the database.
        source: sqlx::Error,
    },
    /// The commit of a file failed: a deferred constraint does not hold, or the connection was lost.
    #[error("`{}` ran to its end, but its commit failed; if the connection was lost, `migrate status` shows whether it took effect", path.display())]
    Commit {
        /// The file.
        path: PathBuf,
        /// The error of the database.
        source: sqlx::Error,
    },
    /// The history or the journal cannot be read or written.
    #[error("cannot read or write the history in `_sqlx_migrations` and `_freehold_steps`")]
    History(#[source] sqlx::Error),
}

impl MigrateError {
    /// The SQLSTATE, if the error is one of the database.
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

    /// The statement that the error is about.
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

    /// An error on reading or writing the history or the journal.
    pub(super) fn history(error: sqlx::Error) -> Self {
        Self::History(without_source_line(error))
    }

    /// A failed connection attempt, or a lost connection.
    pub(super) fn connect(error: sqlx::Error) -> Self {
        Self::Connect(without_source_line(error))
    }

    /// The error of a statement, with the line that the server names.
    pub(super) fn statement(at: &FilePosition, text: &str, source: sqlx::Error) -> Self {
        let source = without_source_line(source);
        let reported = source
            .as_database_error()
            .and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
        let line = reported.map_or(at.line, |reported| at.line + lines_before(text, reported));
        let detail =
            reported.and_then(|reported| reported.detail().or(advice(reported)).map(str::to_owned));
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

/// The number of lines in the statement before the position that the server names.
fn lines_before(text: &str, reported: &PgDatabaseError) -> usize {
    use sqlx::postgres::PgErrorPosition::Original;
    match reported.position() {
        Some(Original(position)) => {
            let before = text.chars().take(position.saturating_sub(1));
            before.filter(|c| *c == '\n').count()
        }
        _ => 0,
    }
}

/// What to do about an error for which the server sends no detail.
fn advice(reported: &PgDatabaseError) -> Option<&'static str> {
    const ACTIVE_TRANSACTION: &str = "25001";
    (reported.code() == ACTIVE_TRANSACTION)
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
