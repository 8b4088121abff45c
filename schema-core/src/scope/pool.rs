use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use deadpool::Runtime;
use deadpool::managed::{
    Manager, Metrics, Object, PoolError, RecycleError, RecycleResult, TimeoutType,
};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::link::Link;
use super::session::Session;
use crate::error::Error;

/// Connections, made and kept.
#[derive(Clone)]
pub(crate) struct Pool {
    pool: deadpool::managed::Pool<Connections>,
    size: usize,
    acquire_timeout: Duration,
    connect_timeout: Duration,
    doubts: Arc<Doubts>,
}

/// How connections are made and which are used again: one whose last unit of work did not end is not.
pub(crate) struct Connections {
    options: PgConnectOptions,
    link: Link,
    losses: Losses,
}

/// How often the server was lost, or its schema changed under a connection, counted by all pools of a [`Db`](crate::Db): what was
/// connected before is lost too, or knows the old schema.
#[derive(Clone, Default)]
pub(crate) struct Losses(Arc<AtomicU64>);

/// A connection; nothing where it was given up.
pub(crate) struct Slot {
    pub(crate) connection: Option<PgConnection>,
    /// Whether a unit of work had it: from then on it remembers plans and the numbers of types.
    pub(crate) is_used: bool,
    /// The statements without a name that it has run.
    statements: HashSet<u64>,
    /// How many losses there had been before.
    pub(crate) losses_before: u64,
    losses: Losses,
}

impl Losses {
    /// One loss is found by several statements, and counted once: else it would take the connections with it that were made after it.
    fn count(&self, before: u64) {
        let after = before.wrapping_add(1);
        // Where it fails, another one has counted it.
        let _ = (self.0).compare_exchange(before, after, Ordering::AcqRel, Ordering::Acquire);
    }
}

impl Slot {
    /// Whether it is the first time that the connection runs the statement.
    pub(crate) fn is_first(&mut self, text: &str) -> bool {
        /// More than an application has: what would go on growing is text that is made up each time.
        const MOST: usize = 10_000;
        if self.statements.len() == MOST {
            self.statements.clear();
        }
        self.statements.insert(hash(text))
    }

    /// Whether nothing was lost since.
    fn is_current(&self) -> bool {
        self.losses.0.load(Ordering::Acquire) == self.losses_before
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// When an error that may come of a changed schema came of a wrong statement: a new connection had it too.
///
/// For a moment after it such errors are taken for what they are, so that a statement that is wrong does not cost a connection each
/// time it is run.
struct Doubts {
    since: Instant,
    /// In milliseconds; 0 where there was none.
    refuted_at: AtomicU64,
}

impl Doubts {
    const PAUSE: Duration = Duration::from_secs(1);

    fn new() -> Self {
        Self {
            since: Instant::now(),
            refuted_at: AtomicU64::new(0),
        }
    }

    fn refute(&self) {
        self.refuted_at.store(self.now(), Ordering::Relaxed);
    }

    fn are_allowed(&self) -> bool {
        let refuted_at = self.refuted_at.load(Ordering::Relaxed);
        let pause = u64::try_from(Self::PAUSE.as_millis()).unwrap_or(u64::MAX);
        refuted_at == 0 || self.now().saturating_sub(refuted_at) > pause
    }

    fn now(&self) -> u64 {
        let passed = u64::try_from(self.since.elapsed().as_millis());
        passed.unwrap_or(u64::MAX).max(1)
    }
}

impl Manager for Connections {
    type Type = Slot;
    type Error = Error;

    async fn create(&self) -> Result<Slot, Error> {
        // Before it connects: where the server is lost meanwhile, nobody knows to which one this leads.
        let losses_before = self.losses.0.load(Ordering::Acquire);
        // On the heap: what connecting needs would be moved about with each use of a connection that is there.
        let connection = Box::pin(self.link.connect(&self.options)).await?;
        Ok(Slot {
            connection: Some(connection),
            is_used: false,
            statements: HashSet::new(),
            losses_before,
            losses: self.losses.clone(),
        })
    }

    // It asks the server nothing: a lost connection is found by the statement that it fails, and all others go with it.
    async fn recycle(&self, slot: &mut Slot, _: &Metrics) -> RecycleResult<Error> {
        match slot.connection {
            Some(_) if slot.is_current() => Ok(()),
            Some(_) => Err(RecycleError::message(
                "the server was lost or its schema changed since",
            )),
            None => Err(RecycleError::message("its last unit of work did not end")),
        }
    }
}

impl Pool {
    /// A pool of at most `size` connections. It makes none before one is asked for.
    pub(crate) fn new(
        options: PgConnectOptions,
        link: Link,
        size: usize,
        acquire_timeout: Duration,
        connect_timeout: Duration,
        losses: Losses,
    ) -> Result<Self, Error> {
        let options = options.disable_statement_logging();
        let connections = Connections {
            options,
            link,
            losses,
        };
        let pool = deadpool::managed::Pool::builder(connections)
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(acquire_timeout))
            .create_timeout(Some(connect_timeout))
            .build()
            .map_err(|_| Error::Statement("the pool needs the runtime of tokio"))?;
        Ok(Self {
            pool,
            size,
            acquire_timeout,
            connect_timeout,
            doubts: Arc::new(Doubts::new()),
        })
    }

    /// A connection beside those that there are: it takes the place of one.
    pub(crate) async fn connect(&self) -> Result<Slot, Error> {
        let made = self.pool.manager().create();
        match tokio::time::timeout(self.connect_timeout, made).await {
            Ok(Ok(slot)) => Ok(slot),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::Connect(sqlx::Error::PoolTimedOut)),
        }
    }

    /// A connection, used before or new.
    pub(crate) async fn acquire(&self) -> Result<Session, Error> {
        match self.pool.get().await {
            Ok(object) => Ok(Session::new(object, self.clone())),
            Err(error) => Err(self.error(error)),
        }
    }

    fn error(&self, error: PoolError<Error>) -> Error {
        match error {
            PoolError::Timeout(TimeoutType::Wait) => Error::PoolExhausted {
                size: self.size,
                waited: self.acquire_timeout,
            },
            PoolError::Backend(error) => error,
            PoolError::Closed => Error::Connect(sqlx::Error::PoolClosed),
            PoolError::Timeout(_)
            | PoolError::NoRuntimeSpecified
            | PoolError::PostCreateHook(_) => Error::Connect(sqlx::Error::PoolTimedOut),
        }
    }

    /// The server that a connection led to is lost, or its schema was changed: gives those up that nobody uses at the moment. Those that
    /// somebody uses, and those of the other pool, are given up before they are used again.
    pub(crate) fn lose(&self, losses_before: u64) {
        self.pool.manager().losses.count(losses_before);
        self.pool.retain(|slot, _| slot.is_current());
    }

    /// How the connections lead to the server.
    pub(crate) fn link(&self) -> &Link {
        &self.pool.manager().link
    }

    /// An error that could have come of a changed schema was that of a wrong statement.
    pub(crate) fn refute(&self) {
        self.doubts.refute();
    }

    /// Whether an error that can come of a changed schema is taken for one.
    pub(crate) fn doubts(&self) -> bool {
        self.doubts.are_allowed()
    }

    /// Closes the pool; whoever waits gets an error.
    pub(crate) fn close(&self) {
        self.pool.close();
    }
}

/// A connection that goes back into its pool.
pub(crate) type Pooled = Object<Connections>;

/// Ends a connection as the protocol has it, where there is time for that.
pub(crate) async fn close(connection: PgConnection) {
    // The server sees the socket's end all the same.
    let _ = connection.close().await;
}
