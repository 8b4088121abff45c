use crate::ir::SchemaError;

/// Why a schema was not set up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The schema breaks a rule.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// Some tables are there and some are not.
    #[error(
        "the table `{there}` is there already and `{missing}` is not; migrate the database, or take an empty one"
    )]
    Partial {
        /// A table that is there.
        there: String,
        /// A table that is not.
        missing: String,
    },
}
