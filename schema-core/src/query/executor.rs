use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::{BoxStream, StreamExt as _};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};

use super::meta::Meta;
use super::visibility::Visibility;
use super::writer::Writer;
use crate::error::{EncodeError, Error};
use crate::wire::RowReader;

/// A statement that can be run.
#[doc(hidden)]
pub struct Statement {
    /// Shared, so that it can be kept and sent once more.
    pub(crate) text: Arc<String>,
    pub(crate) arguments: PgArguments,
    pub(crate) kind: Kind,
    /// The tables that it names, whose constraints an error may name.
    pub(crate) tables: Tables,
}

impl Statement {
    /// A statement whose text Freehold did not write: the executor has to confine it.
    pub(crate) fn raw(
        text: &str,
        arguments: Result<PgArguments, BoxDynError>,
    ) -> Result<Self, Error> {
        Ok(Self {
            text: Arc::new(text.to_owned()),
            arguments: arguments.map_err(|source| EncodeError::new(None, source))?,
            kind: Kind::Raw,
            tables: Tables::Several(Vec::new()),
        })
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

    /// The text, to be looked at.
    pub(crate) fn into_text(self) -> String {
        Arc::unwrap_or_clone(self.text)
    }
}

/// The tables of a statement. Most have one, which needs no list.
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

/// Whether what a statement does has to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It only reads: its transaction is rolled back, which nobody waits for.
    Read,
    /// It writes: its transaction is committed.
    Write,
    /// SQL of somebody's own: it may write, and it may have changed whose rows are meant.
    Raw,
}

/// A statement on its way to the database. Dropped, it is given up.
///
/// It is one type for all executors, so that one that may not run the statement is one error, at the place where it is given.
pub type Running<'e, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'e>>;

/// What is done with each row of a result, in order.
pub(crate) type OnRow<'a> = dyn FnMut(PgRow) -> Result<(), Error> + Send + 'a;

/// What runs statements: a [`Scope`](crate::Scope), an [`Unscoped`](crate::Unscoped), a [`Transaction`](crate::Transaction) of
/// either, or, for shared tables, a [`Db`](crate::Db).
pub trait Executor: Send + Sync + sealed::Sealed {
    /// Visibility rows are meant.
    #[doc(hidden)]
    fn visibility(&self) -> Visibility<'_>;

    /// Runs a statement. Gives back how many rows it changed.
    #[doc(hidden)]
    fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> impl Future<Output = Result<u64, Error>> + Send + 'a;

    /// Runs a statement whose rows come one by one.
    #[doc(hidden)]
    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>>;
}

/// What a type has that runs statements. No other crate can name it.
pub(crate) mod sealed {
    /// A type of this crate.
    pub trait Sealed {}
}

/// The finished statement.
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

/// Runs a statement and reads its rows. The types of the columns are asked of the first row alone.
pub(super) async fn collect<E: Executor, R: Send>(
    executor: &E,
    statement: Statement,
    read: impl Fn(&mut RowReader<'_>) -> Result<R, crate::ReadError> + Send + Sync,
) -> Result<Vec<R>, Error> {
    collect_where(executor, statement, read, false).await
}

/// The same, asking each row for its types where a table of it may have no row: then the first one says nothing.
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

/// The rows of a statement as a stream. The types of the columns are checked in the first row; in every row if `check_each`.
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

/// The error of a statement that found no row of the table.
pub(super) fn not_found(table: &'static Meta) -> Error {
    Error::NotFound {
        table: table.table_name().name,
    }
}
