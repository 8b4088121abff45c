//! Runs a file that is not one transaction: each statement alone, and recorded in the journal.
//!
//! A statement that can run in a transaction does so, together with its row in the journal. For other statements, the
//! journal records when they begin and when they are done. [`recover`](super::recover) checks a statement that had
//! begun and is not done.

use std::time::{Duration, Instant};

use super::error::{MigrateError, sqlstate};
use super::event::Event;
use super::execution::Execution;
use super::file::File;
use super::history::JournalRow;
use super::options::milliseconds;
use super::recover::{Action, Before};
use super::retry::Retries;
use super::running::Running;
use super::watch::Failure;
use crate::migrate::directory::hash;
use crate::migrate::statement_kind::StatementKind;
use freehold_schema_core::error::without_source_line;

impl Execution<'_> {
    pub(super) async fn run_stepwise(
        &mut self,
        file: &File<'_>,
        rows: &[&JournalRow],
    ) -> Result<(), MigrateError> {
        let began = Instant::now();
        refuse_edited(file, rows)?;
        let settings = self.options.settings("SET");
        self.session
            .command(settings)
            .await
            .map_err(MigrateError::history)?;
        for (index, (statement, step)) in file.statements.iter().enumerate() {
            let number = index + 1;
            let row = rows.iter().find(|row| row.statement == number);
            if row.is_some_and(|row| row.is_done) {
                continue;
            }
            let running = Running {
                file,
                number,
                statement,
                step,
                at: file.place(index),
            };
            self.step(&running, row.is_some()).await?;
        }
        self.begin_transaction().await?;
        self.write_history(file, Some(began.elapsed())).await?;
        self.commit().await
    }

    async fn step(&mut self, running: &Running<'_>, was_begun: bool) -> Result<(), MigrateError> {
        let began = Instant::now();
        self.tell(&Event::StatementBegin {
            at: running.at.clone(),
        });
        self.set_lock_timeout(running, self.options.gentle_lock_timeout)
            .await?;
        match running.step {
            StatementKind::Setting { .. } => self.set(running).await?,
            StatementKind::Transactional { .. } if !was_begun => {
                self.step_in_transaction(running).await?;
            }
            _ => self.step_alone(running, was_begun).await?,
        }
        self.set_lock_timeout(running, self.options.lock_timeout)
            .await?;
        self.tell(&Event::StatementEnd {
            at: running.at.clone(),
            took: began.elapsed(),
        });
        Ok(())
    }

    /// A statement may wait longer for its lock if its lock does not block others.
    async fn set_lock_timeout(
        &mut self,
        running: &Running<'_>,
        timeout: Duration,
    ) -> Result<(), MigrateError> {
        if !running.may_wait() {
            return Ok(());
        }
        let set = format!("SET lock_timeout = {}", milliseconds(timeout));
        self.session
            .command(set)
            .await
            .map_err(MigrateError::history)
    }

    async fn set(&mut self, running: &Running<'_>) -> Result<(), MigrateError> {
        let Running {
            statement,
            step,
            at,
            ..
        } = running;
        let set = self
            .statement(
                &statement.text,
                step,
                at,
                running.longest_wait(self.options),
            )
            .await;
        set.map(drop)
            .map_err(|failure| MigrateError::statement(at, &statement.text, failure.error))
    }

    async fn step_in_transaction(&mut self, running: &Running<'_>) -> Result<(), MigrateError> {
        let Running {
            statement,
            step,
            at,
            ..
        } = running;
        let mut retries = Retries::new();
        loop {
            self.begin_transaction().await?;
            let Err(failure) = self
                .statement(
                    &statement.text,
                    step,
                    at,
                    running.longest_wait(self.options),
                )
                .await
            else {
                self.write(running, true).await?;
                let committed = self.session.command("COMMIT").await;
                let path = &running.file.script.path;
                return committed.map_err(|source| MigrateError::Commit {
                    path: path.clone(),
                    source: without_source_line(source),
                });
            };
            self.roll_back().await;
            if needs_no_transaction(&failure) {
                return self.step_alone(running, false).await;
            }
            self.pause(&mut retries, failure, at, &statement.text)
                .await?;
        }
    }

    async fn step_alone(
        &mut self,
        running: &Running<'_>,
        was_begun: bool,
    ) -> Result<(), MigrateError> {
        let mut before = if was_begun {
            Before::Stopped
        } else {
            Before::Nothing
        };
        let mut retries = Retries::new();
        loop {
            let text = match self.recover(running, before).await? {
                Action::Run(text) => text,
                Action::Done => {
                    self.tell(&Event::FoundDone {
                        at: running.at.clone(),
                    });
                    break;
                }
            };
            self.mark(running, false).await?;
            let Err(failure) = self
                .statement(
                    &text,
                    running.step,
                    &running.at,
                    running.longest_wait(self.options),
                )
                .await
            else {
                break;
            };
            self.failed(running, &text, failure, &mut retries).await?;
            before = Before::Failed;
        }
        self.check_made(running).await?;
        self.mark(running, true).await
    }

    /// Waits before the next try. If no try is left, it removes what the statement left, as far as possible.
    async fn failed(
        &mut self,
        running: &Running<'_>,
        text: &str,
        failure: Failure,
        retries: &mut Retries,
    ) -> Result<(), MigrateError> {
        let at = &running.at;
        let is_refused = failure.error.as_database_error().is_some();
        let may_retry = *running.step != StatementKind::Call;
        let end = if may_retry {
            self.pause(retries, failure, at, text).await
        } else {
            Err(MigrateError::statement(at, text, failure.error))
        };
        if end.is_err() && is_refused {
            // The caller gets the first error, not this one.
            let _ = self.clean_up(running).await;
        }
        end
    }

    async fn mark(&mut self, running: &Running<'_>, is_done: bool) -> Result<(), MigrateError> {
        self.begin_transaction().await?;
        self.write(running, is_done).await?;
        self.commit().await
    }

    async fn write(&mut self, running: &Running<'_>, is_done: bool) -> Result<(), MigrateError> {
        self.session.become_runner().await?;
        let (history, main) = (&self.history, &mut self.session.main);
        history
            .write(main, &running.entry(), is_done)
            .await
            .map_err(MigrateError::history)
    }
}

/// Refuses edits of statements that a run had begun, except of unfinished ones that may run again in any case.
fn refuse_edited(file: &File<'_>, rows: &[&JournalRow]) -> Result<(), MigrateError> {
    let is_edited = |row: &&&JournalRow| {
        let index = row.statement.saturating_sub(1);
        match file.statements.get(index) {
            Some((_, StatementKind::Repeatable { .. } | StatementKind::Reindex))
                if !row.is_done =>
            {
                false
            }
            Some((statement, _)) => hash(&statement.text) != row.hash,
            None => true,
        }
    };
    match rows.iter().find(is_edited) {
        Some(row) => {
            let at = Box::new(file.place(row.statement.saturating_sub(1)));
            Err(MigrateError::StatementEdited { at })
        }
        None => Ok(()),
    }
}

/// Whether the statement cannot run in a transaction (`active_sql_transaction`), or ends one itself
/// (`invalid_transaction_termination`). The server reports either before it takes effect, or rolls it back.
fn needs_no_transaction(failure: &Failure) -> bool {
    sqlstate(&failure.error).is_some_and(|code| matches!(&*code, "25001" | "2D000"))
}
