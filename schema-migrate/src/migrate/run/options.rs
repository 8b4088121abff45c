//! The options of a run, and what the caller asks for.

use std::time::Duration;

/// How migrations are run.
///
/// ```
/// use std::time::Duration;
/// use freehold_schema_migrate::migrate::run::Options;
///
/// let options = Options { lock_timeout: Duration::from_secs(1), ..Options::default() };
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How long to wait for another runner. Default: 5 minutes.
    pub runner_wait: Duration,
    /// How long the statements of a transaction wait for locks in total, and with them every session behind them. The
    /// `lock_timeout` of each statement is the rest of it. Default: 3 seconds.
    pub lock_timeout: Duration,
    /// How long a statement such as `CREATE INDEX CONCURRENTLY` waits for other transactions to end, while it blocks no
    /// one. Default: 10 minutes.
    pub gentle_lock_timeout: Duration,
    /// The `statement_timeout`. Default: none, whatever the role has.
    pub statement_timeout: Option<Duration>,
    /// Whether to set `row_security = off`. A query that row-level security would filter is then an error, so that no
    /// foreign key counts as valid because the rows that break it are hidden. Default: true.
    pub row_security_off: bool,
    /// How often to try a file or statement that cannot get a lock. Default: 30 times.
    pub tries: u32,
    /// How long to keep trying. Default: 10 minutes.
    pub retry_for: Duration,
    /// Whether a migration may run that is older than an applied one. Default: false.
    pub allow_out_of_order: bool,
    /// The interval at which a running statement is observed. Default: 200 ms.
    pub poll: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runner_wait: Duration::from_mins(5),
            lock_timeout: Duration::from_secs(3),
            gentle_lock_timeout: Duration::from_mins(10),
            statement_timeout: None,
            row_security_off: true,
            tries: 30,
            retry_for: Duration::from_mins(10),
            allow_out_of_order: false,
            poll: Duration::from_millis(200),
        }
    }
}

impl Options {
    /// The settings, for a transaction (`SET LOCAL`) or for the session (`SET`).
    pub(super) fn settings(&self, set: &str) -> String {
        let lock = milliseconds(self.lock_timeout);
        let statement = self.statement_timeout.map_or(0, milliseconds);
        let mut settings =
            format!("{set} lock_timeout = {lock}; {set} statement_timeout = {statement}");
        if self.row_security_off {
            settings.push_str("; ");
            settings.push_str(set);
            settings.push_str(" row_security = off");
        }
        settings
    }
}

/// In milliseconds, for the server. At least 1, because 0 would mean no limit.
pub(super) fn milliseconds(time: Duration) -> i32 {
    i32::try_from(time.as_millis()).unwrap_or(i32::MAX).max(1)
}

/// Which migrations to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// All pending migrations.
    All,
    /// Those up to and including this version.
    Version(i64),
    /// The next migrations, at most this many.
    Count(usize),
}

/// The decision of a person about a version that the runner does not continue on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repair {
    /// The version is not applied: a person removed what it did. It is pending again.
    Forget(i64),
    /// The version is completely applied: a person did what was missing.
    Applied(i64),
    /// The up file was edited on purpose: its new checksum is recorded.
    AcceptEdit(i64),
    /// The statement of a half done version that had begun took effect.
    StatementDone(i64),
    /// The statement of a half done version that had begun must run again.
    StatementAgain(i64),
}

impl Repair {
    /// The version that the decision is about.
    pub fn version(self) -> i64 {
        match self {
            Self::Forget(version)
            | Self::Applied(version)
            | Self::AcceptEdit(version)
            | Self::StatementDone(version)
            | Self::StatementAgain(version) => version,
        }
    }
}
