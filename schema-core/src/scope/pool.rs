use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{
    Manager, Metrics, Object, PoolError, RecycleError, RecycleResult, TimeoutType,
};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::session::Session;
use crate::error::Error;

/// Connections, made and kept.
#[derive(Clone)]
pub(crate) struct Pool {
    pool: deadpool::managed::Pool<Connections>,
    size: usize,
    acquire_timeout: Duration,
}

/// How connections are made and which are used again: one whose last unit of work did not end is not.
pub(crate) struct Connections {
    options: PgConnectOptions,
}

/// A connection; nothing where it was given up.
pub(crate) struct Slot {
    pub(crate) connection: Option<PgConnection>,
}

impl Manager for Connections {
    type Type = Slot;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Slot, sqlx::Error> {
        let connection = self.options.connect().await?;
        Ok(Slot {
            connection: Some(connection),
        })
    }

    // It asks the server nothing: a lost connection is found by the statement that it fails, and all others go with it.
    async fn recycle(&self, slot: &mut Slot, _: &Metrics) -> RecycleResult<sqlx::Error> {
        match slot.connection {
            Some(_) => Ok(()),
            None => Err(RecycleError::message("its last unit of work did not end")),
        }
    }
}

impl Pool {
    /// A pool of at most `size` connections. It makes none before one is asked for.
    pub(crate) fn new(
        options: PgConnectOptions,
        size: usize,
        acquire_timeout: Duration,
        connect_timeout: Duration,
    ) -> Result<Self, Error> {
        let options = options.disable_statement_logging();
        let pool = deadpool::managed::Pool::builder(Connections { options })
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
        })
    }

    /// A connection, used before or new.
    pub(crate) async fn acquire(&self) -> Result<Session, Error> {
        match self.pool.get().await {
            Ok(object) => Ok(Session::new(object, self.clone())),
            Err(error) => Err(self.error(error)),
        }
    }

    fn error(&self, error: PoolError<sqlx::Error>) -> Error {
        match error {
            PoolError::Timeout(TimeoutType::Wait) => Error::PoolExhausted {
                size: self.size,
                waited: self.acquire_timeout,
            },
            PoolError::Backend(error) => Error::Connect(error),
            PoolError::Closed => Error::Connect(sqlx::Error::PoolClosed),
            PoolError::Timeout(_)
            | PoolError::NoRuntimeSpecified
            | PoolError::PostCreateHook(_) => Error::Connect(sqlx::Error::PoolTimedOut),
        }
    }

    /// Gives the connections up that nobody uses at the moment: the server they led to is gone.
    pub(crate) fn forget_idle(&self) {
        self.pool.retain(|_, _| false);
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
