use std::str::FromStr as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};

use super::error::TestingError;
use super::factory::Factory;
use crate::ddl::{self, POSTGRES};
use crate::error::{Error, without_source_line};
use crate::model::{self, Isolation, SchemaDef};
use crate::scope::{Db, DbBuilder};
use crate::sql::quote;

/// The database of one test, with the schema. Dropping this value drops the database.
///
/// The schema is loaded once, into a template database. Each test gets a copy, which takes about ten milliseconds.
/// The template stays on the server. It is recreated when the schema changes.
#[derive(Debug)]
pub struct TestDatabase {
    schema: &'static SchemaDef,
    options: PgConnectOptions,
    name: String,
    url: String,
    db: Db,
}

/// Counts the databases of this process, so that each gets its own name.
static COUNT: AtomicU32 = AtomicU32::new(0);

impl TestDatabase {
    /// Creates a database with the schema. `admin_url` signs in an administrator who may create databases and roles.
    ///
    /// # Errors
    ///
    /// If the server cannot be reached, or if the schema breaks a rule.
    pub async fn new(schema: &'static SchemaDef, admin_url: &str) -> Result<Self, TestingError> {
        Self::with(schema, admin_url, |builder| builder).await
    }

    /// The same as [`new`](Self::new), with further options for the connection.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub async fn with(
        schema: &'static SchemaDef,
        admin_url: &str,
        builder: impl FnOnce(DbBuilder) -> DbBuilder,
    ) -> Result<Self, TestingError> {
        let options = PgConnectOptions::from_str(admin_url).map_err(Error::Url)?;
        let options = options.disable_statement_logging();
        let template = Template::new(schema, &options)?;
        let mut connection = connect(&options).await?;
        let name = name();
        let copied = template.copy(&mut connection, &name).await;
        close(connection).await;
        copied?;
        let own = options.clone().database(&name);
        let admin = own.to_url_lossy().to_string();
        let url = match login(schema, &options) {
            Some((login, password)) => {
                let own = own.username(&login).password(&password);
                own.to_url_lossy().to_string()
            }
            None => admin.clone(),
        };
        let connecting = builder(Db::builder(&url).schema(schema).admin_url(&admin)).connect();
        match connecting.await {
            Ok(db) => Ok(Self {
                schema,
                options,
                name,
                url,
                db,
            }),
            Err(error) => {
                drop_database(&options, &name).await;
                Err(error.into())
            }
        }
    }

    /// The database, as the application connects to it.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The URL with which the application connects.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A factory that creates valid rows in this database.
    ///
    /// # Errors
    ///
    /// If the server cannot be reached.
    pub async fn factory(&self) -> Result<Factory, TestingError> {
        let own = self.options.clone().database(&self.name);
        Ok(Factory::new(self.schema, connect(&own).await?))
    }

    /// Drops the database and waits for the end.
    pub async fn close(self) {
        drop_database(&self.options, &self.name).await;
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        self.db.close();
        let (options, name) = (self.options.clone(), self.name.clone());
        // The caller may be in a runtime, and a runtime cannot wait for another one. So a thread of its own drops it.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            if let Ok(runtime) = runtime {
                runtime.block_on(drop_database(&options, &name));
            }
        });
        let _ = dropping.join();
    }
}

async fn drop_database(options: &PgConnectOptions, name: &str) {
    let Ok(mut connection) = connect(options).await else {
        return;
    };
    let name = ddl::identifier(name);
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    // If it cannot be dropped now, a later test drops it.
    let _ = run(&mut connection, &drop).await;
    close(connection).await;
}

/// The name of a database: `freehold_test_{seconds}_{process}_{count}`. It shows how old the database is.
fn name() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs());
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("freehold_test_{seconds}_{}_{count}", std::process::id())
}

/// The template database that tests copy.
struct Template {
    schema: &'static SchemaDef,
    options: PgConnectOptions,
    name: String,
    lock: i64,
}

