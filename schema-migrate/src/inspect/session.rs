//! The transaction in which everything is read, and how rows are read.

use sqlx::postgres::PgRow;
use sqlx::postgres::types::Oid;
use sqlx::{AssertSqlSafe, Connection as _, FromRow, PgConnection, Postgres, Transaction};

use super::{InspectError, Inspection};
use freehold_schema_core::catalog::ONE_FORM;
pub(super) use freehold_schema_core::catalog::row;
use freehold_schema_core::error::without_source_line;

/// The oldest supported release: its catalogs have everything that the queries read.
const OLDEST: i32 = 120_000;

const SERVER: &str = "
    SELECT current_user::text AS connected, current_setting('server_version') AS version,
        current_setting('server_version_num')::integer AS version_number";

/// A read-only transaction over the catalogs.
pub(super) struct CatalogReader<'c> {
    transaction: Transaction<'c, Postgres>,
    namespaces: Vec<String>,
    left_out: Vec<String>,
    /// The connected role.
    pub(super) connected: String,
}

row! {
    struct Server {
        connected: String,
        version: String,
        version_number: i32,
    }
}

impl<'c> CatalogReader<'c> {
    pub(super) async fn begin(
        connection: &'c mut PgConnection,
        what: &Inspection,
    ) -> Result<Self, InspectError> {
        // One snapshot for all queries.
        let begin = format!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {ONE_FORM}");
        let transaction = connection.begin_with(AssertSqlSafe(begin)).await;
        let mut session = Self {
            transaction: transaction.map_err(not_begun)?,
            namespaces: what.namespaces.clone(),
            left_out: what.patterns(),
            connected: String::new(),
        };
        for server in session.everywhere::<Server>("settings", SERVER).await? {
            if server.version_number < OLDEST {
                return Err(InspectError::Server(server.version));
            }
            session.connected = server.connected;
        }
        Ok(session)
    }

    /// Ends the transaction; the connection is in its earlier state.
    pub(super) async fn end(self) -> Result<(), InspectError> {
        let ended = self.transaction.rollback().await;
        ended.map_err(|error| InspectError::Transaction(without_source_line(error)))
    }

    /// Runs a query over the whole database.
    pub(super) async fn everywhere<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
    ) -> Result<Vec<R>, InspectError> {
        let query = sqlx::query_as(sql).persistent(false);
        let rows = query.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }

    /// Runs a query over the namespaces (`$1`), without the relations to leave out (`$2`).
    pub(super) async fn in_namespaces<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
    ) -> Result<Vec<R>, InspectError> {
        let query = sqlx::query_as(sql).persistent(false);
        let query = query.bind(&self.namespaces).bind(&self.left_out);
        let rows = query.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }

    /// Runs a query over some objects (`$1`).
    pub(super) async fn of<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
        objects: &[Oid],
    ) -> Result<Vec<R>, InspectError> {
        let query = sqlx::query_as(sql).persistent(false).bind(objects);
        let rows = query.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }

    /// Runs a query over objects with some names (`$1`).
    pub(super) async fn named<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
        names: &[String],
    ) -> Result<Vec<R>, InspectError> {
        let query = sqlx::query_as(sql).persistent(false).bind(names);
        let rows = query.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }
}

/// A type that a row can be read into.
pub(super) trait Read: for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R: for<'r> FromRow<'r, PgRow> + Send + Unpin> Read for R {}

fn not_begun(error: sqlx::Error) -> InspectError {
    match error {
        sqlx::Error::InvalidSavePointStatement => InspectError::InTransaction,
        error => InspectError::Transaction(without_source_line(error)),
    }
}
