//! Runs the statements of a seed in its transaction.

use std::sync::Arc;

use futures_util::TryStreamExt as _;
use futures_util::stream::BoxStream;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Either, Executor as _};
use tokio::sync::Mutex;

use crate::error::Error;
use crate::query::sealed::Sealed;
use crate::query::{Argument, Enforcement, Executor, Kind, OnRow, Statement, Visibility};

/// An administrator's connection that adds rows for an owner, or rows without one.
pub(super) struct Seeding<'c> {
    connection: Mutex<&'c mut PgConnection>,
    owner: Option<Arc<dyn Argument>>,
    /// The texts of the statements that wrote.
    written: Mutex<Vec<String>>,
}

impl<'c> Seeding<'c> {
    pub(super) fn new(connection: &'c mut PgConnection, owner: Option<Arc<dyn Argument>>) -> Self {
        Self {
            connection: Mutex::new(connection),
            owner,
            written: Mutex::default(),
        }
    }

    pub(super) fn into_written(self) -> Vec<String> {
        self.written.into_inner()
    }
}

impl Sealed for Seeding<'_> {}

impl Executor for Seeding<'_> {
    fn visibility(&self) -> Visibility<'_> {
        match &self.owner {
            Some(key) => Visibility::Owner(&**key, Enforcement::ByPredicates),
            None => Visibility::AllOwners,
        }
    }

    async fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> Result<u64, Error> {
        let Statement {
            text,
            arguments,
            kind,
            tables,
        } = statement;
        let text = Arc::unwrap_or_clone(text);
        if kind == Kind::Write {
            self.written.lock().await.push(text.clone());
        }
        let mut connection = self.connection.lock().await;
        let query = sqlx::query_with(AssertSqlSafe(text), arguments);
        let mut steps = connection.fetch_many(query);
        let mut changed = 0;
        loop {
            let step = steps.try_next().await;
            match step.map_err(|error| Error::of_statement(error, &tables))? {
                Some(Either::Left(done)) => changed += done.rows_affected(),
                Some(Either::Right(row)) => on_row(row)?,
                None => return Ok(changed),
            }
        }
    }

    fn stream(&self, _: Statement) -> BoxStream<'_, Result<PgRow, Error>> {
        Box::pin(futures_util::stream::empty())
    }
}
