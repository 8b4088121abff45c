//! The two connections of a run: opened for it and closed at its end.

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

use super::error::MigrateError;
use super::observer::Observer;

/// Resets the session, so that no file leaves a state for the next.
const AS_NEW: &str = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP";

/// Returns to the initial role for the rest of a transaction, because the role of a file may have no rights on the
/// history.
const AS_RUNNER: &str = "SET LOCAL session_authorization = DEFAULT; SET LOCAL role = DEFAULT";

/// The connection for the migrations, and the one that observes it.
pub(super) struct RunnerSession {
    pub(super) main: PgConnection,
    pub(super) observer: Observer,
    settings: String,
}

impl RunnerSession {
    pub(super) async fn open(options: &PgConnectOptions) -> Result<Self, MigrateError> {
        let options = options.clone().disable_statement_logging();
        let mut main = options.connect().await.map_err(MigrateError::connect)?;
        let mut second = options.connect().await.map_err(MigrateError::connect)?;
        let pid = own_pid(&mut main, &mut second).await?;
        let settings = settings(&mut main).await.map_err(MigrateError::connect)?;
        let mut session = Self {
            main,
            observer: Observer::new(options, second, pid),
            settings,
        };
        session.renew().await?;
        Ok(session)
    }

    /// Resets what the SQL of a file has set.
    pub(super) async fn renew(&mut self) -> Result<(), MigrateError> {
        let text = format!("{AS_NEW}; {}", self.settings);
        self.command(text).await.map_err(MigrateError::connect)
    }

    /// Returns to the initial role for the rest of a transaction that changes the history.
    pub(super) async fn become_runner(&mut self) -> Result<(), MigrateError> {
        self.command(AS_RUNNER).await.map_err(MigrateError::history)
    }

    /// Runs SQL of this crate, without parameters.
    pub(super) async fn command(&mut self, text: impl Into<String>) -> Result<(), sqlx::Error> {
        self.main
            .execute(AssertSqlSafe(text.into()))
            .await
            .map(drop)
    }

    /// Closes both connections with the `Terminate` message of the protocol. The locks of the session end with it.
    pub(super) async fn close(self) {
        let _ = self.main.close().await;
        self.observer.close().await;
    }
}

/// Returns the server process of `main`, or an error if a transaction pooler is in between.
///
/// While the second connection has a transaction open, a transaction pooler must give `main` another process. If `main`
/// changes its process, or if both connections report the same one, only a pooler can be the cause.
///
/// Everything uses the simple protocol, because such a pooler loses prepared statements.
async fn own_pid(main: &mut PgConnection, second: &mut PgConnection) -> Result<i32, MigrateError> {
    let before = pid(main).await.map_err(MigrateError::connect)?;
    second
        .execute("BEGIN")
        .await
        .map_err(MigrateError::connect)?;
    let other = pid(second).await.map_err(MigrateError::connect)?;
    let after = pid(main).await.map_err(MigrateError::connect)?;
    second
        .execute("COMMIT")
        .await
        .map_err(MigrateError::connect)?;
    if before != after || other == before {
        return Err(MigrateError::Pooled);
    }
    Ok(before)
}

async fn pid(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    use sqlx::Row as _;
    connection
        .fetch_one("SELECT pg_backend_pid()")
        .await?
        .try_get(0)
}

/// Settings for a session that may be idle for long, and that must end soon after its client was killed.
async fn settings(connection: &mut PgConnection) -> Result<String, sqlx::Error> {
    const VERSION_14: i32 = 140_000;
    let query = "SELECT current_setting('server_version_num')::int4, version() LIKE '%linux%'";
    let (version, is_linux): (i32, bool) = sqlx::query_as(query).fetch_one(connection).await?;
    let mut settings = "SET idle_in_transaction_session_timeout = 0".to_owned();
    if version >= VERSION_14 {
        settings.push_str("; SET idle_session_timeout = 0");
    }
    // On other systems, the server cannot notice a closed socket while a statement runs.
    if version >= VERSION_14 && is_linux {
        settings.push_str("; SET client_connection_check_interval = 1000");
    }
    Ok(settings)
}
