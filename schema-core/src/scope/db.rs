use std::panic::Location;
use std::sync::Arc;

use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;

use super::builder::DbBuilder;
use super::check;
use super::key::{KeyError, ScopeKey};
use super::link;
use super::pool::Pool;
use super::session::Log;
use super::setup;
use super::unit::{self, Identity};
use super::unscoped::Unscoped;
use super::user::Scope;
use crate::ddl;
use crate::error::Error;
use crate::model::{Isolation, RowSecurityDef, SchemaDef};
use crate::query::{Executor, Kind, OnRow, Statement, Whose};

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
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").finish_non_exhaustive()
    }
}

/// Raw SQL where nothing holds it.
pub(super) const NOT_HELD: Error = Error::Statement(
    "nothing holds SQL of one's own to the rows of a scope here; isolate the schema by row-level security and give it to `Db::builder(..).schema(..)`, or run the SQL by `db.unscoped(\"why\")`",
);

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
        if let Isolation::RowSecurity(isolation) = &inner.isolation {
            session.soil();
            // A pooler may send the two halves of a question that is outside of a transaction to two sessions.
            session.begin(&Identity::None, "").await?;
            check::check(&mut session, isolation).await?;
            if let Some(schema) = inner.schema {
                check::check_tables(&mut session, schema).await?;
            }
            session.end("ROLLBACK").await?;
            session.clean();
        }
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
        schema.is_none_or(|schema| schema.tables.iter().any(|table| table.audit))
    }

    /// Whether SQL of somebody's own is held to the rows of a scope: where the tables were asked for their row-level security.
    pub(super) fn holds_raw(&self) -> bool {
        matches!(self.inner.isolation, Isolation::RowSecurity(_)) && self.inner.schema.is_some()
    }

    pub(super) fn permits_raw(&self, kind: Kind) -> Result<(), Error> {
        if kind == Kind::Raw && !self.holds_raw() {
            return Err(NOT_HELD);
        }
        Ok(())
    }

    /// The SQL that says who asks.
    pub(super) fn identity<K: ScopeKey>(&self, key: &K) -> Result<Identity, Error> {
        let refused = |error: KeyError| Error::Encode(error.into());
        match self.inner.isolation {
            // The statements hold the key themselves; its text would be made for nothing.
            Isolation::Predicate => key.check().map(|()| Identity::None).map_err(refused),
            Isolation::RowSecurity(_) => {
                let key = key.setting().map_err(refused)?;
                Ok(self.identity_of(Some(&key)))
            }
        }
    }

    /// The same, by the text of the key.
    fn identity_of(&self, key: Option<&str>) -> Identity {
        let Isolation::RowSecurity(isolation) = &self.inner.isolation else {
            return Identity::None;
        };
        let mut says = as_role(isolation);
        if let Some(key) = key {
            says.push_str("; SET LOCAL ");
            says.push_str(&setting_name(isolation.setting));
            says.push_str(" = ");
            says.push_str(&link::quoted(key));
        }
        Identity::Says(says)
    }

    /// Runs a statement for the owner of the key, or for nobody.
    pub(crate) async fn run_as(
        &self,
        key: Option<&str>,
        statement: Statement,
        on_row: &mut OnRow<'_>,
    ) -> Result<u64, Error> {
        self.permits_raw(statement.kind)?;
        let identity = self.identity_of(key);
        unit::run(self.pool(), identity, statement, on_row, self.log()).await
    }

    /// Where the transactions of the owner of the key come from.
    #[cfg(feature = "testing")]
    pub(crate) fn origin_as(&self, key: Option<&str>) -> super::Origin {
        super::Origin {
            identity: self.identity_of(key),
            pool: self.pool().clone(),
            log: self.log(),
            holds_raw: self.holds_raw(),
        }
    }
}

fn as_role(isolation: &RowSecurityDef) -> String {
    format!("SET LOCAL ROLE {}", ddl::identifier(isolation.role))
}

/// `app.user_id`, each part quoted where it has to be.
fn setting_name(name: &str) -> String {
    let parts: Vec<_> = name.split('.').map(ddl::identifier).collect();
    parts.join(".")
}

impl Executor for Db {
    fn whose(&self) -> Whose<'_> {
        Whose::Nobody
    }

    async fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> Result<u64, Error> {
        self.run_as(None, statement, on_row).await
    }

    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>> {
        unit::stream(
            self.pool().clone(),
            self.identity_of(None),
            statement,
            self.log(),
        )
    }
}
