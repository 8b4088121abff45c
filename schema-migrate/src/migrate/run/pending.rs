//! Pending migrations, for an application that starts.

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::error::MigrateError;
use super::history::{History, Past};
use super::status::{self, State, Status};
use crate::migrate::Directory;

/// Returns the migrations of the directory that a database has not applied, or not completely, oldest first.
///
/// It is for an application that checks at its start and does not run migrations itself. It reads `_sqlx_migrations`
/// and `_freehold_steps`, changes nothing and takes no lock. `url` must be that of a role which may read these two
/// tables, such as the role that runs the migrations; the login of the application may not. If no migration ever ran,
/// all are pending.
///
/// It does not report migrations that only the database has: when a new release has migrated the database, the previous
/// one may still start. It does not report files that were edited after they were applied either.
/// [`Runner::status`](super::Runner::status) reports both.
///
/// ```no_run
/// use freehold_schema_migrate::migrate::{Directory, pending};
///
/// # async fn start(url: &str) -> Result<(), Box<dyn std::error::Error>> {
/// // The program embeds the files, so it needs no directory where it runs.
/// let migrations = Directory::of([
///     ("1_users.up.sql", "CREATE TABLE users (id bigint PRIMARY KEY);"), // `include_str!("../migrations/1_users.up.sql")`
/// ])?;
/// if let Some(first) = pending(&migrations, url).await?.first() {
///     return Err(format!("`{}` is not applied; run `schema migrate up`", first.description).into());
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`MigrateError::Url`], [`MigrateError::Connect`], and [`MigrateError::History`] if the history cannot be read.
pub async fn pending(directory: &Directory, url: &str) -> Result<Vec<Status>, MigrateError> {
    let options = PgConnectOptions::from_str(url).map_err(MigrateError::Url)?;
    let options = options.disable_statement_logging();
    let mut connection = options.connect().await.map_err(MigrateError::Connect)?;
    let past = past(&mut connection).await.map_err(MigrateError::history);
    // An error is ignored: the server notices the closed socket.
    let _ = connection.close().await;
    let mut all = status::all(directory, &past?);
    all.retain(|status| is_pending(&status.state));
    Ok(all)
}

fn is_pending(state: &State) -> bool {
    match state {
        State::Pending | State::HalfDone { .. } | State::Failed => true,
        State::Applied | State::Edited | State::Missing => false,
    }
}

/// Reads the history and the journal; empty if there are none.
pub(super) async fn past(connection: &mut PgConnection) -> Result<Past, sqlx::Error> {
    match History::find(connection).await? {
        Some(history) => history.past(connection).await,
        None => Ok(Past::default()),
    }
}
