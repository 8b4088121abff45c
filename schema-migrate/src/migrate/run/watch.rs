//! Runs a statement, and tells what it waits for and how far it is.

use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::future::{Either, select};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::time::sleep;

use super::Options;
use super::error::sqlstate;
use super::event::{Blockage, Event, FilePosition, Listener};
use super::observer::Observer;
use crate::migrate::statement_kind::StatementKind;

/// Who a statement is run by.
pub(super) struct Watched<'w> {
    pub(super) connection: &'w mut PgConnection,
    pub(super) observer: &'w mut Observer,
    pub(super) options: &'w Options,
    pub(super) listener: &'w Listener,
    /// How long it may wait for the locks of tables before it is ended here. The server's timeout is for each lock by itself, and is
    /// longer where a statement may wait for other transactions to end.
    pub(super) longest_wait: Option<Duration>,
}

/// A statement that failed.
pub(super) struct Failure {
    pub(super) error: sqlx::Error,
    /// What was waited for, as last seen.
    pub(super) blockage: Option<Blockage>,
    /// Whether this runner itself ended it, so that a lock is not waited for any longer.
    is_given_up: bool,
}

impl Failure {
    /// Of a statement of the runner itself.
    pub(super) fn of(error: sqlx::Error) -> Self {
        Self {
            error,
            blockage: None,
            is_given_up: false,
        }
    }

    /// Whether the same may go well a little later: a lock was not to be had, or two transactions waited for each other.
    pub(super) fn is_of_lock(&self) -> bool {
        let of_lock =
            |code: &str| matches!(code, "55P03" | "40P01") || self.is_given_up && code == "57014";
        sqlstate(&self.error).is_some_and(|code| of_lock(&code))
    }
}

impl Watched<'_> {
    /// Runs the statement that stands at `at`, in whatever transaction there is. Gives back how long it waited for locks, so far as that
    /// was seen.
    pub(super) async fn run(
        self,
        text: &str,
        step: &StatementKind,
        at: &FilePosition,
    ) -> Result<Duration, Failure> {
        let mut running = pin!(self.connection.execute(AssertSqlSafe(text.to_owned())));
        let mut sight = Sight::new(at, step, self.options, self.listener);
        sight.longest_wait = self.longest_wait;
        loop {
            let pause = pin!(sleep(sight.pause()));
            match select(running.as_mut(), pause).await {
                Either::Left((Ok(_), _)) => return Ok(sight.waited()),
                Either::Left((Err(error), _)) => return Err(sight.failure(error)),
                // What the server sends meanwhile waits in the socket.
                Either::Right(_) => sight.look(self.observer).await,
            }
        }
    }
}

/// What was seen of a statement so far.
struct Sight<'w> {
    at: &'w FilePosition,
    step: &'w StatementKind,
    options: &'w Options,
    listener: &'w Listener,
    longest_wait: Option<Duration>,
    began: Instant,
    blockage: Option<Blockage>,
    /// How long it waited up to the last look, and when that was.
    waited: Duration,
    looked: Instant,
    is_waiting: bool,
    /// Since when it waits for the lock of a table.
    waits_since: Option<Instant>,
    is_given_up: bool,
}

impl<'w> Sight<'w> {
    fn new(
        at: &'w FilePosition,
        step: &'w StatementKind,
        options: &'w Options,
        listener: &'w Listener,
    ) -> Self {
        let began = Instant::now();
        Self {
            at,
            step,
            options,
            listener,
            longest_wait: None,
            began,
            blockage: None,
            waited: Duration::ZERO,
            looked: began,
            is_waiting: false,
            waits_since: None,
            is_given_up: false,
        }
    }

    /// A lock that is waited for is seen before its timeout ends the wait, and a wait that is ended here ends in time.
    fn pause(&self) -> Duration {
        const SHORTEST: Duration = Duration::from_millis(5);
        let pause = self.options.poll.min(self.options.lock_timeout / 4);
        let left = self.longest_wait.zip(self.waits_since);
        let left = left.map(|(longest, since)| longest.saturating_sub(since.elapsed()));
        left.map_or(pause, |left| pause.min(left)).max(SHORTEST)
    }

    fn waited(&self) -> Duration {
        let since = if self.is_waiting {
            self.looked.elapsed()
        } else {
            Duration::ZERO
        };
        self.waited + since
    }

    async fn look(&mut self, observer: &mut Observer) {
        let seen = observer.blockage().await;
        self.is_waiting = seen.is_some();
        self.waited = self.waited();
        self.looked = Instant::now();
        self.tell_blockage(seen.as_ref());
        if self.waits_too_long(seen.as_ref()) {
            observer.cancel().await;
            self.is_given_up = true;
        }
        self.blockage = seen.or(self.blockage.take());
        self.tell_progress(observer).await;
    }

    fn tell_blockage(&self, seen: Option<&Blockage>) {
        let Some(seen) = seen else {
            return;
        };
        let pids = |blockage: &Blockage| blockage.by.iter().map(|by| by.pid).collect::<Vec<_>>();
        if self.blockage.as_ref().map(pids) != Some(pids(seen)) {
            let (at, blockage) = (self.at.clone(), seen.clone());
            (self.listener)(&Event::Blocked {
                at,
                blockage,
                waited: self.began.elapsed(),
            });
        }
    }

    /// A statement of several locks makes others wait for the first one while it waits for the next.
    fn waits_too_long(&mut self, seen: Option<&Blockage>) -> bool {
        let longest = self.longest_wait;
        let Some(longest) = longest.filter(|_| seen.is_some_and(|seen| seen.kind == "relation"))
        else {
            self.waits_since = None;
            return false;
        };
        let since = *self.waits_since.get_or_insert_with(Instant::now);
        since.elapsed() >= longest
    }

    async fn tell_progress(&self, observer: &mut Observer) {
        let (at, elapsed) = (self.at.clone(), self.began.elapsed());
        let progress = match self.step {
            StatementKind::CreateIndex(_) | StatementKind::Reindex => observer.progress().await,
            _ => None,
        };
        (self.listener)(&match progress {
            Some(seen) => Event::Progress {
                at,
                phase: seen.phase,
                done: seen.done,
                total: seen.total,
                elapsed,
            },
            None => Event::Running { at, elapsed },
        });
    }

    fn failure(self, error: sqlx::Error) -> Failure {
        Failure {
            error,
            blockage: self.blockage,
            is_given_up: self.is_given_up,
        }
    }
}
