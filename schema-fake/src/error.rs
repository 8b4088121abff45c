use freehold_schema_core::SchemaError;

use crate::value::Date;

/// Why a database could not be filled. Nothing was written: all rows are in one transaction.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FakeError {
    /// The structs give no schema.
    #[error("the schema is not valid")]
    Schema(#[from] SchemaError),
    /// A table was named that the schema does not have.
    #[error("the schema has no table `{0}`; give the name that it has in the database")]
    UnknownTable(String),
    /// The day of the latest row is before 1970-01-01.
    #[error("rows cannot end on `{0}`; give a day from 1970-01-01 to today")]
    TooEarly(
        /// The day.
        Date,
    ),
    /// The day of the latest row is in the future, by the clock of the server.
    #[error(
        "`{0}` is in the future, and checks against `now()` would fail; give a day from 1970-01-01 to today"
    )]
    InFuture(
        /// The day.
        Date,
    ),
    /// The number of rows was given twice for one table.
    #[error("the rows of `{0}` are given twice; give one number")]
    Twice(
        /// The table.
        String,
    ),
    /// The number of rows was given for the table of owners.
    #[error(
        "`{0}` is the table of owners; give its number of rows with `--owners` (`Fakes::owners`)"
    )]
    TableOfOwners(
        /// The table.
        String,
    ),
    /// A number of owners was given for a schema in which no row has an owner.
    #[error("no table of the schema has rows with owners; leave out `--owners` (`Fakes::owners`)")]
    NothingOwned,
    /// A table whose rows have owners should get rows, and there are 0 owners.
    #[error(
        "each row of `{0}` needs an owner, and there are 0 owners; give their number with `--owners` (`Fakes::owners`)"
    )]
    NoOwners(
        /// The table.
        String,
    ),
    /// A column was named that the table does not have, or that PostgreSQL generates.
    #[error(
        "`{table}` has no column `{column}` that rows can set; give the name that it has in the database"
    )]
    UnknownColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// No order of the tables satisfies the references.
    #[error(
        "the references `{}` form a cycle in which each row needs another one first; make one of them nullable or \
         `deferrable`",
        .0.join("`, `")
    )]
    Cycle(
        /// The foreign keys of the cycle.
        Vec<String>,
    ),
    /// There are fewer different keys than rows.
    #[error(
        "`{table}` can have at most {most} rows because of `{constraint}`, but {rows} are wanted; ask for fewer rows of `{table}`"
    )]
    TooManyRows {
        /// The table.
        table: String,
        /// The constraint that limits the rows.
        constraint: String,
        /// The number of rows that were asked for.
        rows: u64,
        /// The largest possible number.
        most: u64,
    },
    /// A type that no generator is known for.
    #[error(
        "no values are known for `{table}.{column}` of type `{sql_type}`; give a generator with `Fakes::column`"
    )]
    UnknownType {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// The type, as it was written.
        sql_type: String,
    },
    /// Two constraints demand different things of the same columns.
    #[error(
        "`{constraint}` of `{table}` shares columns with another constraint in a way that is not supported; give a generator for one of them with `Fakes::column`, or ask for 0 rows of `{table}`"
    )]
    Overlap {
        /// The table.
        table: String,
        /// The constraint.
        constraint: String,
    },
    /// No row was found that passes a check.
    #[error(
        "no row of `{table}` was found that passes `{constraint}`; give a generator for its columns with `Fakes::column`"
    )]
    Unsatisfied {
        /// The table.
        table: String,
        /// The check.
        constraint: String,
    },
    /// PostgreSQL refused a few rows that were tried before all rows are written.
    #[error(
        "rows of `{table}` violate `{constraint}`, which is not understood; give a generator for its columns with `Fakes::column`"
    )]
    Refused {
        /// The table.
        table: String,
        /// The constraint.
        constraint: String,
        /// PostgreSQL's error.
        source: sqlx::Error,
    },
    /// PostgreSQL refuses `COPY` into a table for a role that row-level security applies to.
    #[error(
        "the role `{role}` is under row-level security on `{table}`, so PostgreSQL refuses `COPY`; connect as a role with `BYPASSRLS`, such as the schema's `admin`, or as a superuser"
    )]
    RowSecurity {
        /// The role of the connection.
        role: String,
        /// The table.
        table: String,
    },
    /// A table has rows already. New rows could have the same keys.
    #[error("`{0}` already has rows; empty it, use another database, or ask for 0 rows of it")]
    NotEmpty(
        /// The table.
        String,
    ),
    /// PostgreSQL refused the rows of a table.
    #[error("the rows of `{table}` could not be written{}", constraint.as_ref().map_or(String::new(), |name| format!(": they violate `{name}`")))]
    Copy {
        /// The table.
        table: String,
        /// The violated constraint, if it is one.
        constraint: Option<String>,
        /// PostgreSQL's error.
        source: sqlx::Error,
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