impl Template {
    fn new(schema: &'static SchemaDef, options: &PgConnectOptions) -> Result<Self, TestingError> {
        let up = schema.schema()?.up(POSTGRES.dialect);
        let hash = model::hash(&up);
        Ok(Self {
            schema,
            options: options.clone(),
            name: format!("freehold_template_{hash:016x}"),
            lock: hash.cast_signed(),
        })
    }

    /// Copies the template, and creates the template first if it is missing. A lock lets one test do this at a time:
    /// PostgreSQL copies a database only while no one is connected to it.
    async fn copy(&self, connection: &mut PgConnection, name: &str) -> Result<(), TestingError> {
        run(
            connection,
            &format!("SELECT pg_advisory_lock({})", self.lock),
        )
        .await?;
        let copied = self.copy_alone(connection, name).await;
        run(
            connection,
            &format!("SELECT pg_advisory_unlock({})", self.lock),
        )
        .await?;
        copied
    }

    async fn copy_alone(
        &self,
        connection: &mut PgConnection,
        name: &str,
    ) -> Result<(), TestingError> {
        if !self.is_there(connection).await? {
            drop_old(connection).await?;
            self.make(connection).await?;
        }
        let (name, template) = (ddl::identifier(name), ddl::identifier(&self.name));
        run(
            connection,
            &format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await
    }

    async fn is_there(&self, connection: &mut PgConnection) -> Result<bool, TestingError> {
        let question =
            "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)";
        let (is_there,) = sqlx::query_as::<_, (bool,)>(question)
            .bind(&self.name)
            .fetch_one(connection)
            .await?;
        Ok(is_there)
    }

    /// Creates the template. It becomes a template in the last step, so a creation that was interrupted is repeated.
    async fn make(&self, connection: &mut PgConnection) -> Result<(), TestingError> {
        let name = ddl::identifier(&self.name);
        run(
            connection,
            &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        )
        .await?;
        run(connection, &format!("CREATE DATABASE {name}")).await?;
        let own = self.options.clone().database(&self.name);
        Db::setup(self.schema, own.to_url_lossy().as_str()).await?;
        if let Some((login, password)) = login(self.schema, &self.options) {
            let (login, password) = (ddl::identifier(&login), quote::text(&password));
            run(
                connection,
                &format!("ALTER ROLE {login} PASSWORD {password}"),
            )
            .await?;
        }
        run(
            connection,
            &format!("ALTER DATABASE {name} IS_TEMPLATE true"),
        )
        .await
    }
}

/// The login, and a password that every test process can compute.
fn login(schema: &SchemaDef, options: &PgConnectOptions) -> Option<(String, String)> {
    let Isolation::RowSecurity(isolation) = schema.isolation_in_use() else {
        return None;
    };
    let login = match isolation.login {
        Some(login) => login.to_owned(),
        None => format!("{}_login", isolation.role),
    };
    let seed = model::hash(options.to_url_lossy().as_str());
    Some((login, format!("test-{seed:016x}")))
}

/// Drops databases of tests that were interrupted more than a day ago.
async fn drop_old(connection: &mut PgConnection) -> Result<(), TestingError> {
    let question = "SELECT datname::text FROM pg_database WHERE datname ~ '^freehold_test_[0-9]+_[0-9]+_[0-9]+$' \
        AND split_part(datname, '_', 3)::bigint < extract(epoch FROM now())::bigint - 86400";
    let old: Vec<(String,)> = sqlx::query_as(question).fetch_all(&mut *connection).await?;
    for (name,) in old {
        let name = ddl::identifier(&name);
        run(connection, &format!("DROP DATABASE IF EXISTS {name}")).await?;
    }
    Ok(())
}

pub(super) async fn connect(options: &PgConnectOptions) -> Result<PgConnection, TestingError> {
    Ok(options
        .connect()
        .await
        .map_err(|error| Error::Connect(without_source_line(error)))?)
}

pub(super) async fn run(connection: &mut PgConnection, text: &str) -> Result<(), TestingError> {
    connection.execute(AssertSqlSafe(text.to_owned())).await?;
    Ok(())
}

pub(super) async fn close(connection: PgConnection) {
    use sqlx::Connection as _;
    let _ = connection.close().await;
}
