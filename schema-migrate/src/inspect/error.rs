use freehold_schema_core::error::said;

/// Why a database was not inspected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// The connection is inside a transaction, which may see what nobody else does.
    #[error(
        "the connection is inside a transaction already; inspect after its `COMMIT`, or by another connection"
    )]
    InTransaction,
    /// The transaction that everything is read in was not begun or not ended.
    #[error("the transaction that the database is read in failed")]
    Transaction(#[source] sqlx::Error),
    /// The server is older than any that is understood.
    #[error("PostgreSQL {0} is not understood; inspect a server of version 12 or later")]
    Server(String),
    /// One kind of object could not be read.
    #[error("the {what} of the database could not be read")]
    Read {
        /// The kind of object, in the plural.
        what: &'static str,
        /// What the database said.
        source: sqlx::Error,
    },
}

impl InspectError {
    /// One kind of object could not be read.
    pub(super) fn read(what: &'static str, source: sqlx::Error) -> Self {
        Self::Read {
            what,
            source: said(source),
        }
    }
}
