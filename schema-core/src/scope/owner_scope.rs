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
use crate::query::{Argument, Executor, Kind, OnRow, Sql, Statement, Visibility, scope_key};

/// The executor for one owner: its statements reach only the rows of this owner and shared rows.
///
/// [`Db::scope`] makes it and sends nothing to the server. It is cheap to clone, and holds no connection.
///
/// ```text
/// let scope = db.scope(user_id);
/// let tasks = Task::select().fetch_all(&scope).await?;
/// ```
#[must_use = "a scope does nothing until it runs a statement"]
pub struct Scope<K> {
    db: Db,
    key: K,
    argument: Arc<dyn Argument>,
    /// The key of the actor who acts for the owner.
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
        let argument = scope_key(key.clone());
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

    /// Runs statements on behalf of the owner, with `member` as the actor in the audit trail.
    ///
    /// Use it for a member of an organisation, or for support staff. The setting of `audit(actor = "..")` holds the
    /// actor, or `freehold.actor` if the schema names none. The rows that can be reached stay the same. If the
    /// isolation is `predicate` and a table is audited, a statement takes three round trips instead of one, because the
    /// setting needs a transaction.
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
    /// Statements fail with [`Error::Encode`] if `member` is a key that no setting can hold.
    pub fn acting_as(mut self, member: &impl ScopeKey) -> Self {
        self.actor = Some(member.setting().map(Arc::from));
        self
    }

    /// Runs `work` as one transaction: all its changes are kept, or none.
    ///
    /// It is rolled back if `work` returns an error, or if the future is dropped.
    ///
    /// ```text
    /// scope.transaction(async |tx| {
    ///     Task::insert(new).execute(tx).await?;
    ///     Task::delete(old).execute(tx).await
    /// }).await?;
    /// ```
    ///
    /// # Errors
    ///
    /// The error that `work` returns, or the error of `BEGIN` or `COMMIT`. [`Error::Aborted`] if a statement failed and
    /// `work` returned `Ok` nevertheless.
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

    /// Raw SQL, which row-level security limits to the owner's rows. Nothing is sent before the returned value is run.
    ///
    /// # Errors
    ///
    /// Running it fails with [`Error::Statement`] if row-level security does not confine it: the isolation is
    /// `predicate`, `Db` was built without the schema, or the scope's key has another type than the owners' keys.
    pub fn sql<'e>(&'e self, text: &'e str) -> Sql<'e, Self> {
        Sql::new(self, text)
    }

    /// The identity for a statement of this kind, or for a transaction.
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
