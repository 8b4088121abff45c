use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{FutureExt as _, Stream, TryStreamExt as _};
use sqlx::postgres::{PgArguments, PgConnection, PgRow, Postgres};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Either, Executor as _};

use super::database_error::Staleness;
use super::identity;
use super::pool::{Pool, Pooled};
use super::unit_of_work::Identity;
use crate::error::Error;
use crate::model::SchemaDef;
use crate::query::{Kind, Meta};

/// A connection while one unit of work uses it.
///
/// It is marked dirty before anything is sent that leaves state on the connection, and clean when that has ended. If it
/// is dropped while it is dirty, by a cancelled future or an error, the connection is closed. So no other unit of work
/// gets a connection that is inside a transaction or has an owner set.
#[allow(clippy::struct_excessive_bools)] // They are independent facts about the unit of work.
pub(crate) struct Session {
    slot: Pooled,
    pool: Pool,
    is_dirty: bool,
    /// Whether the connection is closed in any case when it is dropped.
    is_retired: bool,
    /// Whether raw SQL ran, which may have left state on the connection.
    had_raw: bool,
    /// Whether the connection was made for this unit of work, so that it remembers no older schema.
    is_new: bool,
    /// If the connection replaced another one: the number of losses before that one was made.
    instead_of: Option<u64>,
    /// Whether a statement failed before it returned a row.
    failed_at_once: bool,
    /// The tables of its statements with deferred constraints, which the end of the transaction may name.
    tables: Vec<&'static Meta>,
    schema: Option<&'static SchemaDef>,
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.is_dirty || self.is_retired {
            // Dropping the connection closes the socket.
            self.slot.connection = None;
        }
    }
}

/// A statement that is sent. Its text is shared, so that it can be sent again.
pub(crate) struct SentStatement {
    pub(crate) text: Arc<String>,
    pub(crate) arguments: PgArguments,
    pub(crate) kind: Kind,
}

impl SentStatement {
    /// A copy, to be sent again if nothing took place. `None` for raw SQL, whose effects are unknown.
    pub(crate) fn again(&self) -> Option<Self> {
        match self.kind {
            Kind::Read | Kind::Write => Some(self.copied()),
            Kind::Raw => None,
        }
    }

    fn copied(&self) -> Self {
        Self {
            text: self.text.clone(),
            arguments: self.arguments.clone(),
            kind: self.kind,
        }
    }
}

/// How statements are logged, and their errors named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Log {
    /// The duration from which a statement is logged as slow.
    pub(crate) slow: Duration,
    /// The schema, whose constraints an error may name.
    pub(crate) schema: Option<&'static SchemaDef>,
}

impl Session {
    pub(super) fn new(mut slot: Pooled, pool: Pool) -> Self {
        let is_new = !slot.is_used;
        slot.is_used = true;
        Self {
            slot,
            pool,
            is_dirty: false,
            is_retired: false,
            had_raw: false,
            is_new,
            instead_of: None,
            failed_at_once: false,
            tables: Vec::new(),
            schema: None,
        }
    }

    /// Closes the connection, and replaces it with one that remembers nothing. Does nothing if it is new.
    pub(crate) async fn renew(&mut self) -> Result<(), Error> {
        if self.is_new {
            return Ok(());
        }
        self.slot.connection = None;
        self.instead_of = Some(self.slot.losses_before);
        // Boxed because it is rare: otherwise it would be part of the future of every statement.
        *self.slot = Box::pin(self.pool.connect()).await?;
        self.slot.is_used = true;
        self.is_dirty = false;
        self.is_retired = false;
        self.had_raw = false;
        self.is_new = true;
        Ok(())
    }

    /// Whether the error comes from a schema that changed after the connection read it. A new connection may not have
    /// it.
    pub(crate) fn is_stale(&self, error: &Error) -> bool {
        match error.staleness() {
            Staleness::Certain => true,
            Staleness::Possible => !self.is_new && self.pool.doubts(),
            Staleness::None => false,
        }
    }

    /// Whether the failed statement can be sent again: nothing of it took place, and a new connection may run it.
    pub(crate) fn may_send_again(&self, error: &Error) -> bool {
        self.failed_at_once && self.is_stale(error)
    }

