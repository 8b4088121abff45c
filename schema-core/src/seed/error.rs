use crate::error::Error;
use crate::ir::SchemaError;

/// Why the rows of a seed could not be written. Nothing was written: all rows are in one transaction.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The structs give no schema.
    #[error("the schema is not valid")]
    Schema(#[from] SchemaError),
    /// The seed has rows of a table that its schema does not have.
    #[error("the schema has no table `{0}`; add its struct to `schema!`, or leave out its rows")]
    UnknownTable(
        /// The table.
        String,
    ),
    /// No order of the tables satisfies the references.
    #[error(
        "the references `{}` form a cycle in which each row needs another one first; make one of them nullable or \
         `deferrable`, or name another key with `by`",
        .0.join("`, `")
    )]
    Cycle(
        /// The foreign keys of the cycle.
        Vec<String>,
    ),
    /// The row sets no key that finds it again.
    #[error(
        "row {row} of `{table}` sets no key by which a second run finds it; set the primary key, or name a unique key \
         with `by`"
    )]
    NoKey {
        /// The table.
        table: String,
        /// The number of the row among those of its table, from 1.
        row: usize,
    },
    /// The row sets several unique keys, and not the primary key.
    #[error(
        "row {row} of `{table}` sets several unique keys; name the one by which a second run finds it with `by`"
    )]
    SeveralKeys {
        /// The table.
        table: String,
        /// The number of the row among those of its table, from 1.
        row: usize,
    },
    /// Two rows of the seed have the same key.
    #[error("rows {first} and {row} of `{table}` have the same key ({key}); leave one out")]
    Twice {
        /// The table.
        table: String,
        /// The number of the first row.
        first: usize,
        /// The number of the second row.
        row: usize,
        /// The key, as SQL.
        key: String,
    },
    /// A row could not be written.
    #[error("row {row} of `{table}` ({key}) could not be written")]
    Row {
        /// The table.
        table: String,
        /// The number of the row among those of its table, from 1.
        row: usize,
        /// The key, as SQL.
        key: String,
        /// The error of the statement.
        source: Box<Error>,
    },
    /// Row-level security applies to the role.
    #[error(
        "the role `{role}` is under row-level security on `{table}`, which may hide rows; connect as a role with \
         `BYPASSRLS`, such as the schema's `admin`, or as a superuser"
    )]
    RowSecurity {
        /// The role of the connection.
        role: String,
        /// The table.
        table: String,
    },
    /// Another statement failed.
    #[error("could not {doing}")]
    Server {
        /// What the statement does.
        doing: &'static str,
        /// The error of the statement.
        source: sqlx::Error,
    },
}
