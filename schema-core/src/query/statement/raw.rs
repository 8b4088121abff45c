use std::sync::Arc;

use futures_util::stream::{BoxStream, StreamExt as _};
use sqlx::postgres::PgRow;
use sqlx::{Column as _, Row as _};

use crate::error::Error;
use crate::query::argument::{Argument, value};
use crate::query::executor::{Executor, Statement};
use crate::query::relation::Relation;
use crate::query::visibility::Visibility;
use crate::query::writer::Writer;
use crate::sql::first_word;
use crate::wire::{ColumnValue, ReadError, RowReader};

/// Raw SQL, run with the identity of its executor. `scope.sql(text)` begins one.
///
/// Row-level security limits it to the rows of the scope. Values are bound to `$1`, `$2` and so on. Never build the
/// text from input: a transaction-local setting holds the owner, and injected SQL can change that setting.
///
/// ```text
/// let query = scope.sql("SELECT id, title FROM tasks WHERE done = $1").bind(false);
/// let rows: Vec<(i64, String)> = query.fetch_all().await?;
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct Sql<'e, E> {
    executor: &'e E,
    text: &'e str,
    arguments: Vec<Arc<dyn Argument>>,
}

impl<E> Sql<'_, E> {
    pub(in crate::query) fn text(&self) -> &str {
        self.text
    }
}

impl<'e, E: Executor> Sql<'e, E> {
    pub(crate) fn new(executor: &'e E, text: &'e str) -> Self {
        Self {
            executor,
            text,
            arguments: Vec::new(),
        }
    }

    /// Binds a value to the next parameter: the first call to `$1`.
    pub fn bind<V: ColumnValue + 'static>(mut self, of: V) -> Self {
        self.arguments.push(value(of));
        self
    }

    /// Runs the SQL, and returns all rows.
    ///
    /// A row is read into a tuple, by the order of the columns, or into the struct of a table or a view, by their
    /// names.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the text does not begin like a statement over rows, or if nothing would limit it to the
    /// scope. [`Error::Read`] if a row cannot be read into `R`.
    pub async fn fetch_all<R: FromRow>(self) -> Result<Vec<R>, Error> {
        let executor = self.executor;
        let statement = self.statement()?;
        let mut rows = Vec::new();
        let mut reader = Reader::default();
        let mut on_row = |row: PgRow| {
            rows.push(reader.read(&row)?);
            Ok(())
        };
        executor.run(statement, &mut on_row).await?;
        Ok(rows)
    }

    /// Runs the SQL, and reads the first row.
    ///
    /// # Errors
    ///
    /// [`Error::NoRow`] if there is no row, and those of [`fetch_all`](Self::fetch_all).
    pub async fn fetch_one<R: FromRow>(self) -> Result<R, Error> {
        self.fetch_optional().await?.ok_or(Error::NoRow)
    }

    /// Runs the SQL, and reads the first row, or `None` if there is no row.
    ///
    /// # Errors
    ///
    /// Those of [`fetch_all`](Self::fetch_all).
    pub async fn fetch_optional<R: FromRow>(self) -> Result<Option<R>, Error> {
        Ok(self.fetch_all().await?.into_iter().next())
    }

    /// Runs the SQL, and reads the rows as a stream: only the current row is in memory.
    ///
    /// The stream holds a connection until it is dropped. If it is dropped before its end, the connection is closed.
    pub fn fetch<R: FromRow + 'e>(self) -> BoxStream<'e, Result<R, Error>> {
        let executor = self.executor;
        let statement = self.statement();
        Box::pin(async_stream::try_stream! {
            let mut rows = executor.stream(statement?);
            let mut reader = Reader::default();
            while let Some(row) = rows.next().await {
                yield reader.read(&row?)?;
            }
        })
    }

    /// Runs the SQL. Returns the number of rows changed.
    ///
    /// # Errors
    ///
    /// Those of [`fetch_all`](Self::fetch_all).
    pub async fn execute(self) -> Result<u64, Error> {
        let executor = self.executor;
        let statement = self.statement()?;
        executor.run(statement, &mut |_| Ok(())).await
    }

    fn statement(self) -> Result<Statement, Error> {
        if !is_over_rows(self.text) {
            return Err(Error::Statement(
                "this is not a statement over rows; write `SELECT`, `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `WITH`, `VALUES`, `TABLE`, `CALL` or `EXPLAIN`. Use `transaction(..)` to begin and end transactions; raw SQL cannot change the owner",
            ));
        }
        let mut writer = Writer::new(Visibility::AllOwners);
        writer.push(self.text);
        writer.arguments_of(&self.arguments);
        let (text, arguments) = writer.finish()?;
        Ok(Statement::raw(text, arguments))
    }
}

