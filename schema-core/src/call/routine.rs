use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};

use crate::error::{EncodeError, Error, ReadError};
use crate::model::Routine;
use crate::query::{Executor, Running, Statement};

/// A function or a procedure that can be called.
///
/// `#[derive(Function)]` and `#[derive(Procedure)]` implement it, except for trigger functions, which only triggers
/// call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be called",
    label = "neither a function nor a procedure that can be called",
    note = "add `#[derive(Function)]` or `#[derive(Procedure)]` to `{Self}`; only triggers call a trigger function"
)]
pub trait Call: Routine + Sized {
    /// What the call returns: a value, a tuple of several, a `Vec` of either, or `()`.
    type Output;

    /// The SQL of the call, with a parameter for each argument: `SELECT app.total($1::bigint)`.
    fn statement() -> &'static str;

    #[doc(hidden)]
    fn arguments(self) -> ArgumentsResult;

    #[doc(hidden)]
    fn read(rows: &[PgRow]) -> sqlx::Result<Self::Output>;

    /// Calls the routine, as one statement of `executor`. The fields are bound as parameters, in their order.
    ///
    /// ```sql
    /// SELECT app.total($1::bigint)
    /// ```
    ///
    /// Row-level security confines the call to the rows of the scope, as it confines raw SQL.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the executor is a scope and nothing confines the routine: the schema's isolation is
    /// `predicate`, or `Db::builder` did not get the schema. Otherwise the errors of a statement.
    fn call<E: Executor>(self, executor: &E) -> Running<'_, Self::Output>
    where
        Self::Output: Send,
    {
        let encoded = self.arguments();
        Box::pin(async move {
            let mut rows = Vec::new();
            let mut on_row = |row: PgRow| {
                rows.push(row);
                Ok(())
            };
            let arguments = encoded.map_err(|source| EncodeError::new(None, source))?;
            let statement = Statement::raw(Self::statement().to_owned(), arguments);
            executor.run(statement, &mut on_row).await?;
            Self::read(&rows).map_err(reading_failed)
        })
    }
}

/// The error if the values that a routine returned could not be read.
fn reading_failed(error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::RowNotFound => Error::NoRow,
        sqlx::Error::ColumnDecode { index, source } => {
            ReadError::new(index.parse().unwrap_or_default(), source).into()
        }
        other => ReadError::new(0, other.into()).into(),
    }
}

/// The arguments, or why one of them could not be encoded.
pub type ArgumentsResult = Result<PgArguments, BoxDynError>;

/// The rows of a function that returns several.
pub type Rows<Row> = Vec<Row>;

/// Reads the only row.
pub fn one<Row>(
    rows: &[PgRow],
    read: impl FnMut(&PgRow) -> sqlx::Result<Row>,
) -> sqlx::Result<Row> {
    rows.first().map_or(Err(sqlx::Error::RowNotFound), read)
}

/// Reads every row.
pub fn many<Row>(
    rows: &[PgRow],
    read: impl FnMut(&PgRow) -> sqlx::Result<Row>,
) -> sqlx::Result<Rows<Row>> {
    rows.iter().map(read).collect()
}