    /// Marks the connection dirty: if the session is dropped now, the connection is closed.
    pub(crate) fn mark_dirty(&mut self) {
        self.is_dirty = true;
    }

    /// Marks the connection clean: if the session is dropped now, the connection goes back to the pool.
    pub(crate) fn mark_clean(&mut self) {
        self.is_dirty = false;
    }

    /// Notes that the unit of work ended well. If this connection replaced one that failed, the schema has changed, and
    /// all older connections know the old one.
    pub(crate) fn succeed(&mut self) {
        if let Some(losses_before) = self.instead_of.take() {
            self.pool.lose(losses_before);
        }
    }

    /// The connection itself.
    pub(crate) fn connection(&mut self) -> Result<&mut PgConnection, Error> {
        self.slot
            .connection
            .as_mut()
            .ok_or(Error::ConnectionLost(sqlx::Error::PoolClosed))
    }

    /// Runs SQL of this crate, without parameters.
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

    /// Ends the transaction with `COMMIT` or `ROLLBACK`. After raw SQL it also resets what may be left on the
    /// connection: settings, a role, temporary tables, locks.
    pub(crate) async fn end(&mut self, word: &str) -> Result<(), Error> {
        if self.had_raw {
            let as_new = self.pool.link().as_new();
            self.command(&format!("{word}; {as_new}")).await
        } else {
            self.command(word).await
        }
    }

    /// Sends a `ROLLBACK` without waiting for the answer, which is read when the connection is used again.
    pub(crate) fn queue_rollback(&mut self) {
        let Ok(connection) = self.connection() else {
            return;
        };
        match connection.execute("ROLLBACK").now_or_never() {
            // It was sent, or waits in the buffer for the next message.
            None | Some(Ok(_)) => self.mark_clean(),
            Some(Err(_)) => {}
        }
    }

