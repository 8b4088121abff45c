//! Maps the errors of sqlx to [`Error`], by SQLSTATE (PostgreSQL manual, appendix A).

use sqlx::postgres::{PgDatabaseError, PgSeverity};

use super::constraint;
use crate::error::{Error, without_source_line};
use crate::query::Meta;

impl Error {
    /// The error of a statement over these tables.
    pub(crate) fn of_statement(error: sqlx::Error, tables: &[&'static Meta]) -> Self {
        let error = without_source_line(error);
        match &error {
            sqlx::Error::Database(database) => {
                match database.try_downcast_ref::<PgDatabaseError>() {
                    Some(database) => match of_sqlstate(database, tables) {
                        Ok(violation) => violation.caused_by(error),
                        Err(kind) => kind.with(error),
                    },
                    None => Self::Database(error),
                }
            }
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => {
                Self::ConnectionLost(error)
            }
            sqlx::Error::WorkerCrashed => Self::ConnectionLost(error),
            _ => Self::Database(error),
        }
    }

    /// Whether the error comes from an old version of the schema that the connection remembers.
    pub(crate) fn staleness(&self) -> Staleness {
        match self {
            Self::SchemaChanged(_) => Staleness::Certain,
            Self::Database(sqlx::Error::Database(cause)) => match cause.code().as_deref() {
                Some(code) if OF_TYPES.contains(&code) => Staleness::Possible,
                _ => Staleness::None,
            },
            _ => Staleness::None,
        }
    }

    /// Whether the server forgot the unnamed statement between its two halves, and so did nothing.
    pub(crate) fn is_of_lost_statement(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(cause)) => {
                cause.code().as_deref() == Some("26000")
            }
            _ => false,
        }
    }

    /// Whether the connection cannot be used any more.
    pub(crate) fn ends_connection(&self) -> bool {
        matches!(self, Self::ConnectionLost(_))
    }
}

/// Whether an error comes from what a connection remembers: the plans of its prepared statements, and the OIDs of
/// types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Staleness {
    None,
    /// A new connection may have the same error. Then the statement is wrong.
    Possible,
    Certain,
}

/// The codes if a parameter's type was recreated under its name. A wrong statement can cause them too.
const OF_TYPES: [&str; 4] = [
    "42704", // the type is not there
    "42804", // a column is of another type
    "42846", // there is no cast from it
    "42883", // there is no such operator or function
];

/// How messages begin if an OID is no longer in the catalog. The server does not translate its internal errors.
const OF_NUMBERS: [&str; 2] = [
    "cache lookup failed for ",
    "could not open relation with OID ",
];

/// Whether an internal error, or one of a plan, comes from a schema that changed in the meantime.
fn is_of_changed_schema(error: &PgDatabaseError) -> bool {
    match error.code() {
        // `cached plan must not change result type`
        "0A000" => error.routine() == Some("RevalidateCachedQuery"),
        "XX000" => OF_NUMBERS
            .iter()
            .any(|beginning| error.message().starts_with(beginning)),
        _ => false,
    }
}

/// The kinds of errors that keep sqlx's error as their cause.
enum Kind {
    SchemaChanged,
    NotPermitted,
    Serialization,
    Deadlock,
    StatementTimeout,
    LockTimeout,
    ConnectionLost,
    Value,
    Other,
}

impl Kind {
    fn with(self, error: sqlx::Error) -> Error {
        match self {
            Self::SchemaChanged => Error::SchemaChanged(error),
            Self::NotPermitted => Error::NotPermitted(error),
            Self::Serialization => Error::Serialization(error),
            Self::Deadlock => Error::Deadlock(error),
            Self::StatementTimeout => Error::StatementTimeout(error),
            Self::LockTimeout => Error::LockTimeout(error),
            Self::ConnectionLost => Error::ConnectionLost(error),
            Self::Value => Error::Value(error),
            Self::Other => Error::Database(error),
        }
    }
}

fn of_sqlstate(error: &PgDatabaseError, tables: &[&'static Meta]) -> Result<Error, Kind> {
    let kind = match error.code() {
        code if code.starts_with("23") => return Ok(constraint::violation(error, tables)),
        code if code.starts_with("22") => Kind::Value,
        "42501" => Kind::NotPermitted,
        "40001" => Kind::Serialization,
        "40P01" => Kind::Deadlock,
        "57014" => Kind::StatementTimeout,
        "55P03" => Kind::LockTimeout,
        "25P02" => return Ok(Error::Aborted),
        // The server shuts down, crashed, or ended an idle session.
        "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => Kind::ConnectionLost,
        _ if error.severity() == PgSeverity::Fatal => Kind::ConnectionLost,
        _ if is_of_changed_schema(error) => Kind::SchemaChanged,
        _ => Kind::Other,
    };
    Err(kind)
}
