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

/// An executor that can begin transactions.
pub trait Begin: Executor {
    /// The pool and the identity of its transactions.
    fn origin(&self) -> Result<Origin, Error>;
}

/// The pool and the identity of a transaction.
pub struct Origin {
    pub(super) identity: Identity,
    pub(super) pool: Pool,
    pub(super) log: Log,
    /// Whether raw SQL is confined to the scope.
    pub(super) raw_sql: RawSql,
}

/// A transaction: several statements that are all kept or all rolled back, for the same owner.
///
/// [`Scope::transaction`](super::Scope::transaction) and [`Unscoped::transaction`](super::Unscoped::transaction) pass
/// one to their closure. Run statements with it as with the scope itself. The owner cannot be changed within the
/// transaction.
///
/// ```text
/// scope.transaction(async |tx| {
///     let list = List::insert(new).fetch_one(tx).await?;
///     Task::update(id).set(|t| t.list_id.to(list.id)).execute(tx).await
/// }).await?;
/// ```
pub struct Transaction<E> {
    work: Arc<State<E>>,
    /// The depth of its savepoint. While a deeper savepoint is open, a statement on this one could be rolled back with
    /// that.
    level: u32,
}

/// What a transaction and its savepoints share.
struct State<E> {
    executor: E,
    identity: Identity,
    log: Log,
    raw_sql: RawSql,
    session: Mutex<Session>,
    /// The number of open savepoints.
    level: AtomicU32,
    /// Whether a statement failed. PostgreSQL then keeps nothing of the transaction.
    has_failed: AtomicBool,
    /// Whether running the transaction again may help.
    is_retryable: AtomicBool,
    /// Whether a retry needs a new connection, because this one knows an old version of the schema.
    is_stale: AtomicBool,
    /// Whether raw SQL ran.
    had_raw: AtomicBool,
    /// Whether the identity has to be set again, because raw SQL may have changed it.
    is_suspect: AtomicBool,
    /// Whether a stream is using the connection.
    is_streaming: AtomicBool,
}

impl<E> std::fmt::Debug for Transaction<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transaction").finish_non_exhaustive()
    }
}

/// Runs a transaction once.
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

/// Runs a transaction of any executor.
#[cfg(feature = "testing")]
pub(crate) async fn run<X, R, E, F>(executor: X, work: F) -> Result<R, E>
where
    X: Begin,
    F: AsyncFnOnce(&Transaction<X>) -> Result<R, E>,
    E: From<Error>,
{
    once(executor, "", work).await
}

/// Runs a transaction, and retries it where that may help.
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

/// Runs the transaction once. The outer error means that it could not begin.
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

/// Where the connection of a transaction comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Connecting {
    /// The pool.
    FromPool,
    /// A new connection: those of the pool may know an old version of the schema.
    Fresh,
}

/// The outcome of a transaction that was rolled back.
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
        // Only a leaked future or stream can still hold the lock, and never releases it. The connection is closed.
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

    /// Runs `work` within a savepoint. If it fails, only its changes are rolled back, and the transaction continues.
    ///
    /// Run statements with the transaction that `work` gets, not with this one.
    ///
    /// ```sql
    /// SAVEPOINT s0; ..; RELEASE SAVEPOINT s0
    /// ```
    ///
    /// # Errors
    ///
    /// The error that `work` returns. [`Error::Aborted`] if a statement failed and `work` returned `Ok` nevertheless.
    /// The error of the server if the savepoint could not be set.
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
        // If the future is dropped after this point, the savepoint stays open, so nothing of the transaction may be
        // kept.
        let guard = Abandoned::new(&work_done.has_failed);
        let done = work(&inner).await;
        if work_done.is_streaming.load(Ordering::Relaxed) {
            // Ending the savepoint would wait for the connection that the stream is using.
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
        // The rollback of the savepoint also rolled back an identity that was set within it.
        let had_raw = work_done.had_raw.load(Ordering::Relaxed);
        work_done.is_suspect.store(had_raw, Ordering::Relaxed);
        if swallowed {
            return Err(Error::Aborted.into());
        }
        done
    }

    /// Raw SQL, in the transaction. The next statement first sets the identity again, which is one more round trip.
    ///
    /// Nothing is sent before one of the returned value's methods runs it. Those return
    /// [`Error::Statement`] if nothing would confine it to the scope.
    pub fn sql<'e>(&'e self, text: &'e str) -> Sql<'e, Self> {
        Sql::new(self, text)
    }

    async fn command(&self, text: &str) -> Result<(), Error> {
        let mut session = self.work.session.lock().await;
        let done = session.command(text).await;
        self.note(&session, &done);
        done
    }

    /// Returns an error if no statement can be run now.
    fn is_usable(&self) -> Result<(), Error> {
        if self.work.level.load(Ordering::Relaxed) != self.level
            && !self.work.has_failed.load(Ordering::Relaxed)
        {
            return Err(Error::Statement(
                "a savepoint of this transaction is open, and its rollback would undo this statement; run the statement with the transaction that the closure of `savepoint` gets",
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
        self.restore_identity(session).await?;
        if statement.kind == Kind::Raw {
            self.work.had_raw.store(true, Ordering::Relaxed);
            self.work.is_suspect.store(true, Ordering::Relaxed);
        }
        let (sent, tables) = unit_of_work::split(statement);
        session.run(sent, &tables, on_row, self.work.log).await
    }

    /// Notes that a statement failed.
    fn note<T>(&self, session: &Session, done: &Result<T, Error>) {
        let Err(error) = done else {
            return;
        };
        // Values that could not be sent or read did not affect the transaction on the server.
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

    /// Sets the identity again, if raw SQL may have changed it.
    async fn restore_identity(&self, session: &mut Session) -> Result<(), Error> {
        if !self.work.is_suspect.load(Ordering::Relaxed) {
            return Ok(());
        }
        session
            .set_identity_again(&self.work.identity, self.work.log.schema)
            .await?;
        self.work.is_suspect.store(false, Ordering::Relaxed);
        Ok(())
    }
}

const STREAMING: Error = Error::Statement(
    "a stream of this transaction is still open, and uses its connection; read it to its end, or drop it",
);

const LEAKED: Error = Error::Statement(
    "a statement or a stream of this transaction was neither ended nor dropped, and still uses its connection, so nothing is kept; drop it before the end, and do not `forget` it",
);

/// The SQL that ends a savepoint.
fn end_of(level: u32, is_kept: bool) -> String {
    if is_kept {
        format!("RELEASE SAVEPOINT s{level}")
    } else {
        format!("ROLLBACK TO SAVEPOINT s{level}; RELEASE SAVEPOINT s{level}")
    }
}

/// Marks the transaction as failed if it is dropped before `disarm`.
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

    /// The work ended.
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

/// Marks the connection as in use by a stream, until it is dropped.
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
        // If the future is dropped while it runs, the effect of the statement is unknown.
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
            let restored = self.restore_identity(&mut session).await;
            self.note(&session, &restored);
            restored?;
            self.work.raw_sql.permit(statement.kind)?;
            let (mut sent, tables) = unit_of_work::split(statement);
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
                        let rolled_back = session.roll_back_to_savepoint().await;
                        self.note(&session, &rolled_back);
                        rolled_back?;
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
