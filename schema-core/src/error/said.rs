//! What the server said. Behind its message sqlx writes a line of PostgreSQL's own source code, which helps nobody who reads it beside a
//! line of a migration; here it is left out.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::PgDatabaseError;

/// The same error, which shows itself without that line.
pub fn said(error: sqlx::Error) -> sqlx::Error {
    let sqlx::Error::Database(error) = error else {
        return error;
    };
    sqlx::Error::Database(match error.try_downcast::<PgDatabaseError>() {
        Ok(error) => Box::new(Said(error)),
        Err(other) => other,
    })
}

/// The message of the server, with what it advises; of another error the error itself.
pub(super) fn message(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error
            .try_downcast_ref::<PgDatabaseError>()
            .map_or_else(|| error.to_string(), with_hint),
        other => other.to_string(),
    }
}

// The detail is left out: it holds the values of rows.
fn with_hint(error: &PgDatabaseError) -> String {
    match error.hint() {
        Some(hint) => format!("{} ({hint})", error.message()),
        None => error.message().to_owned(),
    }
}

/// An error of the server. To sqlx it is the one within.
#[derive(Debug)]
struct Said(Box<PgDatabaseError>);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_hint(&self.0))
    }
}

impl StdError for Said {}

impl DatabaseError for Said {
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
