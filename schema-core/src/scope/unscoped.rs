use std::panic::Location;
use std::sync::Arc;

use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;

use super::db::Db;
use super::identity;
use super::options::TransactionOptions;
use super::raw_sql::RawSql;
use super::transaction::{self, Begin, Origin, Transaction};
use super::unit_of_work::{self, Identity};
use crate::error::Error;
use crate::query::{Executor, OnRow, Sql, Statement, Visibility};

/// The executor for the rows of all owners, for work that belongs to no owner: reports, support, imports.
///
/// [`Db::unscoped`] makes it with a reason, which goes to a `tracing` event and, where a table is audited, to the audit
/// trail.
///
/// If the schema that [`DbBuilder::schema`](super::DbBuilder::schema) got has no audited table, a statement is one
/// round trip. Otherwise it takes three, because the reason is set in a transaction around it.
///
/// ```text
/// let open = Task::select().count(&db.unscoped("weekly report")).await?;
/// ```
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it runs a statement"]
pub struct Unscoped {
    db: Db,
    /// The SQL that sets the reason for the audit trail, if a table may be audited.
    settings: Option<Arc<str>>,
}

impl Unscoped {
    pub(super) fn new(db: Db, reason: &str, caller: &Location<'_>) -> Self {
        tracing::info!(target: "freehold::unscoped", reason, caller = %caller, "work over all owners");
        let settings = db
            .may_audit()
            .then(|| audit_settings(reason, caller).into());
        Self { db, settings }
    }

    /// Runs `work` as one transaction, as [`Scope::transaction`](super::Scope::transaction) does.
    ///
    /// # Errors
    ///
    /// The error that `work` returns, or the error of `BEGIN` or `COMMIT`. [`Error::NoAdmin`] if there is no
    /// administrator.
    pub async fn transaction<R, E, F>(&self, work: F) -> Result<R, E>
    where
        F: AsyncFnOnce(&Transaction<Self>) -> Result<R, E>,
        E: From<Error>,
    {
        transaction::once(self.clone(), "", work).await
    }

    /// Runs a [`transaction`](Self::transaction) with an isolation level and retries.
    ///
    /// It is retried after a serialization failure, a deadlock or a change of the schema. Each try runs a clone of
    /// `work`, so what `work` captures by `move` must be `Clone`.
    ///
    /// # Errors
    ///
    /// Those of [`transaction`](Self::transaction), from the last try.
    pub async fn transaction_with<R, E, F>(
        &self,
        options: TransactionOptions,
        work: F,
    ) -> Result<R, E>
    where
        F: AsyncFnOnce(&Transaction<Self>) -> Result<R, E> + Clone,
        E: From<Error>,
    {
        transaction::with(self.clone(), options, work).await
    }

    /// Raw SQL, over the rows of all owners. Nothing is sent before the returned value is run.
    pub fn sql<'e>(&'e self, text: &'e str) -> Sql<'e, Self> {
        Sql::new(self, text)
    }

    fn identity(&self) -> Identity {
        match &self.settings {
            Some(settings) => Identity::Set(settings.to_string()),
            None => Identity::None,
        }
    }
}

/// The SQL that sets the reason and the caller, for the triggers of audited tables.
fn audit_settings(reason: &str, caller: &Location<'_>) -> String {
    // A text of PostgreSQL cannot contain NUL.
    identity::reason(&reason.replace('\0', ""), &caller.to_string())
}

impl Executor for Unscoped {
    fn visibility(&self) -> Visibility<'_> {
        Visibility::AllOwners
    }

    async fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> Result<u64, Error> {
        let pool = self.db.admin_pool()?;
        unit_of_work::run(&pool, self.identity(), statement, on_row, self.db.log()).await
    }

    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>> {
        match self.db.admin_pool() {
            Ok(pool) => unit_of_work::stream(pool, self.identity(), statement, self.db.log()),
            Err(error) => Box::pin(futures_util::stream::once(async { Err(error) })),
        }
    }
}

impl Begin for Unscoped {
    fn origin(&self) -> Result<Origin, Error> {
        Ok(Origin {
            identity: self.identity(),
            pool: self.db.admin_pool()?,
            log: self.db.log(),
            raw_sql: RawSql::Confined,
        })
    }
}
