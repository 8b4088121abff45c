//! Runs a statement, and tells what it waits for and how far it is.

use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::future::{Either, select};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::time::sleep;

use super::error::sqlstate;
use super::event::{Blockage, Event, Place};
use super::observer::Observer;
use super::{Listener, Options};
use crate::migrate::step::Step;

/// Who a statement is run by.
pub(super) struct Watched<'w> {
    pub(super) connection: &'w mut PgConnection,
    pub(super) observer: &'w mut Observer,
    pub(super) options: &'w Options,
    pub(super) listener: &'w Listener,
    /// Whether a wait for the lock of a table is ended here: the server's timeout is a longer one, for other transactions to end.
    pub(super) ends_wait: bool,
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
    /// Whether the same may go well a little later: a lock was not to be had, or two transactions waited for each other.
    pub(super) fn is_of_lock(&self) -> bool {
        let of_lock =
            |code: &str| matches!(code, "55P03" | "40P01") || self.is_given_up && code == "57014";
        sqlstate(&self.error).is_some_and(|code| of_lock(&code))
    }
}

impl Watched<'_> {
    /// Runs the statement that stands at `at`, in whatever transaction there is.
    pub(super) async fn run(self, text: &str, step: &Step, at: &Place) -> Result<(), Failure> {
        let mut running = pin!(self.connection.execute(AssertSqlSafe(text.to_owned())));
        let mut sight = Sight::new(at, step, self.options, self.listener);
        sight.ends_wait = self.ends_wait;
        loop {
            let pause = pin!(sleep(sight.pause()));
            match select(running.as_mut(), pause).await {
                Either::Left((Ok(_), _)) => return Ok(()),
                Either::Left((Err(error), _)) => return Err(sight.failure(error)),
                // What the server sends meanwhile waits in the socket.
                Either::Right(_) => sight.look(self.observer).await,
            }
        }
    }
}

/// What was seen of a statement so far.
struct Sight<'w> {
    at: &'w Place,
    step: &'w Step,
    options: &'w Options,
    listener: &'w Listener,
    ends_wait: bool,
    began: Instant,
    blockage: Option<Blockage>,
    /// Since when it waits for the lock of a table.
    waits_since: Option<Instant>,
    is_given_up: bool,
}

impl<'w> Sight<'w> {
    fn new(at: &'w Place, step: &'w Step, options: &'w Options, listener: &'w Listener) -> Self {
        let began = Instant::now();
        Self {
            at,
            step,
            options,
            listener,
            ends_wait: false,
            began,
            blockage: None,
            waits_since: None,
            is_given_up: false,
        }
    }

    /// A lock that is waited for is seen before its timeout ends the wait.
    fn pause(&self) -> Duration {
        const SHORTEST: Duration = Duration::from_millis(5);
        self.options
            .poll
            .min(self.options.lock_timeout / 4)
            .max(SHORTEST)
    }

    async fn look(&mut self, observer: &mut Observer) {
        let seen = observer.blockage().await;
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

    /// A statement that may wait long for other transactions waits for the lock of its table as short as others do.
    fn waits_too_long(&mut self, seen: Option<&Blockage>) -> bool {
        let waits = self.ends_wait && seen.is_some_and(|seen| seen.kind == "relation");
        if !waits {
            self.waits_since = None;
            return false;
        }
        let since = *self.waits_since.get_or_insert_with(Instant::now);
        since.elapsed() >= self.options.lock_timeout
    }

    async fn tell_progress(&self, observer: &mut Observer) {
        let (at, elapsed) = (self.at.clone(), self.began.elapsed());
        let progress = match self.step {
            Step::CreateIndex(_) | Step::Reindex => observer.progress().await,
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
