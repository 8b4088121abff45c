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

/// The rows of all owners, for work that is nobody's: reports, support, imports.
///
/// Made by [`Db::unscoped`] with a reason, which is in a `tracing` event and, where a table is audited, in the audit trail. A statement
/// is one round trip where the schema that was given to [`DbBuilder::schema`](super::DbBuilder::schema) has no audited table; else the
/// reason is set in a transaction around it, which makes three.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until a statement is run by it"]
pub struct Unscoped {
    db: Db,
    /// What the audit trail gets, where a table may be audited.
    says: Option<Arc<str>>,
}

impl Unscoped {
    pub(super) fn new(db: Db, reason: &str, caller: &Location<'_>) -> Self {
        tracing::info!(target: "freehold::unscoped", reason, caller = %caller, "work over all owners");
        let says = db.may_audit().then(|| said(reason, caller).into());
        Self { db, says }
    }

    /// Runs what `work` does as one transaction, as [`Scope::transaction`](super::Scope::transaction) does.
    ///
    /// # Errors
    ///
    /// What `work` gives back, or why the transaction was not begun or not committed.
    pub async fn transaction<R, E, F>(&self, work: F) -> Result<R, E>
    where
        F: AsyncFnOnce(&Transaction<Self>) -> Result<R, E>,
        E: From<Error>,
    {
        transaction::once(self.clone(), "", work).await
    }

    /// As [`transaction`](Self::transaction), with an isolation level, and run again where another transaction was in the way.
    ///
    /// Each time a clone of `work` is run: it has what it captures, but what it is given by `move` has to be `Clone`.
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

    /// SQL of one's own, over the rows of all owners.
    pub fn sql<'e>(&'e self, text: &'e str) -> Sql<'e, Self> {
        Sql::new(self, text)
    }

    fn identity(&self) -> Identity {
        match &self.says {
            Some(says) => Identity::Says(says.to_string()),
            None => Identity::None,
        }
    }
}

/// The reason and the place, for the triggers of audited tables.
fn said(reason: &str, caller: &Location<'_>) -> String {
    // A zero byte ends nothing here, but no text of PostgreSQL's has one.
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
