use std::future::Future;

use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::{Error, Executor, Result};

use crate::error::said;
use crate::model::Routine;

/// A function or a procedure that is called over sqlx. Made by `#[derive(Function)]` and `#[derive(Procedure)]`; a trigger
/// function is none, since only triggers call it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be called",
    label = "neither a function nor a procedure that can be called",
    note = "add `#[derive(Function)]` or `#[derive(Procedure)]` to `{Self}`; a trigger function is called by its triggers alone"
)]
pub trait Call: Routine + Sized {
    /// What it gives back: a value, a tuple of several, a `Vec` of either, or `()`.
    type Output;

    /// The SQL, with a parameter for each argument.
    fn statement() -> &'static str;

    #[doc(hidden)]
    fn arguments(self) -> ArgumentsResult;

    #[doc(hidden)]
    fn read(rows: &[PgRow]) -> Result<Self::Output>;

    /// Calls it. The fields are sent as parameters, in their order; they never stand in the SQL's text.
    fn call<'c, E>(self, executor: E) -> impl Future<Output = Result<Self::Output>> + Send
    where
        E: Executor<'c, Database = Postgres>,
    {
        let arguments = self.arguments().map_err(Error::Encode);
        async move {
            let query = sqlx::query_with(Self::statement(), arguments?);
            let rows = query.fetch_all(executor).await.map_err(said)?;
            Self::read(&rows)
        }
    }
}

/// The arguments, or why one of them could not be encoded.
pub type ArgumentsResult = std::result::Result<PgArguments, BoxDynError>;

/// The rows of a function that gives back several.
pub type Rows<Row> = Vec<Row>;

/// Reads the only row.
pub fn one<Row>(rows: &[PgRow], read: impl FnMut(&PgRow) -> Result<Row>) -> Result<Row> {
    rows.first().map_or(Err(Error::RowNotFound), read)
}

/// Reads every row.
pub fn many<Row>(rows: &[PgRow], read: impl FnMut(&PgRow) -> Result<Row>) -> Result<Rows<Row>> {
    rows.iter().map(read).collect()
}
