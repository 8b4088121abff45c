//! The lock that keeps a second runner out.

use std::time::Instant;

use crc::{CRC_32_ISO_HDLC, Crc};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row as _};
use tokio::time::sleep;

use super::backend;
use super::error::MigrateError;
use super::event::{Backend, Event, Listener};
use super::{Options, retry};

/// The pauses between tries stop growing after this many tries, so that the runner does not wait much longer than it
/// must.
const GROWS_FOR: u32 = 4;

/// The key of `sqlx migrate` for this database, so that it and this runner exclude each other.
fn key(database: &str) -> i64 {
    const FACTOR: i64 = 0x3d32_ad9e;
    FACTOR * i64::from(Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(database.as_bytes()))
}

/// Takes the lock, which the session keeps until it ends.
///
/// It polls. If a statement waited for the lock inside the server, `CREATE INDEX CONCURRENTLY` of the runner that has
/// the lock would wait for that statement.
pub(super) async fn acquire(
    connection: &mut PgConnection,
    options: &Options,
    listener: &Listener,
) -> Result<(), MigrateError> {
    let began = Instant::now();
    let database: (String,) = sqlx::query_as("SELECT current_database()::text")
        .fetch_one(&mut *connection)
        .await
        .map_err(MigrateError::connect)?;
    let key = key(&database.0);
    let mut tries = 0;
    while !is_taken(connection, key)
        .await
        .map_err(MigrateError::connect)?
    {
        let holder = holder(connection, key)
            .await
            .map_err(MigrateError::connect)?;
        let waited = began.elapsed();
        if waited >= options.runner_wait {
            let holder = holder.map(Box::new);
            return Err(MigrateError::Locked { waited, holder });
        }
        listener(&Event::LockWait { waited, holder });
        tries += 1;
        sleep(retry::pause(retry::FIRST, tries.min(GROWS_FOR)).min(options.runner_wait)).await;
    }
    if is_held(connection, key)
        .await
        .map_err(MigrateError::connect)?
    {
        Ok(())
    } else {
        Err(MigrateError::Pooled)
    }
}

async fn is_taken(connection: &mut PgConnection, key: i64) -> Result<bool, sqlx::Error> {
    let query = "SELECT pg_try_advisory_lock($1)";
    Ok(sqlx::query_as::<_, (bool,)>(query)
        .bind(key)
        .fetch_one(connection)
        .await?
        .0)
}

/// The condition for rows of `pg_locks AS l` with the key, which PostgreSQL stores in two halves.
const OF_KEY: &str = "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 \
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
    AND l.classid::int8 = ($1 >> 32) & 4294967295 AND l.objid::int8 = $1 & 4294967295";

/// Whether the session still has the lock in a second statement.
async fn is_held(connection: &mut PgConnection, key: i64) -> Result<bool, sqlx::Error> {
    let query = format!(
        "SELECT EXISTS (SELECT FROM pg_locks l WHERE {OF_KEY} AND l.pid = pg_backend_pid())"
    );
    let query = sqlx::query_as::<_, (bool,)>(AssertSqlSafe(query));
    Ok(query.bind(key).fetch_one(connection).await?.0)
}

async fn holder(connection: &mut PgConnection, key: i64) -> Result<Option<Backend>, sqlx::Error> {
    let columns = backend::COLUMNS;
    let query = format!(
        "SELECT l.pid, {columns} FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE {OF_KEY}"
    );
    let row = sqlx::query(AssertSqlSafe(query))
        .bind(key)
        .fetch_optional(connection)
        .await?;
    // The other runner may have released it in between.
    row.map(|row| {
        row.try_get::<i32, _>("pid")
            .and_then(|_| backend::of_row(&row))
    })
    .transpose()
}
