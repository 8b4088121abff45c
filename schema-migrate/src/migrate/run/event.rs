//! The events of a run.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::migrate::Direction;
use crate::migrate::statement::summary;

/// The function that receives events.
pub(super) type Listener = dyn Fn(&Event) + Send + Sync;

/// A statement of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FilePosition {
    /// The migration.
    pub version: i64,
    /// The direction of its file.
    pub direction: Direction,
    /// The file.
    pub path: PathBuf,
    /// The number of the statement in the file, from 1.
    pub statement: usize,
    /// The number of statements in the file.
    pub of: usize,
    /// The line in which the statement begins, from 1.
    pub line: usize,
    /// The beginning of the statement.
    pub summary: String,
}

impl fmt::Display for FilePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}:{}` (`{}`)",
            self.path.display(),
            self.line,
            self.summary
        )
    }
}

/// Another session of the server, as in `pg_stat_activity`.
///
/// Fields that the role of the runner must not read are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Backend {
    /// Its process number, for `pg_terminate_backend`; 0 for a prepared transaction.
    pub pid: i32,
    /// The user of the session.
    pub user: Option<String>,
    /// The `application_name`.
    pub application: Option<String>,
    /// `active`, `idle in transaction` and so on.
    pub state: Option<String>,
    /// The statement that runs or ran last.
    pub query: Option<String>,
    /// The age of its transaction or, without one, the time since its last statement began.
    pub age: Option<Duration>,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pid == 0 {
            return f.write_str("a prepared transaction");
        }
        write!(f, "process {}", self.pid)?;
        if let Some(user) = &self.user {
            write!(f, " of `{user}`")?;
        }
        if let Some(state) = &self.state {
            write!(f, ", {state}")?;
        }
        if let Some(age) = self.age {
            write!(f, " for {:.1} s", age.as_secs_f32())?;
        }
        match &self.query {
            Some(query) => write!(f, ", `{}`", summary(query)),
            None => Ok(()),
        }
    }
}

/// A lock that a statement waits for, and the sessions that block it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blockage {
    /// The kind of the locked object: `relation`, `transactionid` and so on, as in `pg_locks`.
    pub kind: String,
    /// The requested mode, such as `AccessExclusiveLock`.
    pub mode: String,
    /// The table or index, if the lock is on one.
    pub relation: Option<String>,
    /// The sessions that block it.
    pub by: Vec<Backend>,
}

impl fmt::Display for Blockage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.relation {
            Some(relation) => write!(f, "`{}` on `{relation}`", self.mode)?,
            None => write!(f, "`{}` on a `{}`", self.mode, self.kind)?,
        }
        for (index, backend) in self.by.iter().enumerate() {
            let between = if index == 0 { ", blocked by " } else { " and " };
            write!(f, "{between}{backend}")?;
        }
        Ok(())
    }
}

/// An event of a run, passed to the listener of [`Runner::on_event`](super::Runner::on_event).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Another runner is at work, and this one waits for it.
    LockWait {
        /// How long so far.
        waited: Duration,
        /// The other runner.
        holder: Option<Backend>,
    },
    /// A file begins.
    Begin {
        /// Its version.
        version: i64,
        /// Its description.
        description: String,
        /// Its direction.
        direction: Direction,
        /// The number of statements that a stopped run has done.
        done: usize,
        /// The number of statements of the file.
        of: usize,
    },
    /// A file has ended.
    End {
        /// Its version.
        version: i64,
        /// Its direction.
        direction: Direction,
        /// How long this run worked on the file.
        took: Duration,
    },
    /// A statement begins.
    StatementBegin {
        /// The statement.
        at: FilePosition,
    },
    /// A statement has ended.
    StatementEnd {
        /// The statement.
        at: FilePosition,
        /// How long the statement took, including all tries.
        took: Duration,
    },
    /// A statement that a stopped run had begun is already done.
    FoundDone {
        /// The statement.
        at: FilePosition,
    },
    /// The runner drops an index that a stopped or failed run left invalid.
    DropInvalid {
        /// The statement that creates the index.
        at: FilePosition,
        /// The index.
        index: String,
    },
    /// A failed statement left an invalid index, and the runner could not drop it. The next run drops it.
    LeftInvalid {
        /// The statement that creates the index.
        at: FilePosition,
        /// The index.
        index: String,
    },
    /// A statement waits for a lock. The event comes again when other sessions block it.
    Blocked {
        /// The statement.
        at: FilePosition,
        /// The lock, and the sessions that have it.
        blockage: Blockage,
        /// How long the statement has run so far.
        waited: Duration,
    },
    /// A statement could not get a lock in time. The statement or, if its file is one transaction, the whole file is
    /// tried again.
    Retry {
        /// The statement that failed.
        at: FilePosition,
        /// The number of tries so far.
        tries: u32,
        /// The pause before the next try.
        pause: Duration,
        /// The lock and the sessions that have it, if the runner saw them.
        blockage: Option<Blockage>,
    },
    /// The progress of an index build, five times a second by default.
    Progress {
        /// The statement.
        at: FilePosition,
        /// The phase, as in `pg_stat_progress_create_index`.
        phase: String,
        /// Blocks, rows or transactions that are done in this phase.
        done: u64,
        /// The total in this phase; 0 if it is not known.
        total: u64,
        /// How long the statement has run so far.
        elapsed: Duration,
    },
    /// A statement without known progress still runs. Five times a second by default.
    Running {
        /// The statement.
        at: FilePosition,
        /// How long the statement has run so far.
        elapsed: Duration,
    },
}
