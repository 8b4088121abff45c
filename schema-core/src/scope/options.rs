use std::time::Duration;

/// What a transaction sees of other transactions (PostgreSQL manual, 13.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IsolationLevel {
    /// Each statement sees what was committed before the statement began.
    #[default]
    ReadCommitted,
    /// All statements see what was committed before the first statement.
    RepeatableRead,
    /// The result is as if transactions ran one after the other.
    Serializable,
}

/// The isolation level of a transaction, and how often it is retried.
///
/// ```
/// # use freehold_schema_core as freehold;
/// use freehold::scope::{IsolationLevel, TransactionOptions};
///
/// let options = TransactionOptions::new()
///     .isolation(IsolationLevel::Serializable)
///     .retries(3);
/// # let _ = options;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TransactionOptions {
    isolation: IsolationLevel,
    pub(super) retries: u32,
    first_pause: Duration,
    longest_pause: Duration,
}

impl Default for TransactionOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl TransactionOptions {
    /// The defaults: `READ COMMITTED`, and no retries.
    pub const fn new() -> Self {
        Self {
            isolation: IsolationLevel::ReadCommitted,
            retries: 0,
            first_pause: Duration::from_millis(10),
            longest_pause: Duration::from_secs(1),
        }
    }

    /// Sets the isolation level.
    pub const fn isolation(mut self, level: IsolationLevel) -> Self {
        self.isolation = level;
        self
    }

    /// Runs the transaction again, at most `retries` times, if that may help.
    ///
    /// It may help after a serialization failure, a deadlock, or a change of the schema.
    ///
    /// It pauses before each retry: see [`pauses`](Self::pauses). The connection goes back to the pool during a pause.
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the longest pause before a retry.
    ///
    /// It is `first` before the first retry, then twice as long each time, at most `longest`.
    ///
    /// The defaults are 10 milliseconds and 1 second. Each pause is random between 0 and this value, so that two
    /// transactions that were in conflict do not meet again. After a change of the schema there is no pause.
    pub const fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// The pause before retry number `number`, counted from 0.
    pub(super) fn pause(self, number: u32) -> Duration {
        let doubled = self
            .first_pause
            .saturating_mul(2_u32.saturating_pow(number));
        doubled.min(self.longest_pause).mul_f64(fastrand::f64())
    }

    pub(super) const fn sql(self) -> &'static str {
        match self.isolation {
            IsolationLevel::ReadCommitted => "",
            IsolationLevel::RepeatableRead => " ISOLATION LEVEL REPEATABLE READ",
            IsolationLevel::Serializable => " ISOLATION LEVEL SERIALIZABLE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pause is random between 0 and a limit that doubles up to `longest`.
    #[test]
    fn pauses_double_and_end() {
        let (first, longest) = (Duration::from_millis(10), Duration::from_millis(50));
        let options = TransactionOptions::new().pauses(first, longest);
        for (number, most) in [(0, 10), (1, 20), (2, 40), (3, 50), (40, 50)] {
            let most = Duration::from_millis(most);
            let pauses: Vec<_> = (0..1_000).map(|_| options.pause(number)).collect();
            assert!(pauses.iter().all(|pause| *pause <= most), "{number}");
            for of in [most / 4, most * 3 / 4] {
                let less = pauses.iter().filter(|pause| **pause < of).count();
                assert!(0 < less && less < pauses.len(), "{number}: all on one side");
            }
        }
        let endless = options.pauses(Duration::MAX, Duration::MAX);
        assert!(endless.pause(u32::MAX) <= Duration::MAX);
    }
}
