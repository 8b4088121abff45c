use crate::ir::SchemaError;

/// Why `Db::setup` did not set up a schema.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The schema breaks a rule.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// Some tables of the schema exist and some do not.
    #[error(
        "the table `{there}` exists and `{missing}` does not; migrate the database, or use an empty one"
    )]
    Partial {
        /// A table that exists.
        there: String,
        /// A table that does not exist.
        missing: String,
    },
}
