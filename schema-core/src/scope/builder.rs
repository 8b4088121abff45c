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

/// How a database is connected to.
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
#[must_use = "nothing is connected to before `connect`"]
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

/// Whether the connection is encrypted, and whether the server has to prove who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Not encrypted.
    Off,
    /// Encrypted; the server may be anybody.
    Required,
    /// Encrypted, and the server's certificate is one that is trusted and of its host.
    Verified,
}

impl std::fmt::Debug for DbBuilder {
    /// Without the URLs, which have passwords in them.
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

    /// Isolates as the schema says: by its mode, its setting and its roles. Then `connect` asks whether its tables, views and columns
    /// are there and, under row-level security, whether the database holds each table with an owner by the policies that the schema
    /// declares; and a scope runs SQL of one's own.
    pub fn schema(mut self, schema: &'static SchemaDef) -> Self {
        self.isolation = schema.isolation_in_use();
        self.schema = Some(schema);
        self
    }

    /// Sets the isolation, where it is not that of a schema.
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = isolation;
        self
    }

    /// The URL that unscoped work signs in by: a role that row-level security does not hold for. It has a pool of its own.
    pub fn admin_url(mut self, url: &str) -> Self {
        self.admin_url = Some(url.to_owned());
        self
    }

    /// At most so many connections; 10 where nothing is said.
    pub fn pool_size(mut self, connections: usize) -> Self {
        self.pool_size = connections;
        self
    }

    /// At most so many connections for unscoped work; 2 where nothing is said.
    pub fn admin_pool_size(mut self, connections: usize) -> Self {
        self.admin_pool_size = connections;
        self
    }

    /// How long to wait for a connection while all are in use; 30 seconds where nothing is said.
    pub fn acquire_timeout(mut self, timeout: Duration) -> Self {
        self.acquire_timeout = timeout;
        self
    }

    /// How long to wait until a connection is made; 10 seconds where nothing is said.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a statement may take, in milliseconds and at least one; as long as the server lets it where nothing is said.
    pub fn statement_timeout(mut self, timeout: Duration) -> Self {
        self.statement_timeout = Some(timeout);
        self
    }

    /// How statements are prepared: for a pooler between the application and the server, such as PgBouncer.
    ///
    /// Where nothing is said, `connect` refuses a pooler. With [`Statements::Unnamed`] every unit of work is a transaction, in the mode
    /// `predicate` too, and nothing is said to the server beside its transactions: PgBouncer's mode `transaction` needs no setting for it.
    /// It holds for the pool of [`admin_url`](Self::admin_url) too.
    pub fn statements(mut self, statements: Statements) -> Self {
        self.statements = Some(statements);
        self
    }

    /// From how long on a statement is warned of; 1 second where nothing is said.
    ///
    /// Statements are events of `tracing` with the target `freehold::statement`: their text and how long they took, at level
    /// `DEBUG`, slow ones at `WARN`. Values that are bound are never among it.
    pub fn slow_statement(mut self, threshold: Duration) -> Self {
        self.slow_statement = threshold;
        self
    }

    /// Whether the connection is encrypted; as the URL's `sslmode` says where nothing is said here. Needs the feature `tls`.
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// The name that the server shows the connections by.
    pub fn application_name(mut self, name: &str) -> Self {
        self.application_name = Some(name.to_owned());
        self
    }

    /// Names the setting that holds the owner's key. The name is that of the schema's isolation.
    pub fn setting(mut self, name: &'static str) -> Self {
        self.isolation = Isolation::RowSecurity(self.row_security().setting(name));
        self
    }

    /// Names the role that statements run as. The name is that of the schema's isolation.
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

    /// Connects once, and asks the database whether it can keep what the isolation promises: `docs/isolation.md` lists what is asked.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] and [`Error::Connect`]; [`Error::Pooler`] where a pooler is in front of the server and
    /// [`statements`](Self::statements) does not say so; [`Error::Outdated`] where the database lacks what the schema says;
    /// [`Error::Unsafe`] where the login, its role, the tables, the views or the server cannot keep owners apart.
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
        // A zero byte ends a parameter of the startup message, and what follows it would be the next one.
        let has_zero = |text: &str| text.contains('\0');
        if has_zero(url)
            || url.contains("%00")
            || self.application_name.as_deref().is_some_and(has_zero)
        {
            return Err(Error::Url(sqlx::Error::Configuration(
                "a zero byte, written `%00` in a URL, is in the URL or in `.application_name(..)`; take it out".into(),
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
