//! The error of everything that runs against a database, by what a caller can do about it.

pub(crate) mod cursor;
pub(crate) mod outdated;
pub(crate) mod refusal;
mod server_message;
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
pub use server_message::without_source_line;

/// The error of a statement, a transaction or a connection.
///
/// Match on the kind of error, or ask [`is_not_found`](Self::is_not_found), [`is_retryable`](Self::is_retryable) and
/// [`code`](Self::code). The text leaves out the server's detail, because it can contain values of rows.
///
/// A scope's errors do not show whether another owner's row exists: a reference to one fails like a reference to a
/// missing row. The exception is a constraint that is unique over all owners ([`Unique`](Self::Unique)).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A row with these values exists already (SQLSTATE 23505).
    #[error(
        "`{table}` already has a row with these values of {} (`{constraint}`)",
        columns_of(columns)
    )]
    #[non_exhaustive]
    Unique {
        /// The table.
        table: String,
        /// The unique constraint or index.
        constraint: String,
        /// Its columns. Empty if they are not known.
        columns: Vec<String>,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// The referenced row does not exist or cannot be reached, or another row still references this one (SQLSTATE
    /// 23503).
    #[error(
        "the row that {} of `{table}` references does not exist, or another row still references this one (`{constraint}`)",
        columns_of(columns)
    )]
    #[non_exhaustive]
    ForeignKey {
        /// The table that has the foreign key.
        table: String,
        /// The foreign key.
        constraint: String,
        /// Its columns. Empty if they are not known.
        columns: Vec<String>,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// A check constraint is not satisfied (SQLSTATE 23514).
    #[error("the row violates the check `{constraint}` of `{table}`")]
    #[non_exhaustive]
    Check {
        /// The table.
        table: String,
        /// The check constraint.
        constraint: String,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// A column that must not be null would be null (SQLSTATE 23502).
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
    /// An exclusion constraint: another row conflicts with this one (SQLSTATE 23P01).
    #[error("another row of `{table}` conflicts with this one (`{constraint}`)")]
    #[non_exhaustive]
    Exclusion {
        /// The table.
        table: String,
        /// The exclusion constraint.
        constraint: String,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// A trigger of the schema refused the change: an immutable column, or a transition that an enum does not allow.
    #[error("the database refused the change of `{table}`: {message}")]
    #[non_exhaustive]
    Refused {
        /// The table.
        table: String,
        /// The message of the trigger.
        message: String,
        /// The error of the server, if the server refused the statement.
        source: Option<Box<sqlx::Error>>,
    },
    /// The row does not exist, or belongs to another owner.
    #[error("no row of `{table}` was found")]
    NotFound {
        /// The table.
        table: &'static str,
    },
    /// Your own SQL returned no row.
    #[error("the statement returned no row")]
    NoRow,
    /// The role lacks a right, or row-level security refused the row (SQLSTATE 42501).
    #[error(
        "the database does not permit this: {}; grant the right to the role, or run the statement in the scope of the rows' owner",
        server_message::message(.0)
    )]
    NotPermitted(#[source] sqlx::Error),
    /// A serialization failure (SQLSTATE 40001): another transaction conflicts with this one. Run this one again.
    #[error("another transaction changed rows that this one read; run this transaction again")]
    Serialization(#[source] sqlx::Error),
    /// A deadlock (SQLSTATE 40P01): two transactions waited for each other. Run the transaction again.
    #[error(
        "two transactions waited for each other, and PostgreSQL ended this one; run this transaction again"
    )]
    Deadlock(#[source] sqlx::Error),
    /// The statement took longer than its timeout, or was cancelled (SQLSTATE 57014).
    #[error(
        "the statement took longer than its timeout; let it do less, or raise `.statement_timeout(..)`"
    )]
    StatementTimeout(#[source] sqlx::Error),
    /// A lock was not available in time (SQLSTATE 55P03).
    #[error("could not get a lock in time; try again, or raise `lock_timeout`")]
    LockTimeout(#[source] sqlx::Error),
    /// All connections of the pool stayed in use until `acquire_timeout` ended.
    #[error("all {size} connections of the pool were in use for {} s; raise `.pool_size(..)` or `.acquire_timeout(..)`, or hold transactions for less time", waited.as_secs_f32())]
    PoolExhausted {
        /// The number of connections that the pool may have.
        size: usize,
        /// How long the statement waited.
        waited: Duration,
    },
    /// No connection could be made.
    #[error("could not connect to the server")]
    Connect(#[source] sqlx::Error),
    /// A pooler is in front of the server, and [`DbBuilder::statements`](crate::scope::DbBuilder::statements) was not
    /// called.
    #[error(
        "the pooler in front of the server can mix up the prepared statements of its clients; add `.statements(Statements::Unnamed)` to `Db::builder(..)`, or `.statements(Statements::Named)` if the pooler keeps the statements of each client apart"
    )]
    Pooler(#[source] Option<sqlx::Error>),
    /// The connection was lost. Whether the statement took effect is not known.
    #[error(
        "the connection to the server was lost; whether the statement took effect is not known"
    )]
    ConnectionLost(#[source] sqlx::Error),
    /// The connection knew a type or a table that was recreated in the meantime. Nothing of the statement took place,
    /// and the connection is closed. Run the transaction again.
    #[error(
        "the database's schema changed after the connection read it, so the statement had no effect; run the transaction again"
    )]
    SchemaChanged(#[source] sqlx::Error),
    /// A statement of the transaction failed before, so nothing of the transaction is kept.
    #[error(
        "an earlier statement of this transaction failed, so PostgreSQL rolls the transaction back; return that error, or run statements that may fail in `tx.savepoint(..)`"
    )]
    Aborted,
    /// The login, the role, the tables, the views or the server cannot keep owners apart. `connect` refuses them.
    #[error(transparent)]
    Unsafe(#[from] Refusal),
    /// The database lacks objects of the schema: it is not migrated, or a name leads elsewhere. `connect` refuses it.
    #[error(transparent)]
    Outdated(#[from] Outdated),
    /// `Db::setup` could not set up the schema.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// Unscoped work needs an administrator, and `.admin_url(..)` was not called.
    #[error("unscoped work needs an administrator; add `.admin_url(..)` to `Db::builder`")]
    NoAdmin,
    /// The cursor cannot be used for this page.
    #[error(transparent)]
    Cursor(#[from] CursorError),
    /// A value cannot be sent: PostgreSQL has no such value.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A value cannot be read into its field.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The statement is not possible in this form. The message says what to write instead.
    #[error("{0}")]
    Statement(&'static str),
    /// The server refused a value (class 22 of SQLSTATE).
    ///
    /// Examples: an invalid pattern, a text too long for its column, a number out of range, a division by zero. The
    /// value usually comes from a user's input.
    #[error("the database refused a value: {}", server_message::message(.0))]
    Value(#[source] sqlx::Error),
    /// No key of the table has the columns of an `on_conflict`, so PostgreSQL cannot detect a conflict by them.
    #[error(
        "`{table}` has no key over {} that detects a conflict; give {}",
        columns_of(columns),
        keys_of(keys)
    )]
    NoKey {
        /// The table.
        table: &'static str,
        /// The columns of the `on_conflict`.
        columns: Vec<String>,
        /// The columns of each key and unique index that can be used, without the scope column.
        keys: Vec<Vec<String>>,
    },
    /// The database URL or one of its options is invalid.
    #[error("the database URL or one of its options is invalid; correct it")]
    Url(#[source] sqlx::Error),
    /// Any other error of the server or of sqlx.
    #[error("the database refused the statement: {}", server_message::message(.0))]
    Database(#[source] sqlx::Error),
}

impl Error {
    /// The same error, with the server's error as its cause.
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

    /// The server's error that caused this error, as sqlx represents it. `None` if the server did not cause it.
    pub fn as_database_error(&self) -> Option<&dyn DatabaseError> {
        self.of_sqlx()?.as_database_error()
    }

    /// The error of sqlx that caused this error.
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
    ///
    /// `None` if the server did not cause the error.
    pub fn code(&self) -> Option<Cow<'_, str>> {
        self.as_database_error()?.code()
    }

    /// The name of the constraint or unique index that the statement violates, if the error is about one.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Unique { constraint, .. }
            | Self::ForeignKey { constraint, .. }
            | Self::Check { constraint, .. }
            | Self::Exclusion { constraint, .. } => Some(constraint),
            _ => self.as_database_error()?.constraint(),
        }
    }

    /// The name of the table that the error is about, if it is known.
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

    /// Whether running the transaction again may succeed.
    ///
    /// That is so after a serialization failure, a deadlock, or a change of the schema during the transaction.
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
        return "the table a key or a unique index over them".to_owned();
    }
    let keys: Vec<_> = keys.iter().map(|columns| columns_of(columns)).collect();
    format!(
        "the columns of a key that is not deferrable: {}",
        keys.join("; or ")
    )
}
