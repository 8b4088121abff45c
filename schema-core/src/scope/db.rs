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

/// A database, with a pool of connections to it. Cheap to clone.
///
/// It reads shared tables itself. For the rows of an owner it gives out a [`Scope`], for work over all owners an [`Unscoped`].
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
    /// Connects to a database whose schema is isolated by row-level security, with the names that go without saying: the setting
    /// `app.user_id` and the role `app_user`. For others, [`Db::builder`].
    ///
    /// # Errors
    ///
    /// [`Error::Unsafe`] where the login, its role or the server could not keep owners apart.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Self::builder(url).connect().await
    }

    /// How a database is connected to.
    pub fn builder(url: &str) -> DbBuilder {
        DbBuilder::new(url)
    }

    /// Makes the roles, the login and the tables of a schema, as the administrator that `admin_url` signs in, and gives back the
    /// URL to connect with.
    ///
    /// What is there already stays as it is. The login gets a new password each time. Meant for the first steps and for tests;
    /// a database in use is migrated.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] where the schema breaks a rule, or where only some of its tables are there.
    pub async fn setup(schema: &'static SchemaDef, admin_url: &str) -> Result<String, Error> {
        setup::setup(schema, admin_url).await
    }

    pub(super) async fn checked(inner: Inner) -> Result<Self, Error> {
        // Where the server is not there, or the login is wrong, it is known at once.
        let mut session = inner.pool.acquire().await?;
        check::check(&mut session, &inner.isolation, inner.schema).await?;
        drop(session);
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The rows of one owner, by the owner's key. It asks the server nothing.
    pub fn scope<K: ScopeKey>(&self, owner: K) -> Scope<K> {
        Scope::new(self.clone(), owner)
    }

    /// The rows of all owners, and why. The reason and the place in the code are in a `tracing` event and in the audit trail.
    ///
    /// Under row-level security it signs in as the administrator of [`DbBuilder::admin_url`].
    #[track_caller]
    pub fn unscoped(&self, reason: &str) -> Unscoped {
        Unscoped::new(self.clone(), reason, Location::caller())
    }

    /// Closes the pool. Statements that run go on to their end; new ones are refused.
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

    /// Where unscoped work gets its connections.
    pub(super) fn admin_pool(&self) -> Result<Pool, Error> {
        match (&self.inner.admin, &self.inner.isolation) {
            (Some(pool), _) => Ok(pool.clone()),
            (None, Isolation::Predicate) => Ok(self.inner.pool.clone()),
            (None, Isolation::RowSecurity(_)) => Err(Error::NoAdmin),
        }
    }

    /// Whether a trigger may ask why somebody works over all owners: where no schema is given nobody knows.
    pub(super) fn may_audit(&self) -> bool {
        let schema = self.inner.schema;
        schema.is_none_or(is_audited)
    }

    /// What holds SQL of the user's own, by a scope whose keys have the Rust type of this name.
    pub(super) fn raw_sql(&self, key: Option<&str>) -> RawSql {
        RawSql::of(&self.inner.isolation, self.inner.schema, key)
    }

    /// What keeps the expressions of statements from the rows of other owners.
    pub(crate) fn enforcement(&self) -> Enforcement {
        self.inner.enforcement
    }

    /// The text of an owner's key, where a setting has to hold it. The conditions of the statements hold the key itself.
    pub(super) fn text_of<K: ScopeKey>(&self, key: &K) -> Result<Option<String>, KeyError> {
        match self.inner.isolation {
            Isolation::Predicate => key.check().map(|()| None),
            Isolation::RowSecurity(_) => key.setting().map(Some),
        }
    }

    /// What says who asks.
    pub(super) fn identities(&self) -> &Identities {
        &self.inner.identities
    }

    /// Runs a statement for the owner of the key, or for nobody.
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

    /// Where the transactions of the owner of the key come from.
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
