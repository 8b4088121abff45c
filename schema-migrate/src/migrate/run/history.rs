//! The history `_sqlx_migrations`, in the form of SQLx, and the journal `_freehold_steps`, which records the progress
//! of a file that is not one transaction.

use std::time::{Duration, SystemTime};

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Executor as _, Row as _};

use crate::migrate::directory::hash;
use crate::migrate::{Direction, Migration, ScriptStatement};
use freehold_schema_core::ddl::identifier;

const HISTORY: &str = "_sqlx_migrations";
const STEPS: &str = "_freehold_steps";

/// A row of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) version: i64,
    pub(super) description: String,
    pub(super) is_done: bool,
    pub(super) checksum: Vec<u8>,
    pub(super) installed_on: SystemTime,
    pub(super) execution_time: Option<Duration>,
}

/// A statement in the journal. The journal has only statements of files that are half done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JournalRow {
    pub(super) version: i64,
    pub(super) direction: Direction,
    /// The number of the statement in its file, from 1.
    pub(super) statement: usize,
    pub(super) hash: Vec<u8>,
    pub(super) is_done: bool,
}

/// The history and the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Past {
    pub(super) recorded: Vec<Recorded>,
    pub(super) journal: Vec<JournalRow>,
}

/// A statement to write into the journal.
pub(super) struct Entry<'e> {
    pub(super) migration: &'e Migration,
    pub(super) direction: Direction,
    /// The number of the statement in its file, from 1.
    pub(super) number: usize,
    pub(super) statement: &'e ScriptStatement,
}

/// The qualified names of the two tables, since a file may set another `search_path`.
#[derive(Clone, Debug)]
pub(super) struct History {
    history: String,
    steps: String,
}

impl History {
    /// Finds the tables; `None` if there is no history. SQLx finds its own by the `search_path` of a new session.
    pub(super) async fn find(connection: &mut PgConnection) -> Result<Option<Self>, sqlx::Error> {
        let query = "SELECT n.nspname::text FROM pg_class c \
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($1)";
        let schema: Option<(String,)> = sqlx::query_as(query)
            .bind(HISTORY)
            .fetch_optional(connection)
            .await?;
        Ok(schema.map(|(schema,)| Self::within(&schema)))
    }

    /// Finds the tables, and creates those that are missing.
    pub(super) async fn ensure(connection: &mut PgConnection) -> Result<Self, sqlx::Error> {
        let history = match Self::find(connection).await? {
            Some(history) => history,
            None => {
                let query = "SELECT coalesce(current_schema()::text, 'public')";
                let (schema,): (String,) =
                    sqlx::query_as(query).fetch_one(&mut *connection).await?;
                Self::within(&schema)
            }
        };
        history.make(connection).await?;
        Ok(history)
    }

    fn within(schema: &str) -> Self {
        let schema = identifier(schema);
        Self {
            history: format!("{schema}.{HISTORY}"),
            steps: format!("{schema}.{STEPS}"),
        }
    }

    async fn make(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        let Self { history, steps } = self;
        if !is_table(connection, history).await? {
            let create = format!(
                "CREATE TABLE {history} (version bigint PRIMARY KEY, description text NOT NULL, \
                 installed_on timestamptz NOT NULL DEFAULT now(), success boolean NOT NULL, checksum bytea NOT NULL, \
                 execution_time bigint NOT NULL)"
            );
            connection.execute(AssertSqlSafe(create)).await?;
        }
        if !is_table(connection, steps).await? {
            let create = format!(
                "CREATE TABLE {steps} (version bigint NOT NULL, direction text NOT NULL CHECK (direction IN ('up', 'down')), \
                 statement integer NOT NULL, hash bytea NOT NULL, state text NOT NULL CHECK (state IN ('started', 'done')), \
                 started_at timestamptz NOT NULL DEFAULT clock_timestamp(), done_at timestamptz, \
                 PRIMARY KEY (version, direction, statement))"
            );
            connection.execute(AssertSqlSafe(create)).await?;
        }
        Ok(())
    }

