//! Reads other sessions from `pg_stat_activity`.

use std::time::Duration;

use sqlx::Row as _;
use sqlx::postgres::PgRow;

use super::event::Backend;

/// The columns of `pg_stat_activity AS a` that [`of_row`] reads.
pub(super) const COLUMNS: &str = "a.usename::text AS user, a.application_name AS application, a.state, a.query, \
    extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.query_start, a.backend_start))::float8 AS age";

/// Reads a row with the column `pid` and those of [`COLUMNS`].
pub(super) fn of_row(row: &PgRow) -> Result<Backend, sqlx::Error> {
    let age: Option<f64> = row.try_get("age")?;
    Ok(Backend {
        pid: row.try_get("pid")?,
        user: row.try_get("user")?,
        application: row.try_get("application")?,
        state: row.try_get("state")?,
        query: row.try_get("query")?,
        age: age.and_then(|age| Duration::try_from_secs_f64(age).ok()),
    })
}
