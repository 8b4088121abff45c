//! The second connection, which observes what the first one waits for.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _};
use tokio::time::timeout;

use super::backend;
use super::event::Blockage;

/// How long to wait for an answer of the server.
const PATIENCE: Duration = Duration::from_secs(5);

/// Observes the session with the process `pid`. A lost connection is opened again. If a query fails, the observer
/// returns nothing.
pub(super) struct Observer {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
    pid: i32,
}

/// The progress of an index build.
pub(super) struct Progress {
    pub(super) phase: String,
    pub(super) done: u64,
    pub(super) total: u64,
}

impl Observer {
    pub(super) fn new(options: PgConnectOptions, connection: PgConnection, pid: i32) -> Self {
        Self {
            options,
            connection: Some(connection),
            pid,
        }
    }

    /// The lock that the statement waits for.
    pub(super) async fn blockage(&mut self) -> Option<Blockage> {
        let columns = backend::COLUMNS;
        let query = format!(
            "SELECT l.locktype, l.mode, l.relation::regclass::text AS relation, b.pid, {columns} FROM pg_locks l \
             CROSS JOIN LATERAL unnest(pg_blocking_pids(l.pid)) AS b (pid) \
             LEFT JOIN pg_stat_activity a ON a.pid = b.pid AND b.pid <> 0 \
             WHERE l.pid = $1 AND NOT l.granted ORDER BY b.pid"
        );
        let rows = self.ask(&query).await?;
        blockage(&rows).ok().flatten()
    }

    /// The progress of the index build that runs now.
    pub(super) async fn progress(&mut self) -> Option<Progress> {
        let query = "SELECT phase, done, total FROM pg_stat_progress_create_index, LATERAL (VALUES \
                (1, blocks_done, blocks_total), (2, tuples_done, tuples_total), (3, lockers_done, lockers_total), (4, 0, 0)) \
                AS counted (rank, done, total) \
             WHERE pid = $1 AND (total > 0 OR rank = 4) ORDER BY rank LIMIT 1";
        let rows = self.ask(query).await?;
        progress(rows.first()?).ok()
    }

    /// Cancels the statement that runs there.
    pub(super) async fn cancel(&mut self) {
        self.ask("SELECT pg_cancel_backend($1)").await;
    }

    /// Closes the connection with the `Terminate` message of the protocol.
    pub(super) async fn close(self) {
        if let Some(connection) = self.connection {
            let _ = connection.close().await;
        }
    }

    async fn ask(&mut self, query: &str) -> Option<Vec<PgRow>> {
        let pid = self.pid;
        // Dropping a connection without an answer closes it.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => timeout(PATIENCE, self.options.connect()).await.ok()?.ok()?,
        };
        let query = sqlx::query(AssertSqlSafe(query.to_owned())).bind(pid);
        let rows = timeout(PATIENCE, query.fetch_all(&mut connection))
            .await
            .ok()?
            .ok()?;
        self.connection = Some(connection);
        Some(rows)
    }
}

fn blockage(rows: &[PgRow]) -> Result<Option<Blockage>, sqlx::Error> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let by: Result<Vec<_>, _> = rows.iter().map(backend::of_row).collect();
    Ok(Some(Blockage {
        kind: first.try_get("locktype")?,
        mode: first.try_get("mode")?,
        relation: first.try_get("relation")?,
        by: by?,
    }))
}

fn progress(row: &PgRow) -> Result<Progress, sqlx::Error> {
    let count = |column| {
        row.try_get::<i64, _>(column)
            .map(|count| u64::try_from(count).unwrap_or(0))
    };
    Ok(Progress {
        phase: row.try_get("phase")?,
        done: count("done")?,
        total: count("total")?,
    })
}