    pub(super) async fn past(&self, connection: &mut PgConnection) -> Result<Past, sqlx::Error> {
        let Self { history, steps } = self;
        let query = format!(
            "SELECT version, description, success, checksum, execution_time, \
             extract(epoch FROM installed_on)::float8 AS installed_on FROM {history} ORDER BY version"
        );
        let rows = sqlx::query(AssertSqlSafe(query))
            .fetch_all(&mut *connection)
            .await?;
        let recorded: Result<_, _> = rows.iter().map(recorded).collect();
        let journal: Result<_, _> = if is_table(connection, steps).await? {
            let query = format!(
                "SELECT version, direction, statement, hash, state = 'done' AS is_done FROM {steps} \
                 ORDER BY version, direction, statement"
            );
            let rows = sqlx::query(AssertSqlSafe(query))
                .fetch_all(connection)
                .await?;
            rows.iter().map(journal_row).collect()
        } else {
            Ok(Vec::new())
        };
        Ok(Past {
            recorded: recorded?,
            journal: journal?,
        })
    }

    /// Records that a migration is applied, and removes its statements from the journal. Run it in a transaction, or
    /// each change takes effect alone.
    pub(super) async fn applied(
        &self,
        connection: &mut PgConnection,
        migration: &Migration,
        took: Option<Duration>,
    ) -> Result<(), sqlx::Error> {
        let Self { history, .. } = self;
        let insert = format!(
            "INSERT INTO {history} (version, description, success, checksum, execution_time) VALUES ($1, $2, true, $3, $4) \
             ON CONFLICT (version) DO UPDATE SET description = excluded.description, success = true, \
             checksum = excluded.checksum, execution_time = excluded.execution_time"
        );
        let took = took.map_or(-1, |took| {
            i64::try_from(took.as_nanos()).unwrap_or(i64::MAX)
        });
        let insert = sqlx::query(AssertSqlSafe(insert))
            .bind(migration.version)
            .bind(&migration.description);
        insert
            .bind(migration.up.checksum())
            .bind(took)
            .execute(&mut *connection)
            .await?;
        self.clear(connection, migration.version).await
    }

    /// Removes a migration from the history and from the journal.
    pub(super) async fn forget(
        &self,
        connection: &mut PgConnection,
        version: i64,
    ) -> Result<(), sqlx::Error> {
        let delete = format!("DELETE FROM {} WHERE version = $1", self.history);
        sqlx::query(AssertSqlSafe(delete))
            .bind(version)
            .execute(&mut *connection)
            .await?;
        self.clear(connection, version).await
    }

    /// Records the new checksum of an applied migration.
    pub(super) async fn set_checksum(
        &self,
        connection: &mut PgConnection,
        migration: &Migration,
    ) -> Result<(), sqlx::Error> {
        let update = format!(
            "UPDATE {} SET checksum = $2 WHERE version = $1",
            self.history
        );
        let update = sqlx::query(AssertSqlSafe(update))
            .bind(migration.version)
            .bind(migration.up.checksum());
        update.execute(connection).await.map(drop)
    }

    async fn clear(&self, connection: &mut PgConnection, version: i64) -> Result<(), sqlx::Error> {
        let delete = format!("DELETE FROM {} WHERE version = $1", self.steps);
        sqlx::query(AssertSqlSafe(delete))
            .bind(version)
            .execute(connection)
            .await
            .map(drop)
    }

    /// Records that a statement has begun or is done. From the first statement on, the version has `success = false` in
    /// the history, so SQLx does not treat it as applied either. Run it in a transaction.
    pub(super) async fn write(
        &self,
        connection: &mut PgConnection,
        entry: &Entry<'_>,
        is_done: bool,
    ) -> Result<(), sqlx::Error> {
        self.mark_half_done(connection, entry).await?;
        let insert = format!(
            "INSERT INTO {} (version, direction, statement, hash, state, done_at) \
             VALUES ($1, $2, $3, $4, $5, CASE $5 WHEN 'done' THEN clock_timestamp() END) \
             ON CONFLICT (version, direction, statement) DO UPDATE SET hash = excluded.hash, state = excluded.state, \
             done_at = excluded.done_at",
            self.steps
        );
        let state = if is_done { "done" } else { "started" };
        let insert = sqlx::query(AssertSqlSafe(insert))
            .bind(entry.migration.version)
            .bind(entry.direction.to_string());
        let insert = insert
            .bind(number(entry.number))
            .bind(hash(&entry.statement.text))
            .bind(state);
        insert.execute(connection).await.map(drop)
    }

