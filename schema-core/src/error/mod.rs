//! What can go wrong when a statement is run, told apart by what a caller can do about it.

pub(crate) mod cursor;
pub(crate) mod outdated;
pub(crate) mod refusal;
mod said;
pub(crate) mod setup;

use std::borrow::Cow;
use std::time::Duration;

use sqlx::error::DatabaseError;

use self::cursor::CursorError;
use self::outdated::Outdated;
use self::refusal::Refusal;
use self::setup::SetupError;

pub use crate::wire::{EncodeError, ReadError};
#[doc(hidden)]
pub use said::said;

/// Why a statement was not run, or what the database said of it.
///
/// None of them tells whether a row of another owner exists: a reference to one is refused as one to a row that is not there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is a row with these values already.
    #[error(
        "a row of `{table}` has these values of {} already (`{constraint}`)",
        columns_of(columns)
    )]
    #[non_exhaustive]
    Unique {
        /// The table.
        table: String,
        /// The constraint or the index.
        constraint: String,
        /// Its columns, in the order of the database.
        columns: Vec<String>,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// The row that is referenced is not there, or is not to be reached; or one that references this one is.
    #[error(
        "the row that {} of `{table}` refers to is not there, or a row still refers to this one (`{constraint}`)",
        columns_of(columns)
    )]
    #[non_exhaustive]
    ForeignKey {
        /// The table that has the foreign key.
        table: String,
        /// The constraint.
        constraint: String,
        /// Its columns.
        columns: Vec<String>,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// A check does not hold.
    #[error("the check `{constraint}` of `{table}` does not hold")]
    #[non_exhaustive]
    Check {
        /// The table.
        table: String,
        /// The constraint.
        constraint: String,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// A column that is never null would be.
    #[error("`{column}` of `{table}` must not be null")]
    #[non_exhaustive]
    NotNull {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// Two rows exclude each other.
    #[error("a row of `{table}` excludes this one (`{constraint}`)")]
    #[non_exhaustive]
    Exclusion {
        /// The table.
        table: String,
        /// The constraint.
        constraint: String,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// A trigger of the schema refused the change: a column that is immutable, or a step that its enum does not take.
    #[error("the change of `{table}` is refused: {message}")]
    #[non_exhaustive]
    Refused {
        /// The table.
        table: String,
        /// What the database said.
        message: String,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// The row is not there, or not to be reached.
    #[error("no row of `{table}` was found")]
    NotFound {
        /// The table.
        table: &'static str,
    },
    /// Your own SQL returned no row.
    #[error("the statement returned no row")]
    NoRow,
    /// Row-level security, or a missing right.
    #[error(
        "the database does not permit this: {}; grant the right to the role, or run the statement in the scope of the rows' owner",
        said::message(.0)
    )]
    NotPermitted(#[source] sqlx::Error),
    /// Another transaction was in the way (serialization failure): run the transaction once more.
    #[error("another transaction changed what this one had read; run it once more")]
    Serialization(#[source] sqlx::Error),
    /// Two transactions waited for each other: run the transaction once more.
    #[error("two transactions waited for each other, and this one was ended; run it once more")]
    Deadlock(#[source] sqlx::Error),
    /// The statement took longer than it may.
    #[error(
        "the statement took longer than its timeout; let it do less, or raise `.statement_timeout(..)`"
    )]
    StatementTimeout(#[source] sqlx::Error),
    /// A lock was not to be had in time.
    #[error("a lock was not to be had; try again, or raise `lock_timeout`")]
    LockTimeout(#[source] sqlx::Error),
    /// All connections of the pool were in use for so long.
    #[error("all {size} connections of the pool were in use for {} s; raise `.pool_size(..)` or `.acquire_timeout(..)`, or hold transactions for less time", waited.as_secs_f32())]
    PoolExhausted {
        /// How many connections the pool has.
        size: usize,
        /// How long it was waited.
        waited: Duration,
    },
    /// No connection could be made.
    #[error("no connection to the server could be made")]
    Connect(#[source] sqlx::Error),
    /// A pooler is in front of the server, and [`DbBuilder::statements`](crate::scope::DbBuilder::statements) does not say so.
    #[error(
        "a pooler is in front of the server, where prepared statements of several clients can get mixed up; give `.statements(Statements::Unnamed)` to `Db::builder(..)`, or `.statements(Statements::Named)` where the pooler keeps those of each client apart"
    )]
    Pooler(#[source] Option<sqlx::Error>),
    /// The connection was lost. Whether the statement took effect is not known.
    #[error(
        "the connection to the server was lost; whether the statement took effect is not known"
    )]
    ConnectionLost(#[source] sqlx::Error),
    /// The connection knew a type or a table that was made again meanwhile. Nothing of the statement took place, and the connection is
    /// closed: run the transaction once more.
    #[error(
        "the database's schema was changed since the connection had read it, and nothing of this took place; run it once more"
    )]
    SchemaChanged(#[source] sqlx::Error),
    /// The transaction had failed before, so that nothing of it is kept.
    #[error(
        "a statement of this transaction failed before, and PostgreSQL keeps nothing of it; give the error back, or run what may fail in `tx.savepoint(..)`"
    )]
    Aborted,
    /// The login, the role or the server is not one that can keep users apart.
    #[error(transparent)]
    Unsafe(#[from] Refusal),
    /// The database lacks what the schema says: it is not migrated, or names lead elsewhere.
    #[error(transparent)]
    Outdated(#[from] Outdated),
    /// The schema could not be set up.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// There is no way to work unscoped.
    #[error("there is no administrator to work as; give `.admin_url(..)` to `Db::builder`")]
    NoAdmin,
    /// The cursor is not one of this page.
    #[error(transparent)]
    Cursor(#[from] CursorError),
    /// A value could not be sent.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A value could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The statement cannot be put this way.
    #[error("{0}")]
    Statement(&'static str),
    /// A value that is none: a pattern that cannot be read, a text that is too long for its column, a number that has no room in it, a
    /// division by zero (class 22 of SQLSTATE). As a rule somebody gave it; the server is well.
    #[error("the database refused a value: {}", said::message(.0))]
    Value(#[source] sqlx::Error),
    /// No key of the table is over the columns of an `on_conflict`, so that the database could tell no conflict by them.
    #[error(
        "no conflict of `{table}` can be told by {}; give {}",
        columns_of(columns),
        keys_of(keys)
    )]
    NoKey {
        /// The table.
        table: &'static str,
        /// The columns that were given.
        columns: Vec<String>,
        /// The columns of each key and unique index by which a conflict can be told, without the scope.
        keys: Vec<Vec<String>>,
    },
    /// The URL or an option of it is wrong.
    #[error("the database's URL, or an option beside it, cannot be used")]
    Url(#[source] sqlx::Error),
    /// Anything else that the database says.
    #[error("the database refused the statement: {}", said::message(.0))]
    Database(#[source] sqlx::Error),
}

impl Error {
    /// The same error, with the error of the server as its cause.
    pub(crate) fn caused_by(mut self, cause: sqlx::Error) -> Self {
        match &mut self {
            Self::Unique { source, .. }
            | Self::ForeignKey { source, .. }
            | Self::Check { source, .. }
            | Self::NotNull { source, .. }
            | Self::Exclusion { source, .. }
            | Self::Refused { source, .. } => *source = Some(Box::new(cause)),
            _ => {}
        }
        self
    }

    /// The error of the server that this error comes from, as sqlx has it.
    pub fn as_database_error(&self) -> Option<&dyn DatabaseError> {
        self.of_sqlx()?.as_database_error()
    }

    /// The error of sqlx that this error comes from.
    fn of_sqlx(&self) -> Option<&sqlx::Error> {
        match self {
            Self::Unique { source, .. }
            | Self::ForeignKey { source, .. }
            | Self::Check { source, .. }
            | Self::NotNull { source, .. }
            | Self::Exclusion { source, .. }
            | Self::Refused { source, .. } => source.as_deref(),
            Self::Pooler(source) => source.as_ref(),
            Self::NotPermitted(source)
            | Self::Serialization(source)
            | Self::Deadlock(source)
            | Self::StatementTimeout(source)
            | Self::LockTimeout(source)
            | Self::Connect(source)
            | Self::ConnectionLost(source)
            | Self::SchemaChanged(source)
            | Self::Value(source)
            | Self::Url(source)
            | Self::Database(source) => Some(source),
            Self::NotFound { .. }
            | Self::NoRow
            | Self::PoolExhausted { .. }
            | Self::Aborted
            | Self::Unsafe(_)
            | Self::Outdated(_)
            | Self::Setup(_)
            | Self::NoAdmin
            | Self::Cursor(_)
            | Self::Encode(_)
            | Self::Read(_)
            | Self::Statement(_)
            | Self::NoKey { .. } => None,
        }
    }

    /// The SQLSTATE of the server's error, such as `23505` (PostgreSQL manual, appendix A).
    pub fn code(&self) -> Option<Cow<'_, str>> {
        self.as_database_error()?.code()
    }

    /// The name of the constraint or unique index that the statement violates.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Unique { constraint, .. }
            | Self::ForeignKey { constraint, .. }
            | Self::Check { constraint, .. }
            | Self::Exclusion { constraint, .. } => Some(constraint),
            _ => self.as_database_error()?.constraint(),
        }
    }

    /// The table that the error is about.
    pub fn table(&self) -> Option<&str> {
        match self {
            Self::Unique { table, .. }
            | Self::ForeignKey { table, .. }
            | Self::Check { table, .. }
            | Self::NotNull { table, .. }
            | Self::Exclusion { table, .. }
            | Self::Refused { table, .. } => Some(table),
            Self::NotFound { table } | Self::NoKey { table, .. } => Some(table),
            _ => self.as_database_error()?.table(),
        }
    }

    /// Whether the statement found no row: [`Error::NotFound`] or [`Error::NoRow`].
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. } | Self::NoRow)
    }

    /// Whether running the transaction once more may succeed: after a serialization failure, a deadlock, or a change of the
    /// schema during the transaction.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Serialization(_) | Self::Deadlock(_) | Self::SchemaChanged(_)
        )
    }
}

fn columns_of(columns: &[String]) -> String {
    let quoted: Vec<_> = columns.iter().map(|column| format!("`{column}`")).collect();
    if quoted.is_empty() {
        "its key".to_owned()
    } else {
        quoted.join(", ")
    }
}

fn keys_of(keys: &[Vec<String>]) -> String {
    if keys.is_empty() {
        return "its table a key or a unique index over them".to_owned();
    }
    let keys: Vec<_> = keys.iter().map(|columns| columns_of(columns)).collect();
    format!(
        "the columns of a key that is not deferrable: {}",
        keys.join("; or ")
    )
}
