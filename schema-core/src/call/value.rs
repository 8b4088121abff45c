use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::{Arguments as _, ColumnIndex, Decode, Encode, Row as _, Type};

use super::routine::ArgumentsResult;
use crate::wire::{ColumnValue, FromSqlx};

/// A value that sqlx can send, as one trait.
#[diagnostic::on_unimplemented(
    message = "sqlx cannot send `{Self}` to PostgreSQL",
    label = "not a type that sqlx knows",
    note = "sqlx knows some types only with a feature of this crate, such as `ipnetwork`; if you need only the DDL, turn the feature `postgres` off"
)]
pub trait SqlxArgument: Sized {
    /// Appends the value to the arguments.
    fn send(self, arguments: PgArguments) -> ArgumentsResult;
}

#[diagnostic::do_not_recommend]
impl<T> SqlxArgument for T
where
    T: Type<Postgres> + for<'q> Encode<'q, Postgres>,
{
    fn send(self, mut arguments: PgArguments) -> ArgumentsResult {
        arguments.add(self)?;
        Ok(arguments)
    }
}

/// A value that sqlx can read, as one trait.
#[diagnostic::on_unimplemented(
    message = "sqlx cannot read `{Self}` from PostgreSQL",
    label = "not a type that sqlx knows",
    note = "sqlx knows some types only with a feature of this crate, such as `ipnetwork`; if you need only the DDL, turn the feature `postgres` off"
)]
pub trait SqlxColumn: Sized {
    /// Reads the value from a column of the row, by name or by position.
    fn read(row: &PgRow, column: impl ColumnIndex<PgRow>) -> sqlx::Result<Self>;
}

#[diagnostic::do_not_recommend]
impl<T> SqlxColumn for T
where
    // This excludes types that only Freehold's own statements can read, with a cast.
    T: ColumnValue + Type<Postgres> + for<'r> Decode<'r, Postgres>,
{
    fn read(row: &PgRow, column: impl ColumnIndex<PgRow>) -> sqlx::Result<Self> {
        row.try_get::<FromSqlx<T>, _>(column)
            .map(|FromSqlx(value)| value)
    }
}