    async fn mark_half_done(
        &self,
        connection: &mut PgConnection,
        entry: &Entry<'_>,
    ) -> Result<(), sqlx::Error> {
        let Self { history, .. } = self;
        let migration = entry.migration;
        let (mark, is_up) = match entry.direction {
            Direction::Up => (
                format!(
                    "INSERT INTO {history} (version, description, success, checksum, execution_time) \
                     VALUES ($1, $2, false, $3, -1) ON CONFLICT (version) DO NOTHING"
                ),
                true,
            ),
            Direction::Down => (
                format!("UPDATE {history} SET success = false WHERE version = $1"),
                false,
            ),
        };
        let mut mark = sqlx::query(AssertSqlSafe(mark)).bind(migration.version);
        if is_up {
            mark = mark
                .bind(&migration.description)
                .bind(migration.up.checksum());
        }
        mark.execute(connection).await.map(drop)
    }

    /// Removes a statement from the journal that turned out to have had no effect. Run it in a transaction.
    pub(super) async fn unwrite(
        &self,
        connection: &mut PgConnection,
        version: i64,
        direction: Direction,
        statement: usize,
    ) -> Result<(), sqlx::Error> {
        let Self { history, steps } = self;
        let delete =
            format!("DELETE FROM {steps} WHERE version = $1 AND direction = $2 AND statement = $3");
        let delete = sqlx::query(AssertSqlSafe(delete))
            .bind(version)
            .bind(direction.to_string());
        delete
            .bind(number(statement))
            .execute(&mut *connection)
            .await?;
        // Without a statement in the journal, the version gets its earlier state back.
        let change = match direction {
            Direction::Up => format!("DELETE FROM {history}"),
            Direction::Down => format!("UPDATE {history} SET success = true"),
        };
        let change = format!(
            "{change} WHERE version = $1 AND NOT success AND NOT EXISTS (SELECT FROM {steps} WHERE version = $1)"
        );
        sqlx::query(AssertSqlSafe(change))
            .bind(version)
            .execute(connection)
            .await
            .map(drop)
    }

    /// Records that the statement that had begun is done, after a person has checked it. Returns whether there is such
    /// a statement.
    pub(super) async fn set_started_done(
        &self,
        connection: &mut PgConnection,
        version: i64,
    ) -> Result<bool, sqlx::Error> {
        let update = format!(
            "UPDATE {} SET state = 'done', done_at = clock_timestamp() WHERE version = $1 AND state = 'started'",
            self.steps
        );
        let done = sqlx::query(AssertSqlSafe(update))
            .bind(version)
            .execute(connection)
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

async fn is_table(connection: &mut PgConnection, name: &str) -> Result<bool, sqlx::Error> {
    let query = "SELECT to_regclass($1) IS NOT NULL";
    Ok(sqlx::query_as::<_, (bool,)>(query)
        .bind(name)
        .fetch_one(connection)
        .await?
        .0)
}

fn number(statement: usize) -> i32 {
    i32::try_from(statement).unwrap_or(i32::MAX)
}

fn recorded(row: &PgRow) -> Result<Recorded, sqlx::Error> {
    let nanoseconds: i64 = row.try_get("execution_time")?;
    let installed_on =
        Duration::try_from_secs_f64(row.try_get("installed_on")?).unwrap_or_default();
    Ok(Recorded {
        version: row.try_get("version")?,
        description: row.try_get("description")?,
        is_done: row.try_get("success")?,
        checksum: row.try_get("checksum")?,
        installed_on: SystemTime::UNIX_EPOCH + installed_on,
        // sqlx writes -1 until it knows the time.
        execution_time: u64::try_from(nanoseconds).ok().map(Duration::from_nanos),
    })
}

fn journal_row(row: &PgRow) -> Result<JournalRow, sqlx::Error> {
    let direction: String = row.try_get("direction")?;
    let statement: i32 = row.try_get("statement")?;
    Ok(JournalRow {
        version: row.try_get("version")?,
        direction: if direction == "up" {
            Direction::Up
        } else {
            Direction::Down
        },
        statement: usize::try_from(statement).unwrap_or(0),
        hash: row.try_get("hash")?,
        is_done: row.try_get("is_done")?,
    })
}
