use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;
use tokio::sync::Mutex;

use super::options::TransactionOptions;
use super::pool::Pool;
use super::raw_sql::RawSql;
use super::session::{Log, SentStatement, Session, log_stream};
use super::unit_of_work::{self, Identity};
use crate::error::Error;
use crate::query::{Executor, Kind, OnRow, Sql, Statement, Visibility};

/// What transactions can be begun by.
pub trait Begin: Executor {
    /// Where they come from.
    fn origin(&self) -> Result<Origin, Error>;
}

/// Where a transaction comes from, and who it is.
pub struct Origin {
    pub(super) identity: Identity,
    pub(super) pool: Pool,
    pub(super) log: Log,
    /// What holds SQL of the user's own.
    pub(super) raw_sql: RawSql,
}

/// Several statements that are kept together or not at all, all for the same owner.
///
/// It is run by as a [`Scope`](super::Scope) is. Visibility rows are meant cannot be changed in it.
pub struct Transaction<E> {
    work: Arc<State<E>>,
    /// How many savepoints it is in: while a further one is open, what is run by this would be taken back with that.
    level: u32,
}

/// What a transaction and its savepoints share.
struct State<E> {
    executor: E,
    identity: Identity,
    log: Log,
    raw_sql: RawSql,
    session: Mutex<Session>,
    /// How many savepoints are open.
    level: AtomicU32,
    /// Whether a statement failed: PostgreSQL keeps nothing of the transaction then.
    has_failed: AtomicBool,
    /// Whether to run it once more may help.
    is_retryable: AtomicBool,
    /// Whether that has to be on a new connection: this one knows a schema that was changed meanwhile.
    is_stale: AtomicBool,
    /// Whether SQL of somebody's own ran.
    had_raw: AtomicBool,
    /// Whether the identity has to be said again, since SQL of somebody's own may have said another.
    is_suspect: AtomicBool,
    /// Whether a stream has the connection.
    is_streaming: AtomicBool,
}

impl<E> std::fmt::Debug for Transaction<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transaction").finish_non_exhaustive()
    }
}

/// Runs a transaction.
pub(super) async fn once<X, R, E, F>(executor: X, options: &str, work: F) -> Result<R, E>
where
    X: Begin,
    F: AsyncFnOnce(&Transaction<X>) -> Result<R, E>,
    E: From<Error>,
{
    let transaction = Transaction::begin(executor, options, Connecting::FromPool).await?;
    let done = work(&transaction).await;
    transaction.end(done).await.map_err(|failed| failed.error)
}

/// Runs a transaction of whomever.
#[cfg(feature = "testing")]
pub(crate) async fn run<X, R, E, F>(executor: X, work: F) -> Result<R, E>
where
    X: Begin,
    F: AsyncFnOnce(&Transaction<X>) -> Result<R, E>,
    E: From<Error>,
{
    once(executor, "", work).await
}

/// Runs a transaction, again where that may help.
pub(super) async fn with<X, R, E, F>(
    executor: X,
    options: TransactionOptions,
    work: F,
) -> Result<R, E>
where
    X: Begin + Clone,
    F: AsyncFnOnce(&Transaction<X>) -> Result<R, E> + Clone,
    E: From<Error>,
{
    let mut connecting = Connecting::FromPool;
    for number in 0..options.retries {
        match attempt(&executor, options, connecting, work.clone()).await? {
            Ok(value) => return Ok(value),
            Err(failed) if failed.is_retryable && failed.is_stale => connecting = Connecting::Fresh,
            Err(failed) if failed.is_retryable => {
                connecting = Connecting::FromPool;
                tokio::time::sleep(options.pause(number)).await;
            }
            Err(failed) => return Err(failed.error),
        }
    }
    let last = attempt(&executor, options, connecting, work).await?;
    last.map_err(|failed| failed.error)
}

/// Runs it once.
async fn attempt<X, R, E, F>(
    executor: &X,
    options: TransactionOptions,
    connecting: Connecting,
    work: F,
) -> Result<Result<R, Failed<E>>, Error>
where
    X: Begin + Clone,
    F: AsyncFnOnce(&Transaction<X>) -> Result<R, E>,
    E: From<Error>,
{
    let transaction = Transaction::begin(executor.clone(), options.sql(), connecting).await?;
    let done = work(&transaction).await;
    Ok(transaction.end(done).await)
}

/// By which connection a transaction is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Connecting {
    /// By one of the pool.
    FromPool,
    /// By a new one: those of the pool may know the schema as it was.
    Fresh,
}

/// A transaction that was rolled back.
struct Failed<E> {
    error: E,
    is_retryable: bool,
    is_stale: bool,
}

