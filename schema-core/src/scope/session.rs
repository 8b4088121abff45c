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

/// A connection while one unit of work has it.
///
/// It is soiled before anything is sent that leaves a state behind, and clean again when that has ended. One that is dropped
/// soiled, by a cancelled future or an error on the way, is closed: nobody gets a connection that is inside a transaction or says
/// whose rows are meant.
#[allow(clippy::struct_excessive_bools)] // They are facts of the unit of work, and independent of each other.
pub(crate) struct Session {
    slot: Pooled,
    pool: Pool,
    is_soiled: bool,
    /// Whether it is closed whatever happens.
    is_retired: bool,
    /// Whether SQL of somebody's own ran, which may have left something behind.
    had_raw: bool,
    /// Whether the connection was made for this unit of work, and remembers nothing of an older schema.
    is_new: bool,
    /// Where the connection took the place of one: how many losses there had been before that.
    instead_of: Option<u64>,
    /// Whether a statement failed before it gave a row.
    failed_at_once: bool,
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

/// A statement on its way: its text is shared, so that it can be sent once more.
pub(crate) struct SentStatement {
    pub(crate) text: Arc<String>,
    pub(crate) arguments: PgArguments,
    pub(crate) kind: Kind,
}

impl SentStatement {
    /// The same, to be sent once more where nothing happened; none of SQL of somebody's own, of which nobody knows what it does.
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

/// What is done with statements when they have run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Log {
    /// How long a statement may take before it is warned of.
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
            is_soiled: false,
            is_retired: false,
            had_raw: false,
            is_new,
            instead_of: None,
            failed_at_once: false,
            tables: Vec::new(),
            schema: None,
        }
    }

    /// Closes the connection, and makes one in its place that remembers nothing; unless this one is new.
    pub(crate) async fn renew(&mut self) -> Result<(), Error> {
        if self.is_new {
            return Ok(());
        }
        self.slot.connection = None;
        self.instead_of = Some(self.slot.losses_before);
        // On the heap, since it is seldom: it would be part of the future of every statement.
        *self.slot = Box::pin(self.pool.connect()).await?;
        self.slot.is_used = true;
        self.is_soiled = false;
        self.is_retired = false;
        self.had_raw = false;
        self.is_new = true;
        Ok(())
    }

    /// Whether the error comes of a schema that was changed since the connection had read it, so that a new connection may not have it.
    pub(crate) fn is_stale(&self, error: &Error) -> bool {
        match error.staleness() {
            Staleness::Certain => true,
            Staleness::Possible => !self.is_new && self.pool.doubts(),
            Staleness::None => false,
        }
    }

    /// Whether the statement that failed can be sent once more: nothing of it took place, and it may not fail on a new connection.
    pub(crate) fn may_send_again(&self, error: &Error) -> bool {
        self.failed_at_once && self.is_stale(error)
    }

    /// From here on it is closed when it is dropped.
    pub(crate) fn mark_dirty(&mut self) {
        self.is_soiled = true;
    }

    /// From here on it is used again when it is dropped.
    pub(crate) fn mark_clean(&mut self) {
        self.is_soiled = false;
    }

    /// The unit of work came to its end. Where the connection took the place of one that could not do it, the schema was changed: all
    /// that were made before know the old one.
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
            let as_new = self.pool.link().as_new();
            self.command(&format!("{word}; {as_new}")).await
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
            None | Some(Ok(_)) => self.mark_clean(),
            Some(Err(_)) => {}
        }
    }

    /// Runs a statement, and shows each row. Gives back how many rows it changed.
    ///
    /// Where a row cannot be read the others are still taken from the connection, so that it can be used again.
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
        // On the heap: it would make the future of every other statement larger.
        Box::pin(self.run_without_name(sent, tables, on_row, log)).await
    }

    /// Runs a statement that the server may forget between its two halves.
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
                    self.take_back().await?;
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

    /// Sets a savepoint before a statement without a name that the connection has not run yet, and gives back the statement to be run
    /// after [`take_back`](Self::take_back).
    ///
    /// Where sqlx does not know a type of its columns, it asks for that between the two halves of the statement, and the server forgets
    /// a statement without a name meanwhile.
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
    pub(crate) async fn take_back(&mut self) -> Result<(), Error> {
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

    /// Remembers what the end of the transaction may be about.
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

    /// Says again who it is, where SQL of somebody's own may have said otherwise.
    pub(crate) async fn say_again(
        &mut self,
        identity: &Identity,
        schema: Option<&'static SchemaDef>,
    ) -> Result<(), Error> {
        let unsaid = identity::unsaid(schema);
        let said = self.pool.link().say_again(identity);
        self.command(&format!("{unsaid}; {said}")).await
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

    /// What an error means. A lost connection takes all with it that were made before, and so does a schema that was changed.
    pub(crate) fn failure(&mut self, error: sqlx::Error, tables: &[&'static Meta]) -> Error {
        let error = Error::of_statement(error, tables);
        let staleness = error.staleness();
        if staleness == Staleness::Possible && self.instead_of.is_some() {
            // A new connection has the error too: the statement is wrong.
            self.pool.refute();
        }
        self.is_retired |= error.ends_connection() || self.is_stale(&error);
        if error.ends_connection() || staleness == Staleness::Certain {
            self.pool.lose(self.slot.losses_before);
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
