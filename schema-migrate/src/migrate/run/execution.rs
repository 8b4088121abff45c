//! A run that has the lock.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::error::MigrateError;
use super::event::{Event, FilePosition, Listener};
use super::file::File;
use super::history::{History, JournalRow, Past};
use super::retry::Retries;
use super::session::RunnerSession;
use super::watch::{Failure, Watched};
use super::{Options, lock};
use crate::migrate::Direction;
use crate::migrate::statement_kind::StatementKind;
use freehold_schema_core::error::without_source_line;

/// A migration that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ran {
    /// Its version.
    pub version: i64,
    /// Its description.
    pub description: String,
    /// Its direction.
    pub direction: Direction,
    /// How long this run worked on the migration.
    pub took: Duration,
}

/// What each step of a run needs: connections, history, options, listener.
pub(super) struct Execution<'r> {
    pub(super) session: RunnerSession,
    pub(super) history: History,
    pub(super) options: &'r Options,
    pub(super) listener: &'r Listener,
}

impl<'r> Execution<'r> {
    /// Takes the lock, and creates the history if it is missing.
    pub(super) async fn begin(
        mut session: RunnerSession,
        options: &'r Options,
        listener: &'r Listener,
    ) -> Result<Self, MigrateError> {
        let main = &mut session.main;
        let history = match lock::acquire(main, options, listener).await {
            Ok(()) => History::ensure(main).await.map_err(MigrateError::history),
            Err(error) => Err(error),
        };
        match history {
            Ok(history) => Ok(Self {
                session,
                history,
                options,
                listener,
            }),
            Err(error) => {
                session.close().await;
                Err(error)
            }
        }
    }

    pub(super) async fn end(self) {
        self.session.close().await;
    }

    pub(super) async fn past(&mut self) -> Result<Past, MigrateError> {
        self.history
            .past(&mut self.session.main)
            .await
            .map_err(MigrateError::history)
    }

    pub(super) fn tell(&self, event: &Event) {
        (self.listener)(event);
    }

    /// Runs a file, from the statement at which an earlier run stopped.
    pub(super) async fn run(&mut self, file: &File<'_>, past: &Past) -> Result<Ran, MigrateError> {
        let began = Instant::now();
        let (version, direction) = (file.migration.version, file.direction);
        let description = file.migration.description.clone();
        let of_file = |row: &&_| is_of(file, row);
        let rows: Vec<_> = past.journal.iter().filter(of_file).collect();
        let done = rows.iter().filter(|row| row.is_done).count();
        let of = file.statements.len();
        self.tell(&Event::Begin {
            version,
            description: description.clone(),
            direction,
            done,
            of,
        });
        // A file that ran statement by statement continues so, even if its first line has changed.
        if file.script.is_transactional() && rows.is_empty() {
            self.run_transactional(file).await?;
        } else {
            self.run_stepwise(file, &rows).await?;
        }
        self.session.renew().await?;
        let took = began.elapsed();
        self.tell(&Event::End {
            version,
            direction,
            took,
        });
        Ok(Ran {
            version,
            description,
            direction,
            took,
        })
    }

    /// Runs a statement in the current transaction, if there is one, and returns how long it waited for locks.
    pub(super) async fn statement(
        &mut self,
        text: &str,
        step: &StatementKind,
        at: &FilePosition,
        longest_wait: Option<Duration>,
    ) -> Result<Duration, Failure> {
        let RunnerSession { main, observer, .. } = &mut self.session;
        let watched = Watched {
            connection: main,
            observer,
            options: self.options,
            listener: self.listener,
            longest_wait,
        };
        watched.run(text, step, at).await
    }

    /// Waits before the next try, after a statement could not get a lock.
    ///
    /// # Errors
    ///
    /// [`MigrateError`] if the failure is not about a lock, or if no try is left.
    pub(super) async fn pause(
        &self,
        retries: &mut Retries,
        failure: Failure,
        at: &FilePosition,
        text: &str,
    ) -> Result<(), MigrateError> {
        if !failure.is_of_lock() {
            return Err(MigrateError::statement(at, text, failure.error));
        }
        let Some(pause) = retries.failed(self.options) else {
            return Err(MigrateError::Blocked {
                at: Box::new(at.clone()),
                tries: retries.tries(),
                waited: retries.elapsed(),
                blockage: failure.blockage.map(Box::new),
                source: without_source_line(failure.error),
            });
        };
        let blockage = failure.blockage;
        self.tell(&Event::Retry {
            at: at.clone(),
            tries: retries.tries(),
            pause,
            blockage,
        });
        sleep(pause).await;
        Ok(())
    }

    pub(super) async fn begin_transaction(&mut self) -> Result<(), MigrateError> {
        self.session
            .command("BEGIN")
            .await
            .map_err(MigrateError::history)
    }

    pub(super) async fn commit(&mut self) -> Result<(), MigrateError> {
        self.session
            .command("COMMIT")
            .await
            .map_err(MigrateError::history)
    }

    /// The error is ignored: nothing is left to roll back then, as after a lost connection, and the caller reports the
    /// error of the statement.
    pub(super) async fn roll_back(&mut self) {
        let _ = self.session.command("ROLLBACK").await;
    }
}

fn is_of(file: &File<'_>, row: &JournalRow) -> bool {
    row.version == file.migration.version && row.direction == file.direction
}
