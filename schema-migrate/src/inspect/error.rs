use freehold_schema_core::error::without_source_line;

/// The error of an inspection.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// The connection is inside a transaction, which may see uncommitted changes.
    #[error(
        "the connection is inside a transaction already; inspect after its `COMMIT`, or on another connection"
    )]
    InTransaction,
    /// The transaction in which everything is read did not begin or did not end.
    #[error("the transaction that reads the database failed")]
    Transaction(#[source] sqlx::Error),
    /// The server is too old.
    #[error("PostgreSQL {0} is not supported; inspect a server of version 12 or later")]
    Server(String),
    /// The objects of one kind could not be read.
    #[error("could not read the {what} of the database")]
    Read {
        /// The kind of object, in the plural.
        what: &'static str,
        /// The error of the database.
        source: sqlx::Error,
    },
}

impl InspectError {
    /// The error for objects of one kind that could not be read.
    pub(super) fn read(what: &'static str, source: sqlx::Error) -> Self {
        Self::Read {
            what,
            source: without_source_line(source),
        }
    }
}