    /// Runs a statement, and calls `on_row` with each row. Returns how many rows it changed.
    ///
    /// If a row cannot be read, the remaining rows are still received, so that the connection can be used again.
    pub(crate) async fn run(
        &mut self,
        sent: SentStatement,
        tables: &[&'static Meta],
        on_row: &mut (dyn FnMut(PgRow) -> Result<(), Error> + Send),
        log: Log,
    ) -> Result<u64, Error> {
        if self.pool.link().keeps_statements() {
            return self.run_once(sent, tables, on_row, log).await;
        }
        // Boxed: otherwise it would enlarge the future of every other statement.
        Box::pin(self.run_without_name(sent, tables, on_row, log)).await
    }

    /// Runs an unnamed statement, which the server may forget between its two halves.
    async fn run_without_name(
        &mut self,
        mut sent: SentStatement,
        tables: &[&'static Meta],
        on_row: &mut (dyn FnMut(PgRow) -> Result<(), Error> + Send),
        log: Log,
    ) -> Result<u64, Error> {
        let mut again = self.secure(&sent).await?;
        loop {
            let done = self.run_once(sent, tables, on_row, log).await;
            match (done, again.take()) {
                (Err(error), Some(once_more)) if error.is_of_lost_statement() => {
                    self.roll_back_to_savepoint().await?;
                    sent = once_more;
                }
                (Ok(changed), Some(_)) => {
                    self.release().await?;
                    return Ok(changed);
                }
                (done, _) => return done,
            }
        }
    }

    /// Sets a savepoint before an unnamed statement that the connection has not run yet. Returns the statement to run
    /// again after [`roll_back_to_savepoint`](Self::roll_back_to_savepoint).
    ///
    /// If sqlx does not know a type of the statement's columns, it queries it between the two halves of the statement,
    /// and the server then forgets the unnamed statement.
    pub(crate) async fn secure(
        &mut self,
        sent: &SentStatement,
    ) -> Result<Option<SentStatement>, Error> {
        if self.pool.link().keeps_statements() || !self.slot.is_first(&sent.text) {
            return Ok(None);
        }
        self.command("SAVEPOINT freehold_types").await?;
        Ok(Some(sent.copied()))
    }

    /// Goes back to before the statement that the server forgot.
    pub(crate) async fn roll_back_to_savepoint(&mut self) -> Result<(), Error> {
        self.command("ROLLBACK TO SAVEPOINT freehold_types; RELEASE SAVEPOINT freehold_types")
            .await
    }

    /// Keeps what the statement did.
    pub(crate) async fn release(&mut self) -> Result<(), Error> {
        self.command("RELEASE SAVEPOINT freehold_types").await
    }

    async fn run_once(
        &mut self,
        sent: SentStatement,
        tables: &[&'static Meta],
        on_row: &mut (dyn FnMut(PgRow) -> Result<(), Error> + Send),
        log: Log,
    ) -> Result<u64, Error> {
        let begun = Instant::now();
        let SentStatement {
            text,
            arguments,
            kind,
        } = sent;
        self.had_raw |= kind == Kind::Raw;
        self.remember(tables, kind, log);
        let logged = is_logged().then(|| text.clone());
        let query = self.query(text, arguments);
        let mut steps = self.connection()?.fetch_many(query);
        let mut changed = 0;
        let mut has_rows = false;
        let mut unread = None;
        let ended = loop {
            match steps.try_next().await {
                Ok(Some(Either::Left(done))) => changed += done.rows_affected(),
                Ok(Some(Either::Right(row))) => {
                    has_rows = true;
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
        self.failed_at_once = ended.is_err() && !has_rows;
        match (ended, unread) {
            (Err(error), _) => Err(self.failure(error, tables).named_by(log.schema)),
            (Ok(()), Some(unread)) => Err(unread),
            (Ok(()), None) => Ok(changed),
        }
    }

    /// Remembers the tables that an error at the end of the transaction may name.
    fn remember(&mut self, tables: &[&'static Meta], kind: Kind, log: Log) {
        if kind == Kind::Read {
            return;
        }
        self.schema = log.schema;
        for table in tables.iter().filter(|table| table.defers()) {
            if !self.tables.iter().any(|known| std::ptr::eq(*known, *table)) {
                self.tables.push(table);
            }
        }
    }

    fn query(
        &self,
        text: Arc<String>,
        arguments: PgArguments,
    ) -> Query<'static, Postgres, PgArguments> {
        let query = sqlx::query_with(AssertSqlSafe(text), arguments);
        query.persistent(self.pool.link().keeps_statements())
    }

    /// Begins a transaction.
    pub(crate) async fn begin(&mut self, identity: &Identity, options: &str) -> Result<(), Error> {
        let begin = self.pool.link().begin(identity, options);
        self.command(&begin).await
    }

    /// Sets the identity again, which raw SQL may have changed.
    pub(crate) async fn set_identity_again(
        &mut self,
        identity: &Identity,
        schema: Option<&'static SchemaDef>,
    ) -> Result<(), Error> {
        let reset = identity::reset_audit(schema);
        let identity = self.pool.link().settings_and_identity(identity);
        self.command(&format!("{reset}; {identity}")).await
    }

    /// The rows of a statement, one by one.
    pub(crate) fn rows(
        &mut self,
        text: Arc<String>,
        arguments: PgArguments,
    ) -> Result<impl Stream<Item = sqlx::Result<PgRow>> + Send + '_, Error> {
        let query = self.query(text, arguments);
        let steps = self.connection()?.fetch_many(query);
        Ok(steps.try_filter_map(async |step| Ok(step.right())))
    }

    /// Maps an error. If the connection was lost or the schema changed, all older connections are closed too.
    pub(crate) fn failure(&mut self, error: sqlx::Error, tables: &[&'static Meta]) -> Error {
        let error = Error::of_statement(error, tables);
        let staleness = error.staleness();
        if staleness == Staleness::Possible && self.instead_of.is_some() {
            // A new connection has the error too, so the statement is wrong.
            self.pool.refute();
        }
        self.is_retired |= error.ends_connection() || self.is_stale(&error);
        if error.ends_connection() || staleness == Staleness::Certain {
            self.pool.lose(self.slot.losses_before);
        }
        error
    }
}

/// Whether anything listens to statement events.
fn is_logged() -> bool {
    tracing::enabled!(target: "freehold::statement", tracing::Level::WARN)
}

/// Logs a statement whose rows were read one by one.
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
