use std::panic::Location;
use std::sync::Arc;

use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;

use super::builder::DbBuilder;
use super::check;
use super::identity::{Identities, is_audited};
use super::key::{KeyError, ScopeKey};
use super::owner_scope::Scope;
use super::pool::Pool;
use super::raw_sql::RawSql;
use super::session::Log;
use super::setup;
use super::unit_of_work;
use super::unscoped::Unscoped;
use crate::error::Error;
use crate::model::{Isolation, SchemaDef};
use crate::query::{Enforcement, Executor, OnRow, Statement, Visibility};

/// A database with its pool of connections. It is cheap to clone.
///
/// It can read shared tables directly. [`scope`](Self::scope) makes the executor for the rows of one owner, and
/// [`unscoped`](Self::unscoped) the one for work over all owners.
///
/// ```text
/// let db = Db::builder(&url).schema(&SCHEMA).connect().await?;
/// let tasks = Task::select().fetch_all(&db.scope(user_id)).await?;
/// ```
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) pool: Pool,
    pub(super) admin: Option<Pool>,
    pub(super) isolation: Isolation,
    pub(super) schema: Option<&'static SchemaDef>,
    pub(super) log: Log,
    pub(super) identities: Identities,
    pub(super) enforcement: Enforcement,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").finish_non_exhaustive()
    }
}

impl Db {
    /// Connects to a database under row-level security with the default names.
    ///
    /// They are the setting `app.user_id` and the role `app_user`.
    ///
    /// For other names, and to check the database against a schema, use [`Db::builder`].
    ///
    /// # Errors
    ///
    /// Those of [`DbBuilder::connect`]: [`Error::Connect`] if no connection can be made, and [`Error::Unsafe`] if the
    /// login, its role or the server cannot keep owners apart.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Self::builder(url).connect().await
    }

    /// Begins to configure a connection. `url` is that of the application's login.
    pub fn builder(url: &str) -> DbBuilder {
        DbBuilder::new(url)
    }

    /// Creates the roles, the login and the tables of a schema. Returns the URL to connect with.
    ///
    /// `admin_url` must log in with a role that may create all this. Existing objects stay as they are. The login gets
    /// a new password each time. It is meant for first steps and for tests; migrate a database that is in use.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if the schema breaks a rule, or if only some of its tables exist. [`Error::Url`] and
    /// [`Error::Connect`] if `admin_url` cannot be used. Otherwise the errors of the server.
    pub async fn setup(schema: &'static SchemaDef, admin_url: &str) -> Result<String, Error> {
        setup::setup(schema, admin_url).await
    }

    pub(super) async fn checked(inner: Inner) -> Result<Self, Error> {
        // Connecting now shows a missing server or a wrong login at once.
        let mut session = inner.pool.acquire().await?;
        check::check(&mut session, &inner.isolation, inner.schema).await?;
        drop(session);
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Makes the executor for the rows of one owner. It sends nothing to the server.
    pub fn scope<K: ScopeKey>(&self, owner: K) -> Scope<K> {
        Scope::new(self.clone(), owner)
    }

    /// Makes the executor for the rows of all owners. It sends nothing to the server.
    ///
    /// `reason` and the caller's place in the code go to a `tracing` event and, where a table is audited, to the audit
    /// trail. Under row-level security, statements use the connections of [`DbBuilder::admin_url`]. Without it they
    /// fail with [`Error::NoAdmin`].
    #[track_caller]
    pub fn unscoped(&self, reason: &str) -> Unscoped {
        Unscoped::new(self.clone(), reason, Location::caller())
    }

    /// Closes the pools. Running statements finish; new ones fail.
    pub fn close(&self) {
        self.inner.pool.close();
        if let Some(admin) = &self.inner.admin {
            admin.close();
        }
    }

    pub(super) fn pool(&self) -> &Pool {
        &self.inner.pool
    }

    pub(super) fn log(&self) -> Log {
        self.inner.log
    }

    /// The pool for unscoped work.
    pub(super) fn admin_pool(&self) -> Result<Pool, Error> {
        match (&self.inner.admin, &self.inner.isolation) {
            (Some(pool), _) => Ok(pool.clone()),
            (None, Isolation::Predicate) => Ok(self.inner.pool.clone()),
            (None, Isolation::RowSecurity(_)) => Err(Error::NoAdmin),
        }
    }

    /// Whether a trigger may read the reason of unscoped work. Without a schema this is not known, so it may.
    pub(super) fn may_audit(&self) -> bool {
        let schema = self.inner.schema;
        schema.is_none_or(is_audited)
    }

    /// Whether raw SQL is confined, in a scope whose keys have the Rust type of this name.
    pub(super) fn raw_sql(&self, key: Option<&str>) -> RawSql {
        RawSql::of(&self.inner.isolation, self.inner.schema, key)
    }

    /// What prevents the expressions of statements from seeing the rows of other owners.
    pub(crate) fn enforcement(&self) -> Enforcement {
        self.inner.enforcement
    }

    /// The owner's key as text, if a setting has to hold it. The conditions of statements bind the key itself.
    pub(super) fn text_of<K: ScopeKey>(&self, key: &K) -> Result<Option<String>, KeyError> {
        match self.inner.isolation {
            Isolation::Predicate => key.check().map(|()| None),
            Isolation::RowSecurity(_) => key.setting().map(Some),
        }
    }

    /// Makes the SQL of identities.
    pub(super) fn identities(&self) -> &Identities {
        &self.inner.identities
    }

    /// Runs a statement for the owner with this key, or for no owner.
    pub(crate) async fn run_as(
        &self,
        key: Option<&str>,
        statement: Statement,
        on_row: &mut OnRow<'_>,
    ) -> Result<u64, Error> {
        self.raw_sql(None).permit(statement.kind)?;
        let identity = self.identities().of(key, None);
        unit_of_work::run(self.pool(), identity, statement, on_row, self.log()).await
    }

    /// The pool and the identity of transactions of the owner with this key.
    #[cfg(feature = "testing")]
    pub(crate) fn origin_as(&self, key: Option<&str>) -> super::Origin {
        super::Origin {
            identity: self.identities().of_raw_sql(key, None),
            pool: self.pool().clone(),
            log: self.log(),
            raw_sql: self.raw_sql(None),
        }
    }
}

impl Executor for Db {
    fn visibility(&self) -> Visibility<'_> {
        Visibility::SharedOnly
    }

    async fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> Result<u64, Error> {
        self.run_as(None, statement, on_row).await
    }

    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>> {
        unit_of_work::stream(
            self.pool().clone(),
            self.identities().of(None, None),
            statement,
            self.log(),
        )
    }
}