/// The first words of statements over rows. Other statements may end the transaction or change its owner.
const BEGINNINGS: [&str; 10] = [
    "select", "insert", "update", "delete", "merge", "with", "values", "table", "call", "explain",
];

/// Whether the SQL begins with one of these words, after comments and parentheses. The server runs one statement at a
/// time.
fn is_over_rows(text: &str) -> bool {
    first_word(text).is_some_and(|word| BEGINNINGS.contains(&word.as_str()))
}

/// The type that a row of raw SQL is read into.
///
/// It is a tuple, by the order of the columns, or the struct of a table or a view, by their names.
#[diagnostic::on_unimplemented(
    message = "a row cannot be read into `{Self}`",
    label = "neither a table nor a tuple of values",
    note = "give a struct with `#[derive(Table)]` or `#[derive(View)]`, or a tuple such as `(i64, String)`; for a single value `(i64,)`"
)]
pub trait FromRow: Sized + Send {
    /// The names of the columns, if they are found by name.
    #[doc(hidden)]
    fn columns() -> Option<Vec<&'static str>>;

    /// Reads a row.
    #[doc(hidden)]
    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError>;
}

impl<T: Relation> FromRow for T {
    fn columns() -> Option<Vec<&'static str>> {
        Some(T::meta().column_names())
    }

    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError> {
        <T as Relation>::read(cells)
    }
}

macro_rules! from_cells {
    ($($name:ident)*) => {
        impl<$($name: ColumnValue),*> FromRow for ($($name,)*) {
            fn columns() -> Option<Vec<&'static str>> {
                None
            }

            fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError> {
                Ok(($(cells.read::<$name>()?,)*))
            }
        }
    };
}

from_cells!(A);
from_cells!(A B);
from_cells!(A B C);
from_cells!(A B C D);
from_cells!(A B C D E);
from_cells!(A B C D E F);
from_cells!(A B C D E F G);
from_cells!(A B C D E F G H);

/// Reads the rows of one result. It looks up the columns and checks their types only in the first row.
#[derive(Default)]
struct Reader {
    is_behind_first: bool,
    places: Option<Vec<usize>>,
}

impl Reader {
    fn read<R: FromRow>(&mut self, row: &PgRow) -> Result<R, Error> {
        let is_first = !std::mem::replace(&mut self.is_behind_first, true);
        if is_first {
            let names = R::columns();
            self.places = names.map(|names| places_of(row, &names)).transpose()?;
        }
        let mut cells = RowReader::new(row, is_first).at(self.places.as_deref());
        Ok(R::read(&mut cells)?)
    }
}

/// The positions of the columns with these names in a row.
fn places_of(row: &PgRow, names: &[&str]) -> Result<Vec<usize>, Error> {
    let place = |name: &&str| {
        let mut columns = row.columns().iter();
        columns
            .position(|column| column.name() == *name)
            .ok_or_else(|| ReadError::missing(name).into())
    };
    names.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_over_rows_are_recognised_by_their_first_word() {
        for text in [
            "SELECT 1",
            "  -- why\n /* and */ with x as (select 1) select * from x",
            "(select 1) union (select 2)",
            "Insert into t default values",
        ] {
            assert!(is_over_rows(text), "{text}");
        }
    }

    #[test]
    fn other_statements_are_not_statements_over_rows() {
        for text in [
            "commit",
            "SET LOCAL app.user_id = 'b'",
            "reset role",
            "/* select */ rollback",
            "/* /* */ select */ commit",
            "-- select",
            "do $$ begin end $$",
            "selection",
            "",
        ] {
            assert!(!is_over_rows(text), "{text}");
        }
    }
}
