//! The one transaction that everything is asked in.

use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::query::QueryAs;
use sqlx::{AssertSqlSafe, Executor as _, FromRow};

use super::server::{self, Server};
use crate::catalog::ONE_FORM;
use crate::ddl;
use crate::error::Error;
use crate::scope::session::Session;

/// Everything is seen at one moment, and nothing is changed.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The schemas that a name without one is looked for in, in their order, by the role that asks.
const PATH: &str = "SELECT pg_catalog.current_schemas(true)::pg_catalog.text[] AS path";

/// A transaction that asks, and reads the catalogs alone: their names are found whatever the search path is.
///
/// Every statement is in it: a pooler that gives each transaction another connection would lose what is prepared outside. Where an
/// error ends it early its connection is closed.
pub(super) struct Asking<'s> {
    session: &'s mut Session,
}

impl<'s> Asking<'s> {
    /// Begins as the login, and asks what server it is. The search path is put aside for [`become_role`](Self::become_role).
    pub(super) async fn begin(session: &'s mut Session) -> Result<(Self, Server), Error> {
        let text = format!(
            "{BEGIN}; SELECT pg_catalog.set_config('freehold.search_path', pg_catalog.current_setting('search_path'), true); {ONE_FORM}; {}",
            server::QUESTION
        );
        let mut asking = Self::of(session);
        let server = asking.last_row(&text).await?;
        Ok((asking, server))
    }

    /// Begins as the login and stays it. Gives back where names are looked for.
    pub(super) async fn begin_as_login(
        session: &'s mut Session,
    ) -> Result<(Self, Vec<String>), Error> {
        let mut asking = Self::of(session);
        let (path,) = asking
            .last_row(&format!("{BEGIN}; {PATH}; {ONE_FORM}"))
            .await?;
        Ok((asking, path))
    }

    /// Takes on the role, as each unit of work does. Gives back where its statements find their names: `"$user"` in a search path is
    /// the role, and a schema counts where the role may use it.
    pub(super) async fn become_role(&mut self, role: &str) -> Result<Vec<String>, Error> {
        let role = ddl::identifier(role);
        let text = format!(
            "SET LOCAL ROLE {role}; SELECT pg_catalog.set_config('search_path', pg_catalog.current_setting('freehold.search_path'), true); {PATH}; {ONE_FORM}"
        );
        let (path,) = self.last_row(&text).await?;
        Ok(path)
    }

    /// The rows of a question.
    pub(super) async fn ask<R>(
        &mut self,
        question: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Vec<R>, Error>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let question = question.persistent(false);
        let rows = question.fetch_all(self.session.connection()?).await;
        rows.map_err(|error| self.session.failure(error, &[]))
    }

    /// Ends it, without waiting for the answer.
    pub(super) fn end(self) {
        self.session.queue_rollback();
    }

    fn of(session: &'s mut Session) -> Self {
        session.mark_dirty();
        Self { session }
    }

    /// Runs statements without parameters in one message, and reads the last row that they give.
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
