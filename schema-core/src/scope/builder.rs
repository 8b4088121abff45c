use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::db::{Db, Inner};
use super::identity::Identities;
use super::link::{Link, Statements};
use super::pool::{Losses, Pool};
use super::raw_sql::RawSql;
use super::session::Log;
use crate::error::Error;
use crate::model::{Isolation, RowSecurityDef, SchemaDef};

/// How to connect to a database. [`Db::builder`] returns it, and [`connect`](Self::connect) connects.
///
/// ```no_run
/// # use freehold_schema_core as freehold;
/// # use freehold::{Db, Error, SchemaDef};
/// # static SHOP: SchemaDef = SchemaDef::new("SHOP", &[]);
/// # async fn connect(url: &str, admin_url: &str) -> Result<Db, Error> {
/// use std::time::Duration;
///
/// Db::builder(url)
///     .schema(&SHOP)
///     .admin_url(admin_url)
///     .pool_size(20)
///     .statement_timeout(Duration::from_secs(5))
///     .connect()
///     .await
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is connected before `connect` is called"]
pub struct DbBuilder {
    url: String,
    admin_url: Option<String>,
    isolation: Isolation,
    schema: Option<&'static SchemaDef>,
    pool_size: usize,
    admin_pool_size: usize,
    acquire_timeout: Duration,
    connect_timeout: Duration,
    statement_timeout: Option<Duration>,
    statements: Option<Statements>,
    slow_statement: Duration,
    tls: Option<Tls>,
    application_name: Option<String>,
}

/// Whether the connection is encrypted, and whether the server's certificate is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tls {
    /// Not encrypted.
    Off,
    /// Encrypted. The server's identity is not checked.
    Required,
    /// Encrypted. The server's certificate must be trusted and issued for its host.
    Verified,
}

impl std::fmt::Debug for DbBuilder {
    /// Leaves out the URLs, because they contain passwords.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbBuilder")
            .field("isolation", &self.isolation)
            .field("pool_size", &self.pool_size)
            .finish_non_exhaustive()
    }
}

