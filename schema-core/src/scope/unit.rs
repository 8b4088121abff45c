//! A unit of work: a statement, or a transaction of several, under one identity.

use std::time::Instant;

use async_stream::try_stream;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;

use super::pool::Pool;
use super::session::{Log, Session, log_stream};
use crate::error::Error;
use crate::query::{Kind, OnRow, Statement};

/// Whose unit of work it is, as the SQL that begins it.
pub(crate) enum Identity {
    /// Nothing has to be said: a statement alone needs no transaction.
    None,
    /// What follows `BEGIN`.
    Says(String),
}

impl Identity {
    /// `BEGIN`, and who it is.
    pub(crate) fn begin(&self, options: &str) -> String {
        match self {
            Self::None => format!("BEGIN{options}"),
            Self::Says(says) => format!("BEGIN{options}; {says}"),
        }
    }
}

/// Runs a statement as a unit of work of its own.
pub(crate) async fn run(
    pool: &Pool,
    identity: Identity,
    statement: Statement,
    on_row: &mut OnRow<'_>,
    log: Log,
) -> Result<u64, Error> {
    let mut session = pool.acquire().await?;
    session.soil();
    if let Identity::None = identity {
        let done = session.run(statement, on_row, log).await;
        if !done.as_ref().is_err_and(Error::ends_connection) {
            session.clean();
        }
        return done;
    }
    session.command(&identity.begin("")).await?;
    let kind = statement.kind;
    let done = session.run(statement, on_row, log).await;
    end(&mut session, kind, done).await
}

/// Ends the transaction of a single statement.
async fn end(session: &mut Session, kind: Kind, done: Result<u64, Error>) -> Result<u64, Error> {
    match done {
        Ok(changed) if kind == Kind::Read => {
            session.queue_rollback();
            Ok(changed)
        }
        Ok(changed) => {
            commit(session).await?;
            Ok(changed)
        }
        Err(error) => {
            roll_back(session, &error).await;
            Err(error)
        }
    }
}

/// Commits. Where that fails nothing is kept: the error may be one that a cancelled statement left behind.
pub(crate) async fn commit(session: &mut Session) -> Result<(), Error> {
    match session.end("COMMIT").await {
        Ok(()) => {
            session.clean();
            Ok(())
        }
        Err(error) => {
            roll_back(session, &error).await;
            Err(error)
        }
    }
}

/// Rolls back after an error; where that fails too, the connection is closed.
pub(crate) async fn roll_back(session: &mut Session, after: &Error) {
    if !after.ends_connection() && session.end("ROLLBACK").await.is_ok() {
        session.clean();
    }
}

/// Runs a statement as a unit of work of its own, whose rows come one by one.
pub(crate) fn stream(
    pool: Pool,
    identity: Identity,
    statement: Statement,
    log: Log,
) -> BoxStream<'static, Result<PgRow, Error>> {
    Box::pin(try_stream! {
        let mut session = pool.acquire().await?;
        session.soil();
        let is_transaction = matches!(identity, Identity::Says(_));
        if is_transaction {
            session.command(&identity.begin("")).await?;
        }
        let Statement { text, arguments, tables, kind } = statement;
        let (logged, begun) = (text.clone(), Instant::now());
        let mut failed = None;
        {
            let rows = session.rows(text, arguments)?;
            let mut rows = std::pin::pin!(rows);
            while let Some(row) = rows.next().await {
                match row {
                    Ok(row) => yield row,
                    Err(error) => failed = Some(error),
                }
            }
        }
        log_stream(&logged, begun, failed.is_none(), log);
        let done = match failed {
            Some(error) => Err(session.failure(error, &tables)),
            None => Ok(0),
        };
        if is_transaction {
            end(&mut session, kind, done).await?;
        } else {
            if !done.as_ref().is_err_and(Error::ends_connection) {
                session.clean();
            }
            done?;
        }
    })
}
