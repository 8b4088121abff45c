use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::{BoxStream, StreamExt as _};
use sqlx::postgres::{PgArguments, PgRow};

use super::meta::Meta;
use super::visibility::Visibility;
use super::writer::Writer;
use crate::error::Error;
use crate::wire::RowReader;

/// A finished statement with its arguments.
#[doc(hidden)]
pub struct Statement {
    /// Shared, so that it can be kept and sent again.
    pub(crate) text: Arc<String>,
    pub(crate) arguments: PgArguments,
    pub(crate) kind: Kind,
    /// The tables that it names. An error may name a constraint of one of them.
    pub(crate) tables: Tables,
}

impl Statement {
    /// A statement with raw SQL: the executor has to confine it to the scope.
    pub(crate) fn raw(text: String, arguments: PgArguments) -> Self {
        Self {
            text: Arc::new(text),
            arguments,
            kind: Kind::Raw,
            tables: Tables::Several(Vec::new()),
        }
    }

    /// A statement without parameters that returns no row.
    pub(crate) fn without_rows(text: String) -> Self {
        Self {
            text: Arc::new(text),
            arguments: PgArguments::default(),
            kind: Kind::Write,
            tables: Tables::Several(Vec::new()),
        }
    }

    /// The text, for `to_sql`.
    pub(crate) fn into_text(self) -> String {
        Arc::unwrap_or_clone(self.text)
    }
}

/// The tables of a statement. Most statements have one, which needs no list.
pub(crate) enum Tables {
    One([&'static Meta; 1]),
    Several(Vec<&'static Meta>),
}

impl From<&'static Meta> for Tables {
    fn from(table: &'static Meta) -> Self {
        Self::One([table])
    }
}

impl From<Vec<&'static Meta>> for Tables {
    fn from(tables: Vec<&'static Meta>) -> Self {
        Self::Several(tables)
    }
}

impl Deref for Tables {
    type Target = [&'static Meta];

    fn deref(&self) -> &[&'static Meta] {
        match self {
            Self::One(table) => table,
            Self::Several(tables) => tables,
        }
    }
}

/// Whether the effects of a statement have to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It only reads. Its transaction is rolled back, and the caller does not wait for that.
    Read,
    /// It writes: its transaction is committed.
    Write,
    /// Raw SQL: it may write, and it may have changed the session's owner.
    Raw,
}

/// The future of a statement that runs. If it is dropped, the statement is given up.
///
/// All executors return this one type. So an executor that may not run the statement causes a single error, at its
/// argument.
pub type Running<'e, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'e>>;

/// Called with each row of a result, in order.
pub(crate) type OnRow<'a> = dyn FnMut(PgRow) -> Result<(), Error> + Send + 'a;

/// What runs statements: the argument of `fetch_all`, `execute` and the other verbs.
///
/// It is a [`Scope`](crate::Scope), an [`Unscoped`](crate::Unscoped), a [`Transaction`](crate::Transaction) of either,
/// or, to read shared tables, a [`Db`](crate::Db).
pub trait Executor: Send + Sync + sealed::Sealed {
    /// Whose rows a statement may reach.
    #[doc(hidden)]
    fn visibility(&self) -> Visibility<'_>;

    /// Runs a statement. Returns how many rows it changed.
    #[doc(hidden)]
    fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> impl Future<Output = Result<u64, Error>> + Send + 'a;

    /// Runs a statement and returns its rows one by one.
    #[doc(hidden)]
    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>>;
}

/// Seals `Executor`: no other crate can name the trait.
pub(crate) mod sealed {
    /// Implemented for the executors of this crate.
    pub trait Sealed {}
}

/// Finishes the writer's statement.
pub(super) fn finish(
    writer: Writer<'_>,
    kind: Kind,
    tables: impl Into<Tables>,
) -> Result<Statement, Error> {
    let (text, arguments) = writer.finish()?;
    Ok(Statement {
        text: Arc::new(text),
        arguments,
        kind,
        tables: tables.into(),
    })
}

/// Runs a statement and reads its rows. The types of the columns are checked only in the first row.
pub(super) async fn collect<E: Executor, R: Send>(
    executor: &E,
    statement: Statement,
    read: impl Fn(&mut RowReader<'_>) -> Result<R, crate::ReadError> + Send + Sync,
) -> Result<Vec<R>, Error> {
    collect_where(executor, statement, read, false).await
}

/// Like `collect`; with `check_each` it checks the types in every row. The first row shows no types if a left-joined
/// table has no row in it.
pub(super) async fn collect_where<E: Executor, R: Send>(
    executor: &E,
    statement: Statement,
    read: impl Fn(&mut RowReader<'_>) -> Result<R, crate::ReadError> + Send + Sync,
    check_each: bool,
) -> Result<Vec<R>, Error> {
    let mut rows = Vec::new();
    let mut on_row = |row: PgRow| {
        let check_types = check_each || rows.is_empty();
        rows.push(read(&mut RowReader::new(&row, check_types))?);
        Ok(())
    };
    executor.run(statement, &mut on_row).await?;
    Ok(rows)
}

/// Returns the rows of a statement as a stream. The types of the columns are checked in the first row; in every row if
/// `check_each`.
pub(super) fn stream_of<'e, E: Executor, R: Send + 'e>(
    executor: &'e E,
    statement: Result<Statement, Error>,
    read: impl Fn(&mut RowReader<'_>) -> Result<R, crate::ReadError> + Send + Sync + 'e,
    check_each: bool,
) -> BoxStream<'e, Result<R, Error>> {
    Box::pin(async_stream::try_stream! {
        let mut rows = executor.stream(statement?);
        let mut check_types = true;
        while let Some(row) = rows.next().await {
            yield read(&mut RowReader::new(&row?, check_types))?;
            check_types = check_each;
        }
    })
}

/// The error if a statement found no row of the table.
pub(super) fn not_found(table: &'static Meta) -> Error {
    Error::NotFound {
        table: table.table_name().name,
    }
}
