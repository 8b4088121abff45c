//! The text of a server's error. sqlx adds a line of PostgreSQL's own source code to it, which is confusing beside a
//! line of a migration. This module leaves it out.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgDatabaseError;

/// The same error, whose text leaves out the line of PostgreSQL's source code.
pub fn without_source_line(error: sqlx::Error) -> sqlx::Error {
    let sqlx::Error::Database(error) = error else {
        return error;
    };
    sqlx::Error::Database(match error.try_downcast::<PgDatabaseError>() {
        Ok(error) => Box::new(ServerError(error)),
        Err(other) => other,
    })
}

/// The message of the server with its hint. For any other error, its own text.
pub(super) fn message(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error
            .try_downcast_ref::<PgDatabaseError>()
            .map_or_else(|| error.to_string(), with_hint),
        other => other.to_string(),
    }
}

// The detail is left out because it contains values of rows.
fn with_hint(error: &PgDatabaseError) -> String {
    match error.hint() {
        Some(hint) => format!("{} ({hint})", error.message()),
        None => error.message().to_owned(),
    }
}

/// An error of the server. sqlx sees the error within it.
#[derive(Debug)]
struct ServerError(Box<PgDatabaseError>);

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_hint(&self.0))
    }
}

impl StdError for ServerError {}

impl DatabaseError for ServerError {
    fn message(&self) -> &str {
        self.0.message()
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.0.code().into())
    }

    fn constraint(&self) -> Option<&str> {
        self.0.constraint()
    }

    fn table(&self) -> Option<&str> {
        self.0.table()
    }

    fn is_transient_in_connect_phase(&self) -> bool {
        self.0.is_transient_in_connect_phase()
    }

    fn kind(&self) -> ErrorKind {
        self.0.kind()
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &*self.0
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        &mut *self.0
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self.0
    }
}
