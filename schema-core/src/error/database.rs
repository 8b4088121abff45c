//! What sqlx says → what a caller can do about it, by the SQLSTATE (PostgreSQL manual, appendix A).

use sqlx::postgres::{PgDatabaseError, PgSeverity};

use super::said::said;
use super::{Error, constraint};
use crate::query::Meta;

impl Error {
    /// The error of a statement over these tables.
    pub(crate) fn of_statement(error: sqlx::Error, tables: &[&'static Meta]) -> Self {
        let error = said(error);
        match &error {
            sqlx::Error::Database(database) => {
                match database.try_downcast_ref::<PgDatabaseError>() {
                    Some(database) => {
                        of_sqlstate(database, tables).unwrap_or_else(|kind| kind.with(error))
                    }
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

    /// Whether the connection can be used no more.
    pub(crate) fn ends_connection(&self) -> bool {
        matches!(self, Self::ConnectionLost(_))
    }
}

/// The kinds that keep the error as their cause.
enum Kind {
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
        _ => Kind::Other,
    };
    Err(kind)
}
