//! The one transaction that everything is read in, and how rows are read.

use sqlx::postgres::PgRow;
use sqlx::postgres::types::Oid;
use sqlx::{AssertSqlSafe, Connection as _, FromRow, PgConnection, Postgres, Transaction};

use super::{InspectError, Inspection};
use freehold_schema_core::catalog::ONE_FORM;
pub(super) use freehold_schema_core::catalog::row;
use freehold_schema_core::error::said;

/// The release from which on the catalogs hold what is asked of them.
const OLDEST: i32 = 120_000;

const SERVER: &str = "
    SELECT current_user::text AS connected, current_setting('server_version') AS version,
        current_setting('server_version_num')::integer AS version_number";

/// A transaction that only reads.
pub(super) struct CatalogReader<'c> {
    transaction: Transaction<'c, Postgres>,
    namespaces: Vec<String>,
    left_out: Vec<String>,
    /// The role that asks.
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
        // Everything is seen at one moment.
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

    /// The connection is as it was before.
    pub(super) async fn end(self) -> Result<(), InspectError> {
        let ended = self.transaction.rollback().await;
        ended.map_err(|error| InspectError::Transaction(said(error)))
    }

    /// The rows of a question about the whole database.
    pub(super) async fn everywhere<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
    ) -> Result<Vec<R>, InspectError> {
        let question = sqlx::query_as(sql).persistent(false);
        let rows = question.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }

    /// The rows of a question about the namespaces (`$1`) without the relations that are left out (`$2`).
    pub(super) async fn in_namespaces<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
    ) -> Result<Vec<R>, InspectError> {
        let question = sqlx::query_as(sql).persistent(false);
        let question = question.bind(&self.namespaces).bind(&self.left_out);
        let rows = question.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }

    /// The rows of a question about some objects (`$1`).
    pub(super) async fn of<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
        objects: &[Oid],
    ) -> Result<Vec<R>, InspectError> {
        let question = sqlx::query_as(sql).persistent(false).bind(objects);
        let rows = question.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }

    /// The rows of a question about what has one of some names (`$1`).
    pub(super) async fn named<R: Read>(
        &mut self,
        what: &'static str,
        sql: &'static str,
        names: &[String],
    ) -> Result<Vec<R>, InspectError> {
        let question = sqlx::query_as(sql).persistent(false).bind(names);
        let rows = question.fetch_all(&mut *self.transaction).await;
        rows.map_err(|source| InspectError::read(what, source))
    }
}

/// What a row is read into.
pub(super) trait Read: for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R: for<'r> FromRow<'r, PgRow> + Send + Unpin> Read for R {}

fn not_begun(error: sqlx::Error) -> InspectError {
    match error {
        sqlx::Error::InvalidSavePointStatement => InspectError::InTransaction,
        error => InspectError::Transaction(said(error)),
    }
}
