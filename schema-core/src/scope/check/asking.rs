//! The transaction in which `connect` reads the catalogs.

use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::query::QueryAs;
use sqlx::{AssertSqlSafe, Executor as _, FromRow};

use super::server::{self, Server};
use crate::catalog::ONE_FORM;
use crate::ddl;
use crate::error::Error;
use crate::scope::session::Session;

/// A snapshot at one moment, without changes.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The schemas in which the current role finds a name without a schema, in their order.
const PATH: &str = "SELECT pg_catalog.current_schemas(true)::pg_catalog.text[] AS path";

/// A transaction that reads only the catalogs, whose names are found with any search path.
///
/// Every query is in it: a pooler that gives each transaction another connection would lose a statement prepared
/// outside. If an error ends it early, its connection is closed.
pub(super) struct Asking<'s> {
    session: &'s mut Session,
}

impl<'s> Asking<'s> {
    /// Begins as the login, and reads the server's version. Keeps the search path for
    /// [`become_role`](Self::become_role).
    pub(super) async fn begin(session: &'s mut Session) -> Result<(Self, Server), Error> {
        let text = format!(
            "{BEGIN}; SELECT pg_catalog.set_config('freehold.search_path', pg_catalog.current_setting('search_path'), true); {ONE_FORM}; {}",
            server::QUERY
        );
        let mut asking = Self::of(session);
        let server = asking.last_row(&text).await?;
        Ok((asking, server))
    }

    /// Begins as the login and stays the login. Returns the schemas in which names are found.
    pub(super) async fn begin_as_login(
        session: &'s mut Session,
    ) -> Result<(Self, Vec<String>), Error> {
        let mut asking = Self::of(session);
        let (path,) = asking
            .last_row(&format!("{BEGIN}; {PATH}; {ONE_FORM}"))
            .await?;
        Ok((asking, path))
    }

    /// Takes on the role, as each unit of work does. Returns the schemas in which its statements find names: `"$user"`
    /// in a search path is the role, and only schemas that the role may use count.
    pub(super) async fn become_role(&mut self, role: &str) -> Result<Vec<String>, Error> {
        let role = ddl::identifier(role);
        let text = format!(
            "SET LOCAL ROLE {role}; SELECT pg_catalog.set_config('search_path', pg_catalog.current_setting('freehold.search_path'), true); {PATH}; {ONE_FORM}"
        );
        let (path,) = self.last_row(&text).await?;
        Ok(path)
    }

    /// Runs a query, and returns its rows.
    pub(super) async fn ask<R>(
        &mut self,
        query: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Vec<R>, Error>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let query = query.persistent(false);
        let rows = query.fetch_all(self.session.connection()?).await;
        rows.map_err(|error| self.session.failure(error, &[]))
    }

    /// Ends the transaction, without waiting for the answer.
    pub(super) fn end(self) {
        self.session.queue_rollback();
    }

    fn of(session: &'s mut Session) -> Self {
        session.mark_dirty();
        Self { session }
    }

    /// Runs statements without parameters in one message, and reads the last row that they return.
    async fn last_row<R>(&mut self, text: &str) -> Result<R, Error>
    where
        R: for<'r> FromRow<'r, PgRow>,
    {
        let statements = AssertSqlSafe(text.to_owned());
        let rows = self.session.connection()?.fetch_all(statements).await;
        let rows = rows.map_err(|error| self.session.failure(error, &[]))?;
        let last = rows.last().ok_or(sqlx::Error::RowNotFound);
        last.and_then(R::from_row).map_err(Error::Database)
    }
}
