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

/// A pool of connections.
#[derive(Clone)]
pub(crate) struct Pool {
    pool: deadpool::managed::Pool<Connections>,
    size: usize,
    acquire_timeout: Duration,
    connect_timeout: Duration,
    doubts: Arc<Doubts>,
}

/// Makes connections and decides which are used again. One whose last unit of work did not end is not.
pub(crate) struct Connections {
    options: PgConnectOptions,
    link: Link,
    losses: Losses,
}

/// Counts how often the server was lost or its schema changed, for all pools of a [`Db`](crate::Db). A connection that
/// was made before such an event is lost too, or knows the old schema.
#[derive(Clone, Default)]
pub(crate) struct Losses(Arc<AtomicU64>);

/// A connection. `None` if it was closed.
pub(crate) struct Slot {
    pub(crate) connection: Option<PgConnection>,
    /// Whether a unit of work has used it. From then on it remembers plans and the OIDs of types.
    pub(crate) is_used: bool,
    /// Hashes of the unnamed statements that it has run.
    statements: HashSet<u64>,
    /// The number of losses before the connection was made.
    pub(crate) losses_before: u64,
    losses: Losses,
}

impl Losses {
    /// Counts a loss once, though several statements find it. Otherwise newer connections would be closed with the lost
    /// ones.
    fn count(&self, before: u64) {
        let after = before.wrapping_add(1);
        // If it fails, another statement has counted this loss.
        let _ = (self.0).compare_exchange(before, after, Ordering::AcqRel, Ordering::Acquire);
    }
}

impl Slot {
    /// Whether the connection runs the statement for the first time.
    pub(crate) fn is_first(&mut self, text: &str) -> bool {
        /// More statements than an application has. Only texts that are made up each time would exceed it.
        const MOST: usize = 10_000;
        if self.statements.len() == MOST {
            self.statements.clear();
        }
        self.statements.insert(hash(text))
    }

    /// Whether no loss was counted since the connection was made.
    fn is_current(&self) -> bool {
        self.losses.0.load(Ordering::Acquire) == self.losses_before
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Remembers when an error that can come from a changed schema came from a wrong statement, because it also occurred on
/// a new connection.
///
/// For one second after that, such errors are not taken for a changed schema. So a wrong statement does not cost a new
/// connection each time it runs.
struct Doubts {
    since: Instant,
    /// In milliseconds since `since`; 0 if it has not happened.
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
        // Read before connecting: if the server is lost in between, this connection may lead to the old one.
        let losses_before = self.losses.0.load(Ordering::Acquire);
        // Boxed: otherwise the future of connecting would be moved with each use of an existing connection.
        let connection = Box::pin(self.link.connect(&self.options)).await?;
        Ok(Slot {
            connection: Some(connection),
            is_used: false,
            statements: HashSet::new(),
            losses_before,
            losses: self.losses.clone(),
        })
    }

    // Asks the server nothing. A statement finds a lost connection by failing, and then all other connections are
    // closed too.
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
    /// A pool of at most `size` connections. Connections are made when they are needed.
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

    /// Makes a connection outside the pool's count, to replace one that is in use.
    pub(crate) async fn connect(&self) -> Result<Slot, Error> {
        let made = self.pool.manager().create();
        match tokio::time::timeout(self.connect_timeout, made).await {
            Ok(Ok(slot)) => Ok(slot),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::Connect(sqlx::Error::PoolTimedOut)),
        }
    }

    /// Takes a connection from the pool, or makes one.
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

    /// Counts a loss of the server or a change of its schema, and closes the idle connections that were made before.
    /// Connections in use, and those of the other pool, are closed before they are used again.
    pub(crate) fn lose(&self, losses_before: u64) {
        self.pool.manager().losses.count(losses_before);
        self.pool.retain(|slot, _| slot.is_current());
    }

    /// How the pool's connections reach the server.
    pub(crate) fn link(&self) -> &Link {
        &self.pool.manager().link
    }

    /// Notes that an error which can come from a changed schema came from a wrong statement.
    pub(crate) fn refute(&self) {
        self.doubts.refute();
    }

    /// Whether an error that can come from a changed schema is taken for one.
    pub(crate) fn doubts(&self) -> bool {
        self.doubts.are_allowed()
    }

    /// Closes the pool. Callers that wait for a connection get an error.
    pub(crate) fn close(&self) {
        self.pool.close();
    }
}

/// A connection that returns to its pool when it is dropped.
pub(crate) type Pooled = Object<Connections>;

/// Closes a connection with the protocol's message.
pub(crate) async fn close(connection: PgConnection) {
    // If it fails, the server still sees the end of the socket.
    let _ = connection.close().await;
}
