use std::time::{Duration, Instant};

use futures_util::{FutureExt as _, Stream, TryStreamExt as _};
use sqlx::postgres::{PgArguments, PgConnection, PgRow, Postgres};
use sqlx::{AssertSqlSafe, Either, Executor as _};

use super::pool::{Pool, Pooled};
use crate::error::Error;
use crate::model::SchemaDef;
use crate::query::{Kind, Meta, Statement};

/// A connection while one unit of work has it.
///
/// It is soiled before anything is sent that leaves a state behind, and clean again when that has ended. One that is dropped
/// soiled, by a cancelled future or an error on the way, is closed: nobody gets a connection that is inside a transaction or says
/// whose rows are meant.
pub(crate) struct Session {
    slot: Pooled,
    pool: Pool,
    is_soiled: bool,
    /// Whether it is closed whatever happens.
    is_retired: bool,
    /// Whether SQL of somebody's own ran, which may have left something behind.
    had_raw: bool,
    /// The tables of its statements, whose deferred constraints the end of the transaction may name.
    tables: Vec<&'static Meta>,
    schema: Option<&'static SchemaDef>,
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.is_soiled || self.is_retired {
            // Dropping it closes the socket.
            self.slot.connection = None;
        }
    }
}

/// Makes a connection what it was when it was new, but for its prepared statements.
const AS_NEW: &str = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; SELECT pg_advisory_unlock_all()";

/// What is done with statements when they have run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Log {
    /// How long a statement may take before it is warned of.
    pub(crate) slow: Duration,
    /// The schema, whose constraints an error may name.
    pub(crate) schema: Option<&'static SchemaDef>,
}

impl Session {
    pub(super) fn new(slot: Pooled, pool: Pool) -> Self {
        Self {
            slot,
            pool,
            is_soiled: false,
            is_retired: false,
            had_raw: false,
            tables: Vec::new(),
            schema: None,
        }
    }

    /// From here on it is closed when it is dropped.
    pub(crate) fn soil(&mut self) {
        self.is_soiled = true;
    }

    /// From here on it is used again when it is dropped.
    pub(crate) fn clean(&mut self) {
        self.is_soiled = false;
    }

    /// The connection itself.
    pub(crate) fn connection(&mut self) -> Result<&mut PgConnection, Error> {
        self.slot
            .connection
            .as_mut()
            .ok_or(Error::ConnectionLost(sqlx::Error::PoolClosed))
    }

    /// Runs SQL of this crate's own, without parameters.
    pub(crate) async fn command(&mut self, text: &str) -> Result<(), Error> {
        let done = self
            .connection()?
            .execute(AssertSqlSafe(text.to_owned()))
            .await;
        match done {
            Ok(_) => Ok(()),
            Err(error) => {
                let tables = std::mem::take(&mut self.tables);
                Err(self.failure(error, &tables).named_by(self.schema))
            }
        }
    }

    /// Ends the transaction by `COMMIT` or `ROLLBACK`, and takes away what SQL of somebody's own may have left on the connection:
    /// settings, a role, temporary tables, locks.
    pub(crate) async fn end(&mut self, word: &str) -> Result<(), Error> {
        if self.had_raw {
            self.command(&format!("{word}; {AS_NEW}")).await
        } else {
            self.command(word).await
        }
    }

    /// Sends a `ROLLBACK` without waiting for its answer: that is read when the connection is used again.
    pub(crate) fn queue_rollback(&mut self) {
        let Ok(connection) = self.connection() else {
            return;
        };
        match connection.execute("ROLLBACK").now_or_never() {
            // It was sent, or is in the buffer of what is sent next.
            None | Some(Ok(_)) => self.clean(),
            Some(Err(_)) => {}
        }
    }

    /// Runs a statement, and shows each row. Gives back how many rows it changed.
    ///
    /// Where a row cannot be read the others are still taken from the connection, so that it can be used again.
    pub(crate) async fn run(
        &mut self,
        statement: Statement,
        on_row: &mut (dyn FnMut(PgRow) -> Result<(), Error> + Send),
        log: Log,
    ) -> Result<u64, Error> {
        let begun = Instant::now();
        let Statement {
            text,
            arguments,
            tables,
            kind,
        } = statement;
        self.had_raw |= kind == Kind::Raw;
        self.remember(&tables, kind, log);
        let logged = is_logged().then(|| text.clone());
        let query = sqlx::query_with::<Postgres, _>(AssertSqlSafe(text), arguments);
        let mut steps = self.connection()?.fetch_many(query);
        let mut changed = 0;
        let mut unread = None;
        let ended = loop {
            match steps.try_next().await {
                Ok(Some(Either::Left(done))) => changed += done.rows_affected(),
                Ok(Some(Either::Right(row))) => {
                    if unread.is_none() {
                        unread = on_row(row).err();
                    }
                }
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        drop(steps);
        if let Some(text) = logged {
            log_statement(&text, begun.elapsed(), changed, ended.is_ok(), log);
        }
        match (ended, unread) {
            (Err(error), _) => Err(self.failure(error, &tables).named_by(log.schema)),
            (Ok(()), Some(unread)) => Err(unread),
            (Ok(()), None) => Ok(changed),
        }
    }

    /// Remembers what the end of the transaction may be about.
    fn remember(&mut self, tables: &[&'static Meta], kind: Kind, log: Log) {
        if kind == Kind::Read {
            return;
        }
        self.schema = log.schema;
        for table in tables {
            if !self.tables.iter().any(|known| std::ptr::eq(*known, *table)) {
                self.tables.push(table);
            }
        }
    }

    /// The rows of a statement, one by one.
    pub(crate) fn rows(
        &mut self,
        text: String,
        arguments: PgArguments,
    ) -> Result<impl Stream<Item = sqlx::Result<PgRow>> + Send + '_, Error> {
        let query = sqlx::query_with::<Postgres, _>(AssertSqlSafe(text), arguments);
        let steps = self.connection()?.fetch_many(query);
        Ok(steps.try_filter_map(async |step| Ok(step.right())))
    }

    /// What an error means. A lost connection takes all with it that were made before.
    pub(crate) fn failure(&mut self, error: sqlx::Error, tables: &[&'static Meta]) -> Error {
        let error = Error::of_statement(error, tables);
        // A prepared statement whose table was changed fails for as long as the connection has it.
        let is_stale = matches!(&error, Error::Database(cause) if is_stale(cause));
        self.is_retired |= is_stale || error.ends_connection();
        if error.ends_connection() {
            self.pool.lose(&self.slot);
        }
        error
    }
}

/// Whether anybody hears of statements.
fn is_logged() -> bool {
    tracing::enabled!(target: "freehold::statement", tracing::Level::WARN)
}

/// A statement whose rows come one by one.
pub(crate) fn log_stream(text: &str, begun: Instant, ok: bool, log: Log) {
    if is_logged() {
        log_statement(text, begun.elapsed(), 0, ok, log);
    }
}

fn log_statement(text: &str, took: Duration, changed: u64, ok: bool, log: Log) {
    let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if took >= log.slow {
        tracing::warn!(target: "freehold::statement", sql = text, microseconds, changed, ok, "slow statement");
    } else {
        tracing::debug!(target: "freehold::statement", sql = text, microseconds, changed, ok);
    }
}

/// `cached plan must not change result type`
fn is_stale(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == "0A000")
}
