use std::any::type_name;
use std::sync::Arc;

use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;

use super::db::Db;
use super::key::{KeyError, ScopeKey};
use super::options::TransactionOptions;
use super::raw_sql::RawSql;
use super::transaction::{self, Begin, Origin, Transaction};
use super::unit_of_work::{self, Identity};
use crate::error::{EncodeError, Error};
use crate::query::{Argument, Executor, Kind, OnRow, Sql, Statement, Visibility, value};

/// The rows of one owner, and those that are shared: all that statements run by it reach.
///
/// Made by [`Db::scope`], without asking the server anything. It is cheap to clone, and holds no connection.
#[must_use = "a scope does nothing until a statement is run by it"]
pub struct Scope<K> {
    db: Db,
    key: K,
    argument: Arc<dyn Argument>,
    /// Who acts for the owner.
    actor: Option<Result<Arc<str>, KeyError>>,
}

impl<K: Clone> Clone for Scope<K> {
    fn clone(&self) -> Self {
        Self {
            db: self.db.clone(),
            key: self.key.clone(),
            argument: self.argument.clone(),
            actor: self.actor.clone(),
        }
    }
}

impl<K> std::fmt::Debug for Scope<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl<K: ScopeKey> Scope<K> {
    pub(super) fn new(db: Db, key: K) -> Self {
        let argument = value(key.clone());
        Self {
            db,
            key,
            argument,
            actor: None,
        }
    }

    /// The owner's key.
    pub fn key(&self) -> &K {
        &self.key
    }

    /// The same rows, changed by somebody who acts for the owner: a member of an organisation, or who supports a user.
    ///
    /// The audit trail has the `member` as the actor: what the setting of `audit(actor = "..")` holds, or, where the schema names
    /// none, `freehold.actor`. What can be reached does not change. Where isolation is `predicate` and a table is audited, a
    /// statement takes three round trips instead of one, since the setting needs a transaction.
    ///
    /// ```
    /// # use freehold_schema_core as freehold;
    /// # use freehold::{Db, Scope};
    /// # fn scope(db: &Db, organisation: i64, member: String) -> Scope<i64> {
    /// db.scope(organisation).acting_as(&member)
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A key that no setting can hold is an [`Error::Encode`] when a statement is run.
    pub fn acting_as(mut self, member: &impl ScopeKey) -> Self {
        self.actor = Some(member.setting().map(Arc::from));
        self
    }

    /// Runs what `work` does as one transaction: all of it is kept, or nothing.
    ///
    /// It is rolled back where `work` gives back an error, and where its future is dropped.
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

    /// SQL of one's own, held to the owner's rows by row-level security.
    ///
    /// # Errors
    ///
    /// When it is run: [`Error::Statement`] where the isolation is `predicate`, since nothing would hold it.
    pub fn sql<'e>(&'e self, text: &'e str) -> Sql<'e, Self> {
        Sql::new(self, text)
    }

    /// Who asks, for a statement of this kind or for a transaction.
    fn identity(&self, kind: Option<Kind>) -> Result<Identity, Error> {
        let encode = |error: KeyError| Error::from(EncodeError::new(None, error.into()));
        let key = self.db.text_of(&self.key).map_err(encode)?;
        let actor = self.actor.clone().transpose().map_err(encode)?;
        let (key, actor) = (key.as_deref(), actor.as_deref());
        Ok(match kind {
            Some(Kind::Read | Kind::Write) => self.db.identities().of(key, actor),
            Some(Kind::Raw) | None => self.db.identities().of_raw_sql(key, actor),
        })
    }

    fn raw_sql(&self) -> RawSql {
        self.db.raw_sql(Some(type_name::<K>()))
    }
}

impl<K: ScopeKey> Executor for Scope<K> {
    fn visibility(&self) -> Visibility<'_> {
        Visibility::Owner(&*self.argument, self.db.enforcement())
    }

    async fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> Result<u64, Error> {
        if statement.kind == Kind::Raw {
            self.raw_sql().permit(statement.kind)?;
        }
        let identity = self.identity(Some(statement.kind))?;
        unit_of_work::run(self.db.pool(), identity, statement, on_row, self.db.log()).await
    }

    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>> {
        match self.identity(Some(statement.kind)) {
            Ok(identity) => {
                unit_of_work::stream(self.db.pool().clone(), identity, statement, self.db.log())
            }
            Err(error) => Box::pin(futures_util::stream::once(async { Err(error) })),
        }
    }
}

impl<K: ScopeKey> Begin for Scope<K> {
    fn origin(&self) -> Result<Origin, Error> {
        Ok(Origin {
            identity: self.identity(None)?,
            pool: self.db.pool().clone(),
            log: self.db.log(),
            raw_sql: self.raw_sql(),
        })
    }
}
