//! When to try again after a lock timeout.

use std::time::{Duration, Instant};

use super::Options;

pub(super) const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(30);

/// The tries of one file or statement.
pub(super) struct Retries {
    began: Instant,
    tries: u32,
}

impl Retries {
    pub(super) fn new() -> Self {
        Self {
            began: Instant::now(),
            tries: 0,
        }
    }

    /// Counts a failed try, and returns the pause before the next one; `None` if no try is left.
    pub(super) fn failed(&mut self, options: &Options) -> Option<Duration> {
        self.tries += 1;
        // The sessions that waited behind the runner get about as much time as they waited.
        let pause = pause(options.lock_timeout.max(FIRST), self.tries);
        let goes_on =
            self.tries < options.tries && self.began.elapsed() + pause < options.retry_for;
        goes_on.then_some(pause)
    }

    pub(super) fn tries(&self) -> u32 {
        self.tries
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
}

/// A pause that doubles with each try, of which a random part between half and all is used, so that two runners do not
/// collide again and again.
pub(super) fn pause(first: Duration, tries: u32) -> Duration {
    let doubled = first.saturating_mul(1 << tries.saturating_sub(1).min(16));
    let longest = doubled.min(LONGEST);
    longest.mul_f64(0.5 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{FIRST, LONGEST, Options, Retries, pause};

    #[test]
    fn pauses_grow_and_differ() {
        for tries in 1..40 {
            let whole = Duration::from_millis(100)
                .saturating_mul(1 << (tries - 1).min(16))
                .min(LONGEST);
            let pause = pause(FIRST, tries);
            assert!(
                pause >= whole / 2 && pause <= whole,
                "{tries}: {pause:?} of {whole:?}"
            );
        }
    }

    #[test]
    fn a_pause_is_at_least_half_of_the_lock_timeout() {
        let options = Options::default();
        let pause = Retries::new().failed(&options);
        assert!(
            pause.is_some_and(|pause| pause >= options.lock_timeout / 2),
            "{pause:?}"
        );
    }

    #[test]
    fn tries_and_time_are_limited() {
        let options = Options {
            tries: 3,
            ..Options::default()
        };
        let mut retries = Retries::new();
        let goes_on: Vec<_> = (0..3).map(|_| retries.failed(&options).is_some()).collect();
        assert_eq!(goes_on, [true, true, false]);
        let options = Options {
            retry_for: Duration::from_millis(1),
            ..Options::default()
        };
        assert_eq!(Retries::new().failed(&options), None);
    }
}
