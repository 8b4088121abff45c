//! Compares the directory with the history: what is applied, what is pending, and what may run.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use super::Options;
use super::error::MigrateError;
use super::history::{Past, Recorded};
use super::options::Target;
use crate::migrate::{Direction, Directory, Migration};

/// A version and its state.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The version.
    pub version: i64,
    /// Its description: that of the file or, if that is missing, of the history.
    pub description: String,
    /// Its state.
    pub state: State,
    /// When it was applied or begun.
    pub installed_on: Option<SystemTime>,
    /// How long it took, if that is known.
    pub execution_time: Option<Duration>,
}

/// The state of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// Not applied.
    Pending,
    /// Applied; the file is unchanged.
    Applied,
    /// Applied; the file was edited since.
    Edited,
    /// Applied; the file is missing.
    Missing,
    /// Stopped half way in a file that is not one transaction. The next run in the same direction continues there.
    HalfDone {
        /// The direction of the file.
        direction: Direction,
        /// The number of statements that are done.
        done: usize,
        /// The number of the statement that had begun, from 1.
        started: Option<usize>,
    },
    /// Marked as not successful in the history by another program, and the journal has no statement of it.
    Failed,
}

impl State {
    /// The name of the state: `half done`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Applied => "applied",
            Self::Edited => "edited",
            Self::Missing => "missing",
            Self::HalfDone { .. } => "half done",
            Self::Failed => "failed",
        }
    }
}

/// All versions of the directory and of the history, oldest first.
pub(super) fn all(directory: &Directory, past: &Past) -> Vec<Status> {
    let mut all = BTreeMap::new();
    for migration in directory.iter() {
        all.insert(migration.version, (Some(migration), None));
    }
    for recorded in &past.recorded {
        all.entry(recorded.version).or_insert((None, None)).1 = Some(recorded);
    }
    all.into_iter()
        .map(|(version, (migration, recorded))| status(version, migration, recorded, past))
        .collect()
}

fn status(
    version: i64,
    migration: Option<&Migration>,
    recorded: Option<&Recorded>,
    past: &Past,
) -> Status {
    let description = migration
        .map(|migration| &migration.description)
        .or(recorded.map(|recorded| &recorded.description))
        .cloned();
    Status {
        version,
        description: description.unwrap_or_default(),
        state: recorded.map_or(State::Pending, |recorded| state(migration, recorded, past)),
        installed_on: recorded.map(|recorded| recorded.installed_on),
        execution_time: recorded.and_then(|recorded| recorded.execution_time),
    }
}

fn state(migration: Option<&Migration>, recorded: &Recorded, past: &Past) -> State {
    if !recorded.is_done {
        return half_done(recorded.version, past).unwrap_or(State::Failed);
    }
    match migration {
        None => State::Missing,
        Some(migration) if migration.up.checksum() != recorded.checksum => State::Edited,
        Some(_) => State::Applied,
    }
}

fn half_done(version: i64, past: &Past) -> Option<State> {
    let mut rows = past
        .journal
        .iter()
        .filter(|row| row.version == version)
        .peekable();
    let direction = rows.peek()?.direction;
    let (done, started): (Vec<_>, Vec<_>) = rows.partition(|row| row.is_done);
    Some(State::HalfDone {
        direction,
        done: done.len(),
        started: started.first().map(|row| row.statement),
    })
}

/// The migrations to apply, oldest first.
pub(super) fn to_apply<'d>(
    directory: &'d Directory,
    past: &Past,
    target: Target,
    options: &Options,
) -> Result<Vec<&'d Migration>, MigrateError> {
    let statuses = all(directory, past);
    refuse(&statuses, directory, Direction::Up)?;
    if !options.allow_out_of_order {
        refuse_out_of_order(&statuses, directory)?;
    }
    if let Target::Version(version) = target
        && directory.get(version).is_none()
    {
        return Err(MigrateError::UnknownVersion { version });
    }
    let open = statuses
        .iter()
        .filter(|status| is_open(status))
        .filter_map(|status| directory.get(status.version));
    Ok(match target {
        Target::All => open.collect(),
        Target::Version(last) => open
            .take_while(|migration| migration.version <= last)
            .collect(),
        Target::Count(count) => open.take(count).collect(),
    })
}

/// What `down` counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Migrations: the files of one plan are one migration.
    Migrations,
    Files,
}

/// The migrations to revert, newest first. A missing down file is an error before anything runs.
pub(super) fn to_take_back<'d>(
    directory: &'d Directory,
    past: &Past,
    count: usize,
    counted: Counted,
) -> Result<Vec<&'d Migration>, MigrateError> {
    let statuses = all(directory, past);
    refuse(&statuses, directory, Direction::Down)?;
    let applied = statuses
        .iter()
        .rev()
        .filter(|status| status.state != State::Pending);
    let applied = applied.filter_map(|status| directory.get(status.version));
    let mut migrations: Vec<&Migration> = Vec::new();
    let mut begun = 0;
    for migration in applied {
        let newer = migrations.last();
        let goes_on = newer.is_some_and(|newer| directory.is_one_with(migration, newer));
        if counted == Counted::Files || !goes_on {
            begun += 1;
        }
        if begun > count {
            break;
        }
        migrations.push(migration);
    }
    match migrations.iter().find(|migration| migration.down.is_none()) {
        Some(Migration { version, up, .. }) => Err(MigrateError::NoDown {
            version: *version,
            up: up.path.clone(),
        }),
        None => Ok(migrations),
    }
}

fn is_open(status: &Status) -> bool {
    matches!(
        status.state,
        State::Pending
            | State::HalfDone {
                direction: Direction::Up,
                ..
            }
    )
}

/// Refuses to run if a version is in a state that only a person can resolve.
fn refuse(
    statuses: &[Status],
    directory: &Directory,
    requested: Direction,
) -> Result<(), MigrateError> {
    for Status {
        version,
        description,
        state,
        ..
    } in statuses
    {
        let version = *version;
        let file = directory.get(version);
        let missing = || MigrateError::Missing {
            version,
            description: description.clone(),
        };
        match state {
            State::Failed => return Err(MigrateError::Failed { version }),
            State::Missing => return Err(missing()),
            State::Edited => {
                let path = file
                    .map(|migration| migration.up.path.clone())
                    .ok_or_else(missing)?;
                return Err(MigrateError::Edited { version, path });
            }
            State::HalfDone { direction, .. } if *direction != requested => {
                return Err(MigrateError::HalfDone {
                    version,
                    direction: *direction,
                });
            }
            State::HalfDone { .. } if file.is_none() => return Err(missing()),
            State::Pending | State::Applied | State::HalfDone { .. } => {}
        }
    }
    Ok(())
}

fn refuse_out_of_order(statuses: &[Status], directory: &Directory) -> Result<(), MigrateError> {
    let applied = statuses
        .iter()
        .filter(|status| status.state != State::Pending);
    let Some(newest) = applied.map(|status| status.version).max() else {
        return Ok(());
    };
    let older = statuses
        .iter()
        .find(|status| status.state == State::Pending && status.version < newest);
    match older.and_then(|status| directory.get(status.version)) {
        Some(Migration { version, up, .. }) => Err(MigrateError::OutOfOrder {
            version: *version,
            path: up.path.clone(),
            newest,
        }),
        None => Ok(()),
    }
}
