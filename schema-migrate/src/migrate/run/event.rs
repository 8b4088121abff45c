//! What is told while migrations run.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::migrate::Direction;
use crate::migrate::statement::summary;

/// Who is told what happens.
pub(super) type Listener = dyn Fn(&Event) + Send + Sync;

/// A statement of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePosition {
    /// The migration.
    pub version: i64,
    /// Which of its files.
    pub direction: Direction,
    /// The file.
    pub path: PathBuf,
    /// Which statement; the first one is 1.
    pub statement: usize,
    /// How many the file has.
    pub of: usize,
    /// The line that the statement begins in; the first one is 1.
    pub line: usize,
    /// The statement's beginning.
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

/// Another connection to the server, as `pg_stat_activity` has it. What its user keeps from this one is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backend {
    /// Its process, which `pg_terminate_backend` takes; 0 for a transaction that was prepared.
    pub pid: i32,
    /// Who is signed in.
    pub user: Option<String>,
    /// What the program calls itself.
    pub application: Option<String>,
    /// `active`, `idle in transaction` and so on.
    pub state: Option<String>,
    /// The statement that runs, or ran last.
    pub query: Option<String>,
    /// How long its transaction is open; where there is none, how long ago its last statement began.
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
            write!(f, " since {:.1} s", age.as_secs_f32())?;
        }
        match &self.query {
            Some(query) => write!(f, ", `{}`", summary(query)),
            None => Ok(()),
        }
    }
}

/// A lock that is waited for, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blockage {
    /// What kind of thing is locked: `relation`, `transactionid` and so on, as in `pg_locks`.
    pub kind: String,
    /// The mode that is wanted, such as `AccessExclusiveLock`.
    pub mode: String,
    /// The table or index, where the lock is one of those.
    pub relation: Option<String>,
    /// Who has to let go first.
    pub by: Vec<Backend>,
}

impl fmt::Display for Blockage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.relation {
            Some(relation) => write!(f, "`{}` on `{relation}`", self.mode)?,
            None => write!(f, "`{}` on a `{}`", self.mode, self.kind)?,
        }
        for (index, backend) in self.by.iter().enumerate() {
            let between = if index == 0 { ", held up by " } else { " and " };
            write!(f, "{between}{backend}")?;
        }
        Ok(())
    }
}

/// What happens while migrations run. The runner tells it to the function given to
/// [`Runner::on_event`](super::Runner::on_event).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Another runner is at work; this one waits.
    LockWait {
        /// For how long so far.
        waited: Duration,
        /// The other one.
        holder: Option<Backend>,
    },
    /// A migration begins.
    Begin {
        /// Its version.
        version: i64,
        /// Its description.
        description: String,
        /// Which way.
        direction: Direction,
        /// How many statements are done already, by a run that was stopped.
        done: usize,
        /// How many statements it has.
        of: usize,
    },
    /// A migration is done.
    End {
        /// Its version.
        version: i64,
        /// Which way.
        direction: Direction,
        /// How long this run worked at it.
        took: Duration,
    },
    /// A statement begins.
    StatementBegin {
        /// Which.
        at: FilePosition,
    },
    /// A statement is done.
    StatementEnd {
        /// Which.
        at: FilePosition,
        /// How long it took, with all tries.
        took: Duration,
    },
    /// A statement that a stopped run had begun turned out to be done.
    FoundDone {
        /// Which.
        at: FilePosition,
    },
    /// An index that a stopped or failed run left invalid is dropped.
    DropInvalid {
        /// The statement that makes it.
        at: FilePosition,
        /// The index.
        index: String,
    },
    /// An invalid index could not be dropped after its statement had failed. The next run drops it.
    LeftInvalid {
        /// The statement that makes it.
        at: FilePosition,
        /// The index.
        index: String,
    },
    /// A statement waits for a lock. Told again when others hold it up.
    Blocked {
        /// Which.
        at: FilePosition,
        /// What for, and who has it.
        blockage: Blockage,
        /// How long the statement has run so far.
        waited: Duration,
    },
    /// A lock was not to be had: the statement, or all of its file where that is one transaction, is tried again.
    Retry {
        /// The statement that failed.
        at: FilePosition,
        /// How often it was tried so far.
        tries: u32,
        /// The pause before the next try.
        pause: Duration,
        /// What was waited for, where that was seen.
        blockage: Option<Blockage>,
    },
    /// How far an index is built, five times a second.
    Progress {
        /// Which statement.
        at: FilePosition,
        /// What the server does, as `pg_stat_progress_create_index` says it.
        phase: String,
        /// Blocks, rows or transactions done in this phase.
        done: u64,
        /// How many there are; 0 where it is not known.
        total: u64,
        /// How long the statement has run so far.
        elapsed: Duration,
    },
    /// A statement that tells nothing of its progress still runs, five times a second.
    Running {
        /// Which.
        at: FilePosition,
        /// How long so far.
        elapsed: Duration,
    },
}
