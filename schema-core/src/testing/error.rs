use super::leak::Leak;
use crate::error::Error;
use crate::ir::SchemaError;

/// Why a test could not be prepared, or what it found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TestingError {
    /// The database.
    #[error(transparent)]
    Database(#[from] Error),
    /// The schema breaks a rule.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// No valid row was found.
    #[error(
        "no valid row of `{table}` was found: {reason}; give the values that its checks want with `Factory::value`"
    )]
    NoRow {
        /// The table.
        table: &'static str,
        /// What the database said of the last one that was tried.
        reason: String,
    },
    /// The type of the owners' keys is none that two of can be made.
    #[error(
        "no two owners can be made of `{table}`: its key is `{sql_type}`; an owner's key is a `uuid`, an integer or a text"
    )]
    NoOwner {
        /// The owners' table.
        table: &'static str,
        /// The type of its key.
        sql_type: String,
    },
    /// A statement of one owner depends on another's rows.
    #[error("{0}")]
    Leak(Box<Leak>),
}

impl From<sqlx::Error> for TestingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Error::of_statement(error, &[]))
    }
}
