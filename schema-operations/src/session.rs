//! The transactions in which checks read.

use futures_util::TryStreamExt as _;
use sqlx::postgres::PgRow;
use sqlx::{
    AssertSqlSafe, Connection as _, Either, Executor as _, FromRow, PgConnection, Postgres,
};

use freehold_schema_core::catalog::ONE_FORM;

/// A check harms nothing: it writes nothing, waits for no lock, and ends.
const HARMLESS: &str = "SET LOCAL lock_timeout = '100ms'; SET LOCAL statement_timeout = '5s'";

/// A connection whose queries run in read-only transactions, each with a short limit for locks and for its time.
pub(crate) struct Session<'c> {
    connection: &'c mut PgConnection,
}

impl<'c> Session<'c> {
    pub(crate) fn new(connection: &'c mut PgConnection) -> Self {
        Self { connection }
    }

    /// The connection, outside a transaction.
    pub(crate) fn connection(&mut self) -> &mut PgConnection {
        self.connection
    }

    /// Runs a query with numbers as its parameters, in a transaction of its own.
    pub(crate) async fn read<R>(
        &mut self,
        sql: &'static str,
        numbers: &[f64],
    ) -> Result<Vec<R>, sqlx::Error>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        self.fetch(sql, numbers).await
    }

    async fn fetch<R>(
        &mut self,
        sql: impl sqlx::SqlSafeStr,
        numbers: &[f64],
    ) -> Result<Vec<R>, sqlx::Error>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let begin = format!("BEGIN READ ONLY; {ONE_FORM}; {HARMLESS}");
        let mut transaction = self.connection.begin_with(AssertSqlSafe(begin)).await?;
        let mut query = sqlx::query_as::<Postgres, R>(sql).persistent(false);
        for number in numbers {
            query = query.bind(*number);
        }
        let rows = query.fetch_all(&mut *transaction).await;
        transaction.rollback().await?;
        rows
    }

    /// Runs a query whose text was made at run time, like [`read`](Self::read).
    pub(crate) async fn read_made<R>(
        &mut self,
        sql: String,
        numbers: &[f64],
    ) -> Result<Vec<R>, sqlx::Error>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        self.fetch(AssertSqlSafe(sql), numbers).await
    }

    /// Runs statements in one read-only transaction that is rolled back, and returns their rows. The statements contain
    /// nothing but names and statements of Freehold. Their tables are found as for the application, by the search path.
    pub(crate) async fn explain(&mut self, statements: String) -> Result<Vec<PgRow>, sqlx::Error> {
        let script = format!("BEGIN READ ONLY; {HARMLESS}; {statements}");
        let rows = self.rows(script).await;
        // After an error this ends the failed transaction.
        let ended = self.rows("ROLLBACK; DEALLOCATE ALL".to_owned()).await;
        let rows = rows?;
        ended?;
        Ok(rows)
    }

    async fn rows(&mut self, script: String) -> Result<Vec<PgRow>, sqlx::Error> {
        let script = sqlx::raw_sql(AssertSqlSafe(script));
        let mut all = self.connection.fetch_many(script);
        let mut rows = Vec::new();
        while let Some(next) = all.try_next().await? {
            match next {
                Either::Left(_) => {}
                Either::Right(row) => rows.push(row),
            }
        }
        Ok(rows)
    }
}
