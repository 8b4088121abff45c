//! What the caller chooses.

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
    /// How long to wait for another runner. 5 minutes.
    pub runner_wait: Duration,
    /// How long the statements of a transaction wait for locks, all together, and everybody else behind them; each of them has what is
    /// left of it as its `lock_timeout`. 3 s.
    pub lock_timeout: Duration,
    /// How long a statement waits for other transactions to end where it blocks nobody meanwhile: `CREATE INDEX CONCURRENTLY` and
    /// its like. 10 minutes.
    pub gentle_lock_timeout: Duration,
    /// `statement_timeout`. There is none by default, whatever the role has.
    pub statement_timeout: Option<Duration>,
    /// `row_security = off`: what row-level security would hide is an error, so that no foreign key is taken for valid by not
    /// seeing the rows that break it. On.
    pub row_security_off: bool,
    /// How often a file or statement is tried whose lock is not to be had. 30 times.
    pub tries: u32,
    /// For how long it is tried. 10 minutes.
    pub retry_for: Duration,
    /// Whether a migration may run that is older than one that ran before. Off.
    pub allow_out_of_order: bool,
    /// How often a running statement is looked at. 200 ms.
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
    /// The settings of a transaction (`SET LOCAL`) or of the session (`SET`).
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

/// As the server takes it. A time too short for it would be no limit: it is a millisecond.
pub(super) fn milliseconds(time: Duration) -> i32 {
    i32::try_from(time.as_millis()).unwrap_or(i32::MAX).max(1)
}

/// Which migrations to apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// All that are pending.
    All,
    /// Those up to this version, with it.
    Version(i64),
    /// The next so many.
    Count(usize),
}

/// What a human has decided of a version that the runner does not go on with by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// The version is not applied: its half done or failed traces are cleared away by hand. It is pending again.
    Forget(i64),
    /// The version is applied wholly: what was missing is done by hand.
    Applied(i64),
    /// The up file was edited on purpose: its checksum is the new one.
    AcceptEdit(i64),
    /// The statement of a half done version that had begun is done.
    StatementDone(i64),
    /// The statement of a half done version that had begun is to run again.
    StatementAgain(i64),
}

impl Repair {
    /// The version that is meant.
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