impl<X: Begin> Transaction<X> {
    async fn begin(executor: X, options: &str, connecting: Connecting) -> Result<Self, Error> {
        let Origin {
            identity,
            pool,
            log,
            raw_sql,
        } = executor.origin()?;
        let mut session = pool.acquire().await?;
        if connecting == Connecting::Fresh {
            session.renew().await?;
        }
        session.mark_dirty();
        session.begin(&identity, options).await?;
        let work = State {
            executor,
            identity,
            log,
            raw_sql,
            session: Mutex::new(session),
            level: AtomicU32::new(0),
            has_failed: AtomicBool::new(false),
            is_retryable: AtomicBool::new(false),
            is_stale: AtomicBool::new(false),
            had_raw: AtomicBool::new(false),
            is_suspect: AtomicBool::new(false),
            is_streaming: AtomicBool::new(false),
        };
        Ok(Self {
            work: Arc::new(work),
            level: 0,
        })
    }

    async fn end<R, E: From<Error>>(self, done: Result<R, E>) -> Result<R, Failed<E>> {
        let work = self.work;
        let mut is_retryable = work.is_retryable.load(Ordering::Relaxed);
        let is_stale = work.is_stale.load(Ordering::Relaxed);
        let has_failed = work.has_failed.load(Ordering::Relaxed);
        // Nobody can have it any more but what was leaked, which never gives it back: the connection is closed with the transaction.
        let Ok(mut session) = work.session.try_lock() else {
            return Err(Failed {
                error: done.err().unwrap_or_else(|| LEAKED.into()),
                is_retryable: false,
                is_stale: false,
            });
        };
        let error = match done {
            Err(error) => error,
            Ok(_) if has_failed => Error::Aborted.into(),
            Ok(value) => match unit_of_work::commit(&mut session).await {
                Ok(()) => {
                    session.succeed();
                    return Ok(value);
                }
                Err(error) => {
                    return Err(Failed {
                        is_retryable: error.is_retryable(),
                        is_stale: session.is_stale(&error),
                        error: error.into(),
                    });
                }
            },
        };
        if session.end("ROLLBACK").await.is_ok() {
            session.mark_clean();
        } else {
            is_retryable = false;
        }
        Err(Failed {
            error,
            is_retryable,
            is_stale,
        })
    }

    /// Runs what `work` does so that it can fail alone: then what it did is taken back, and the transaction goes on.
    ///
    /// # Errors
    ///
    /// What `work` gives back, or why the savepoint was not set.
    pub async fn savepoint<R, E, F>(&self, work: F) -> Result<R, E>
    where
        F: AsyncFnOnce(&Self) -> Result<R, E>,
        E: From<Error>,
    {
        self.is_usable()?;
        let work_done = &self.work;
        let level = self.level;
        self.command(&format!("SAVEPOINT s{level}")).await?;
        work_done.level.store(level + 1, Ordering::Relaxed);
        let inner = Self {
            work: self.work.clone(),
            level: level + 1,
        };
        // A future that is dropped from here on leaves the savepoint open: nothing may be kept then.
        let guard = Abandoned::new(&work_done.has_failed);
        let done = work(&inner).await;
        if work_done.is_streaming.load(Ordering::Relaxed) {
            // Its end would wait for the connection that the stream has.
            return Err(STREAMING.into());
        }
        let swallowed = done.is_ok() && work_done.has_failed.load(Ordering::Relaxed);
        let ended = self
            .command(&end_of(level, done.is_ok() && !swallowed))
            .await;
        guard.disarm();
        work_done.level.store(level, Ordering::Relaxed);
        ended?;
        work_done.has_failed.store(false, Ordering::Relaxed);
        work_done.is_retryable.store(false, Ordering::Relaxed);
        // What was said in the savepoint was taken back with it.
        let had_raw = work_done.had_raw.load(Ordering::Relaxed);
        work_done.is_suspect.store(had_raw, Ordering::Relaxed);
        if swallowed {
            return Err(Error::Aborted.into());
        }
        done
    }

    /// SQL of one's own, in the transaction. After it the identity is said again, which is a round trip.
    pub fn sql<'e>(&'e self, text: &'e str) -> Sql<'e, Self> {
        Sql::new(self, text)
    }

    async fn command(&self, text: &str) -> Result<(), Error> {
        let mut session = self.work.session.lock().await;
        let done = session.command(text).await;
        self.note(&session, &done);
        done
    }

    /// Whether a statement can be run.
    fn is_usable(&self) -> Result<(), Error> {
        if self.work.level.load(Ordering::Relaxed) != self.level
            && !self.work.has_failed.load(Ordering::Relaxed)
        {
            return Err(Error::Statement(
                "a savepoint of this transaction is open, and would take this back with it; run it by the transaction that the closure of `savepoint` is given",
            ));
        }
        if self.work.is_streaming.load(Ordering::Relaxed) {
            return Err(STREAMING);
        }
        if self.work.has_failed.load(Ordering::Relaxed) {
            return Err(Error::Aborted);
        }
        Ok(())
    }

    async fn run_on(
        &self,
        session: &mut Session,
        statement: Statement,
        on_row: &mut OnRow<'_>,
    ) -> Result<u64, Error> {
        self.work.raw_sql.permit(statement.kind)?;
        self.reassure(session).await?;
        if statement.kind == Kind::Raw {
            self.work.had_raw.store(true, Ordering::Relaxed);
            self.work.is_suspect.store(true, Ordering::Relaxed);
        }
        let (sent, tables) = unit_of_work::taken_apart(statement);
        session.run(sent, &tables, on_row, self.work.log).await
    }