impl DbBuilder {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            admin_url: None,
            isolation: Isolation::RowSecurity(RowSecurityDef::new()),
            schema: None,
            pool_size: 10,
            admin_pool_size: 2,
            acquire_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            statement_timeout: None,
            statements: None,
            slow_statement: Duration::from_secs(1),
            tls: None,
            application_name: None,
        }
    }

    /// Uses the isolation of this schema: its mode, its setting and its roles.
    ///
    /// [`connect`](Self::connect) then checks that the schema's tables, views and columns exist. Under row-level
    /// security it also checks that each table with an owner has the declared policies, and scopes may run raw SQL.
    pub fn schema(mut self, schema: &'static SchemaDef) -> Self {
        self.isolation = schema.isolation_in_use();
        self.schema = Some(schema);
        self
    }

    /// Sets the isolation, if it is not that of a schema.
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = isolation;
        self
    }

    /// Sets the URL for unscoped work.
    ///
    /// It must log in with a role that bypasses row-level security. Unscoped work has its own pool.
    pub fn admin_url(mut self, url: &str) -> Self {
        self.admin_url = Some(url.to_owned());
        self
    }

    /// Sets the largest number of connections; the default is 10.
    pub fn pool_size(mut self, connections: usize) -> Self {
        self.pool_size = connections;
        self
    }

    /// Sets the largest number of connections for unscoped work; the default is 2.
    pub fn admin_pool_size(mut self, connections: usize) -> Self {
        self.admin_pool_size = connections;
        self
    }

    /// Sets how long a statement waits for a connection while all are in use; the default is 30 seconds.
    ///
    /// After that it fails with [`Error::PoolExhausted`].
    pub fn acquire_timeout(mut self, timeout: Duration) -> Self {
        self.acquire_timeout = timeout;
        self
    }

    /// Sets how long making a connection may take; the default is 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long a statement may take, rounded up to milliseconds, at least 1. The default is the server's.
    ///
    /// After that it fails with [`Error::StatementTimeout`].
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.statement_timeout = Some(timeout);
        self
    }

    /// Sets how statements are prepared. Use it with a pooler such as PgBouncer between the application and the server.
    ///
    /// Without it, `connect` refuses a pooler. With [`Statements::Unnamed`] every unit of work is a transaction, also
    /// in the mode `predicate`, and nothing is sent to the server outside transactions. PgBouncer's mode `transaction`
    /// needs no setting for it. It also applies to the pool of [`admin_url`](Self::admin_url).
    pub fn statements(mut self, statements: Statements) -> Self {
        self.statements = Some(statements);
        self
    }

    /// Sets the duration from which a statement is logged as slow; the default is 1 second.
    ///
    /// Statements are `tracing` events with the target `freehold::statement`: their text and duration, at level
    /// `DEBUG`, slow ones at `WARN`. Bound values are never logged.
    pub fn slow_statement(mut self, threshold: Duration) -> Self {
        self.slow_statement = threshold;
        self
    }

    /// Sets whether the connection is encrypted. The default is the URL's `sslmode`. Needs the feature `tls`.
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Sets the name under which the server lists the connections.
    pub fn application_name(mut self, name: &str) -> Self {
        self.application_name = Some(name.to_owned());
        self
    }

    /// Sets the name of the setting that holds the owner's key. It must be the one of the schema's isolation.
    pub fn setting(mut self, name: &'static str) -> Self {
        self.isolation = Isolation::RowSecurity(self.row_security().setting(name));
        self
    }

    /// Sets the name of the role that statements run as. It must be the one of the schema's isolation.
    pub fn role(mut self, name: &'static str) -> Self {
        self.isolation = Isolation::RowSecurity(self.row_security().role(name));
        self
    }

    fn row_security(&self) -> RowSecurityDef {
        match self.isolation {
            Isolation::RowSecurity(isolation) => isolation,
            Isolation::Predicate => RowSecurityDef::new(),
        }
    }

    /// Connects once, and checks that the database can keep what the isolation promises.
    ///
    /// `docs/isolation.md` lists the checks.
    ///
    /// # Errors
    ///
    /// - [`Error::Url`] if a URL or an option is invalid.
    /// - [`Error::Connect`] if no connection can be made.
    /// - [`Error::Pooler`] if a pooler is in front of the server and [`statements`](Self::statements) was not called.
    /// - [`Error::Outdated`] if the database lacks tables, views or columns of the schema.
    /// - [`Error::Unsafe`] if the login, its role, the tables, the views or the server cannot keep owners apart.
    pub async fn connect(self) -> Result<Db, Error> {
        let losses = Losses::default();
        let pool = self.pool(&self.url, self.pool_size, &losses)?;
        let admin = self.admin_url.as_deref();
        let admin = admin.map(|url| self.pool(url, self.admin_pool_size, &losses));
        let inner = Inner {
            pool,
            admin: admin.transpose()?,
            isolation: self.isolation,
            schema: self.schema,
            log: Log {
                slow: self.slow_statement,
                schema: self.schema,
            },
            identities: Identities::new(&self.isolation, self.schema),
            enforcement: RawSql::of(&self.isolation, self.schema, None).enforcement(),
        };
        Db::checked(inner).await
    }

    fn pool(&self, url: &str, size: usize, losses: &Losses) -> Result<Pool, Error> {
        let options = self.options(url)?;
        let link = Link::new(self.statements, &options, self.statement_timeout);
        Pool::new(
            options,
            link,
            size,
            self.acquire_timeout,
            self.connect_timeout,
            losses.clone(),
        )
    }

    fn options(&self, url: &str) -> Result<PgConnectOptions, Error> {
        let mut options = PgConnectOptions::from_str(url).map_err(Error::Url)?;
        // A NUL ends a parameter of the startup message; the text after it would be read as the next parameter.
        let has_zero = |text: &str| text.contains('\0');
        if has_zero(url)
            || url.contains("%00")
            || self.application_name.as_deref().is_some_and(has_zero)
        {
            return Err(Error::Url(sqlx::Error::Configuration(
                "the URL or `.application_name(..)` contains a zero byte, written `%00` in a URL; remove it".into(),
            )));
        }
        if let Some(name) = &self.application_name {
            options = options.application_name(name);
        }
        Ok(match self.tls {
            None => options,
            Some(Tls::Off) => options.ssl_mode(PgSslMode::Disable),
            Some(Tls::Required) => options.ssl_mode(PgSslMode::Require),
            Some(Tls::Verified) => options.ssl_mode(PgSslMode::VerifyFull),
        })
    }
}
