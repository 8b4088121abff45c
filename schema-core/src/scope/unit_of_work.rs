//! A unit of work: a statement, or a transaction of several statements, under one identity.
//!
//! If the server reports that its schema changed after the connection read it, nothing of the statement took place. A
//! statement that is a unit of work of its own is then sent again on a new connection. It is not sent again if the
//! outcome is unknown, as after a lost connection or a failed `COMMIT`.

use std::time::Instant;

use async_stream::try_stream;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;

use super::pool::Pool;
use super::session::{Log, SentStatement, Session, log_stream};
use crate::error::Error;
use crate::query::{Kind, Meta, OnRow, Statement, Tables};

/// Whose unit of work it is, as the SQL that begins it.
pub(crate) enum Identity {
    /// No identity has to be set: a single statement needs no transaction.
    None,
    /// The SQL after `BEGIN`.
    Set(String),
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
    let begin = pool.link().begin_statement(&identity, statement.kind);
    let (mut sent, tables) = split(statement);
    let mut again = sent.again();
    loop {
        let done = attempt(&mut session, begin.as_deref(), sent, &tables, on_row, log).await;
        let Err(error) = done else {
            session.succeed();
            return done;
        };
        match again.take() {
            Some(once_more) if session.may_send_again(&error) => {
                session.renew().await?;
                sent = once_more;
            }
            _ => return Err(error),
        }
    }
}

/// Splits a statement into what is sent, and the tables that it names.
pub(crate) fn split(statement: Statement) -> (SentStatement, Tables) {
    let sent = SentStatement {
        text: statement.text,
        arguments: statement.arguments,
        kind: statement.kind,
    };
    (sent, statement.tables)
}

/// Runs the statement once.
async fn attempt(
    session: &mut Session,
    begin: Option<&str>,
    sent: SentStatement,
    tables: &[&'static Meta],
    on_row: &mut OnRow<'_>,
    log: Log,
) -> Result<u64, Error> {
    let kind = sent.kind;
    session.mark_dirty();
    if let Some(begin) = begin {
        session.command(begin).await?;
    }
    let done = session.run(sent, tables, on_row, log).await;
    match begin {
        Some(_) => end(session, kind, done).await,
        None => {
            end_alone(session, &done);
            done
        }
    }
}

/// Ends a statement that ran without a transaction.
fn end_alone<T>(session: &mut Session, done: &Result<T, Error>) {
    if !done.as_ref().is_err_and(Error::ends_connection) {
        session.mark_clean();
    }
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

/// Commits. If that fails, it rolls back: the error may be that of an earlier, cancelled statement.
pub(crate) async fn commit(session: &mut Session) -> Result<(), Error> {
    match session.end("COMMIT").await {
        Ok(()) => {
            session.mark_clean();
            Ok(())
        }
        Err(error) => {
            roll_back(session, &error).await;
            Err(error)
        }
    }
}

/// Rolls back after an error. If that fails too, the connection stays dirty, so it is closed.
pub(crate) async fn roll_back(session: &mut Session, after: &Error) {
    if !after.ends_connection() && session.end("ROLLBACK").await.is_ok() {
        session.mark_clean();
    }
}

/// Runs a statement as a unit of work of its own, and returns its rows one by one.
pub(crate) fn stream(
    pool: Pool,
    identity: Identity,
    statement: Statement,
    log: Log,
) -> BoxStream<'static, Result<PgRow, Error>> {
    Box::pin(try_stream! {
        let mut session = pool.acquire().await?;
        let begin = pool.link().begin_statement(&identity, statement.kind);
        let (mut sent, tables) = split(statement);
        let mut again = sent.again();
        loop {
            session.mark_dirty();
            if let Some(begin) = &begin {
                session.command(begin).await?;
            }
            let SentStatement { text, arguments, kind } = sent;
            let (logged, started) = (text.clone(), Instant::now());
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
            log_stream(&logged, started, failed.is_none(), log);
            let done = failed.map_or(Ok(0), |error| Err(session.failure(error, &tables)));
            let done = match &begin {
                Some(_) => end(&mut session, kind, done).await,
                None => {
                    end_alone(&mut session, &done);
                    done
                }
            };
            match (done, again.take()) {
                (Err(error), Some(once_more)) if !has_rows && session.is_stale(&error) => {
                    session.renew().await?;
                    sent = once_more;
                }
                (Err(error), Some(once_more)) if !has_rows && error.is_of_lost_statement() => {
                    sent = once_more;
                }
                (done, _) => {
                    done?;
                    session.succeed();
                    break;
                }
            }
        }
    })
}