    /// Remembers that a statement failed.
    fn note<T>(&self, session: &Session, done: &Result<T, Error>) {
        let Err(error) = done else {
            return;
        };
        // What could not be sent or read has done nothing to the transaction.
        if !matches!(
            error,
            Error::Read(_) | Error::Encode(_) | Error::Statement(_)
        ) {
            self.work.has_failed.store(true, Ordering::Relaxed);
            let is_stale = session.is_stale(error);
            if is_stale {
                self.work.is_stale.store(true, Ordering::Relaxed);
            }
            if is_stale || error.is_retryable() {
                self.work.is_retryable.store(true, Ordering::Relaxed);
            }
        }
    }

    /// Says again whose transaction it is, where SQL of somebody's own may have said otherwise.
    async fn reassure(&self, session: &mut Session) -> Result<(), Error> {
        if !self.work.is_suspect.load(Ordering::Relaxed) {
            return Ok(());
        }
        session
            .say_again(&self.work.identity, self.work.log.schema)
            .await?;
        self.work.is_suspect.store(false, Ordering::Relaxed);
        Ok(())
    }
}

const STREAMING: Error = Error::Statement(
    "a stream of this transaction is still open, and has its connection; read it to its end, or drop it",
);

const LEAKED: Error = Error::Statement(
    "a statement or a stream of this transaction was neither ended nor dropped, and still has its connection; nothing is kept. Drop it before the end, and do not `forget` it",
);

/// What ends a savepoint.
fn end_of(level: u32, is_kept: bool) -> String {
    if is_kept {
        format!("RELEASE SAVEPOINT s{level}")
    } else {
        format!("ROLLBACK TO SAVEPOINT s{level}; RELEASE SAVEPOINT s{level}")
    }
}

/// Work that nothing may be kept of where it is dropped before its end.
struct Abandoned<'t> {
    has_failed: &'t AtomicBool,
    is_armed: bool,
}

impl<'t> Abandoned<'t> {
    fn new(has_failed: &'t AtomicBool) -> Self {
        Self {
            has_failed,
            is_armed: true,
        }
    }

    /// It came to its end.
    fn disarm(mut self) {
        self.is_armed = false;
    }
}

impl Drop for Abandoned<'_> {
    fn drop(&mut self) {
        if self.is_armed {
            self.has_failed.store(true, Ordering::Relaxed);
        }
    }
}

/// A stream that has the connection until it is dropped.
struct Streaming<'t>(&'t AtomicBool);

impl<'t> Streaming<'t> {
    fn new(is_streaming: &'t AtomicBool) -> Self {
        is_streaming.store(true, Ordering::Relaxed);
        Self(is_streaming)
    }
}

impl Drop for Streaming<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl<X: Begin> Executor for Transaction<X> {
    fn visibility(&self) -> Visibility<'_> {
        self.work.executor.visibility()
    }

    async fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> Result<u64, Error> {
        self.is_usable()?;
        let mut session = self.work.session.lock().await;
        let is_read = statement.kind == Kind::Read;
        // Nobody knows what a statement did that is dropped on its way.
        let guard = (!is_read).then(|| Abandoned::new(&self.work.has_failed));
        let done = self.run_on(&mut session, statement, on_row).await;
        self.note(&session, &done);
        if let Some(guard) = guard {
            guard.disarm();
        }
        done
    }

    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>> {
        Box::pin(async_stream::try_stream! {
            self.is_usable()?;
            let mut session = self.work.session.lock().await;
            let _streaming = Streaming::new(&self.work.is_streaming);
            let said = self.reassure(&mut session).await;
            self.note(&session, &said);
            said?;
            self.work.raw_sql.permit(statement.kind)?;
            let (mut sent, tables) = unit_of_work::taken_apart(statement);
            let secured = session.secure(&sent).await;
            self.note(&session, &secured);
            let mut again = secured?;
            loop {
                let SentStatement { text, arguments, .. } = sent;
                let (logged, begun) = (text.clone(), Instant::now());
                let mut failed = None;
                let mut has_rows = false;
                {
                    let rows = session.rows(text, arguments)?;
                    let mut rows = std::pin::pin!(rows);
                    while let Some(row) = rows.next().await {
                        match row {
                            Ok(row) => {
                                has_rows = true;
                                yield row;
                            }
                            Err(error) => failed = Some(error),
                        }
                    }
                }
                log_stream(&logged, begun, failed.is_none(), self.work.log);
                let done = failed.map_or(Ok(()), |error| Err(session.failure(error, &tables)));
                let done = match (done, again.take()) {
                    (Err(error), Some(once_more)) if !has_rows && error.is_of_lost_statement() => {
                        sent = once_more;
                        let back = session.take_back().await;
                        self.note(&session, &back);
                        back?;
                        continue;
                    }
                    (Ok(()), Some(_)) => session.release().await,
                    (done, _) => done,
                };
                self.note(&session, &done);
                done?;
                break;
            }
        })
    }
}
