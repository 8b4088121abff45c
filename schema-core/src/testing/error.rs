use super::leak::Leak;
use crate::error::Error;
use crate::ir::SchemaError;

/// Why a test could not be prepared, or what it found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TestingError {
    /// An error of the database.
    #[error(transparent)]
    Database(#[from] Error),
    /// The schema breaks a rule.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// No valid row was found.
    #[error(
        "found no valid row for `{table}`: {reason}; set the values that its checks require with `Factory::value`"
    )]
    NoRow {
        /// The table.
        table: &'static str,
        /// The database's error for the last row that was tried.
        reason: String,
    },
    /// The owner key has a type for which no two keys can be made.
    #[error(
        "cannot make keys of two owners for `{table}`: its key has the type `{sql_type}`, expected `uuid`, an integer or a text"
    )]
    NoOwner {
        /// The owners' table.
        table: &'static str,
        /// The type of its key.
        sql_type: String,
    },
    /// The result of one owner's statement depends on another owner's rows.
    #[error("{0}")]
    Leak(Box<Leak>),
}

impl From<sqlx::Error> for TestingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Error::of_statement(error, &[]))
    }
}
