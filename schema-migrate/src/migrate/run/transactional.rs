//! Runs a file that is one transaction, together with its row in the history.

use std::time::{Duration, Instant};

use super::error::MigrateError;
use super::event::Event;
use super::execution::Execution;
use super::file::File;
use super::options::milliseconds;
use super::retry::Retries;
use super::watch::Failure;
use crate::migrate::Direction;
use freehold_schema_core::error::without_source_line;

/// A statement that failed.
struct Failed {
    index: usize,
    failure: Failure,
}

impl Execution<'_> {
    pub(super) async fn run_transactional(&mut self, file: &File<'_>) -> Result<(), MigrateError> {
        let began = Instant::now();
        let mut retries = Retries::new();
        loop {
            let settings = self.options.settings("SET LOCAL");
            let opening = format!("BEGIN; {settings}");
            self.session
                .command(opening)
                .await
                .map_err(MigrateError::history)?;
            let Err(Failed { index, failure }) = self.statements(file).await else {
                return self.commit_with_history(file, began).await;
            };
            self.roll_back().await;
            let (at, text) = (file.place(index), file.statements.get(index));
            let text = text
                .map(|(statement, _)| statement.text.as_str())
                .unwrap_or_default();
            self.pause(&mut retries, failure, &at, text).await?;
        }
    }

    /// A session that waits for the first lock of the transaction waits until its end. Therefore one limit applies to
    /// the sum of all waits.
    async fn statements(&mut self, file: &File<'_>) -> Result<(), Failed> {
        let mut left = self.options.lock_timeout;
        for (index, (statement, step)) in file.statements.iter().enumerate() {
            let (at, began) = (file.place(index), Instant::now());
            self.tell(&Event::StatementBegin { at: at.clone() });
            let longest = (!file.sets_lock_timeout).then_some(left);
            let done = self.statement(&statement.text, step, &at, longest).await;
            let waited = done.map_err(|failure| Failed { index, failure })?;
            if longest.is_some() && !waited.is_zero() {
                left = left.saturating_sub(waited);
                let set = self.set_lock_timeout_left(left).await;
                set.map_err(|failure| Failed { index, failure })?;
            }
            self.tell(&Event::StatementEnd {
                at,
                took: began.elapsed(),
            });
        }
        Ok(())
    }

    async fn set_lock_timeout_left(&mut self, left: Duration) -> Result<(), Failure> {
        let set = format!("SET LOCAL lock_timeout = {}", milliseconds(left));
        self.session.command(set).await.map_err(Failure::of)
    }

    async fn commit_with_history(
        &mut self,
        file: &File<'_>,
        began: Instant,
    ) -> Result<(), MigrateError> {
        let written = self.write_history(file, Some(began.elapsed())).await;
        if let Err(error) = written {
            self.roll_back().await;
            return Err(error);
        }
        let path = &file.script.path;
        let committed = self.session.command("COMMIT").await;
        committed.map_err(|source| MigrateError::Commit {
            path: path.clone(),
            source: without_source_line(source),
        })
    }

    /// Records in the history that a file has ended. Run it in a transaction.
    pub(super) async fn write_history(
        &mut self,
        file: &File<'_>,
        took: Option<Duration>,
    ) -> Result<(), MigrateError> {
        // The file may have set a role without rights on the history.
        self.session.become_runner().await?;
        let (history, main) = (&self.history, &mut self.session.main);
        let written = match file.direction {
            Direction::Up => history.applied(main, file.migration, took).await,
            Direction::Down => history.forget(main, file.migration.version).await,
        };
        written.map_err(MigrateError::history)
    }
}
