//! What an application asks when it starts.

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::error::MigrateError;
use super::history::{History, Past};
use super::status::{self, State, Status};
use crate::migrate::Directory;

/// The migrations of the directory that a database has not applied, oldest first: none of them, or not to their end.
///
/// It is for an application that asks at its start, and leaves running them to somebody else. It reads `_sqlx_migrations` and
/// `_freehold_steps`, changes nothing and takes no lock. `url` is that of a role which may read these two tables, as the one does
/// that runs the migrations; the application's own login may not. Where no migration ever ran, all are pending.
///
/// What the database has and the directory has not is not told: a release that is rolled out has migrated the database, and the one
/// before may still start. Neither is a file that was edited after it was applied; [`Runner::status`](super::Runner::status) tells both.
///
/// ```no_run
/// use freehold_schema_migrate::migrate::{Directory, pending};
///
/// # async fn start(url: &str) -> Result<(), Box<dyn std::error::Error>> {
/// // Files that the program has in itself, so that it needs no directory where it runs.
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
/// [`MigrateError::Url`], [`MigrateError::Connect`], and [`MigrateError::History`] where the history cannot be read.
pub async fn pending(directory: &Directory, url: &str) -> Result<Vec<Status>, MigrateError> {
    let options = PgConnectOptions::from_str(url).map_err(MigrateError::Url)?;
    let options = options.disable_statement_logging();
    let mut connection = options.connect().await.map_err(MigrateError::Connect)?;
    let past = past(&mut connection).await.map_err(MigrateError::history);
    // The server sees the socket's end all the same.
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

/// What the history and the journal say; nothing, where there are none.
pub(super) async fn past(connection: &mut PgConnection) -> Result<Past, sqlx::Error> {
    match History::find(connection).await? {
        Some(history) => history.past(connection).await,
        None => Ok(Past::default()),
    }
}
