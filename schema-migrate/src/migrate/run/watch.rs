//! Runs a statement, and reports its progress and the locks that it waits for.

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

/// The connection that runs a statement, and what observes it.
pub(super) struct Watched<'w> {
    pub(super) connection: &'w mut PgConnection,
    pub(super) observer: &'w mut Observer,
    pub(super) options: &'w Options,
    pub(super) listener: &'w Listener,
    /// How long it may wait for locks of tables before the runner cancels it. The timeout of the server applies to each
    /// lock separately, and is longer for a statement that may wait for other transactions to end.
    pub(super) longest_wait: Option<Duration>,
}

/// A statement that failed.
pub(super) struct Failure {
    pub(super) error: sqlx::Error,
    /// The lock that it waited for, as last seen.
    pub(super) blockage: Option<Blockage>,
    /// Whether this runner cancelled it because it waited too long for a lock.
    is_given_up: bool,
}

impl Failure {
    /// The failure of a statement of the runner itself.
    pub(super) fn of(error: sqlx::Error) -> Self {
        Self {
            error,
            blockage: None,
            is_given_up: false,
        }
    }

    /// Whether it may succeed a little later: it could not get a lock in time, or there was a deadlock.
    pub(super) fn is_of_lock(&self) -> bool {
        let of_lock =
            |code: &str| matches!(code, "55P03" | "40P01") || self.is_given_up && code == "57014";
        sqlstate(&self.error).is_some_and(|code| of_lock(&code))
    }
}

impl Watched<'_> {
    /// Runs the statement at `at`, in the current transaction if there is one. Returns how long it waited for locks, as
    /// far as that was observed.
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
                // Answers of the server wait in the socket meanwhile.
                Either::Right(_) => sight.look(self.observer).await,
            }
        }
    }
}

/// The observations of a statement so far.
struct Sight<'w> {
    at: &'w FilePosition,
    step: &'w StatementKind,
    options: &'w Options,
    listener: &'w Listener,
    longest_wait: Option<Duration>,
    began: Instant,
    blockage: Option<Blockage>,
    /// How long it had waited at the last look.
    waited: Duration,
    looked: Instant,
    is_waiting: bool,
    /// When its current wait for the lock of a table began.
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

    /// The time until the next look: short enough to see a lock before its timeout ends the wait, and to end a wait in
    /// time.
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

    /// Whether it waits too long for the lock of a table. A statement that takes several locks makes others wait for
    /// the first one while it waits for the next.
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
