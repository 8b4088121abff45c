//! A new migration: planned from the snapshot and the structs, written beside the others.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::chain::{CHAIN_FILE, Chain, ChainError, ChainProblem};
use super::files::{self, About, Format, MigrationFile};
use super::snapshot::{SNAPSHOT_FILE, Snapshot, SnapshotError};
use super::target::TARGET;
use super::{Directory, DirectoryError, version};
use crate::diff::{Change, Diff};
use crate::expand::{self, AtOnce};
use crate::plan::{Hazard, HazardKind, Plan};
use freehold_schema_core::ir::Schema;

/// What a new migration is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMigration {
    /// What it does, in a few words.
    pub description: String,
    /// Why it is made.
    pub reason: Option<String>,
    /// The hazards that are allowed.
    pub allow: Vec<HazardKind>,
    /// Whether the release that runs goes on beside the next one: see [`expand`](crate::expand). What only it needs goes with a later
    /// migration.
    pub expand: bool,
    /// The moment, which becomes its version.
    pub now: SystemTime,
}

/// A migration that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The files, in order.
    pub files: Vec<PathBuf>,
    /// The plan that they are.
    pub plan: Plan,
    /// What was to stay for the release that runs, and cannot.
    pub at_once: Vec<AtOnce>,
    /// What waits until that release is gone.
    pub waiting: Vec<Change>,
}

/// Why no migration was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NewError {
    /// The directory cannot be used.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The snapshot cannot be used.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The chain cannot be read.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The migrations that are there are not what they were.
    #[error("the migrations are not what they were:{}", lines(.0))]
    Problems(Vec<ChainProblem>),
    /// There are migrations, and nothing says what the schema is after them.
    #[error(
        "there are migrations and no `{SNAPSHOT_FILE}`; run `migrate snapshot --database URL` to write it from a database that has them"
    )]
    NoSnapshot,
    /// The snapshot is not that of the last migration that follows the one before it.
    #[error(
        "`{SNAPSHOT_FILE}` is of migration {found}, and the last one that follows the others is {sound}; take the file of the branch that {sound} came from"
    )]
    OtherSnapshot {
        /// The version that the snapshot is of.
        found: i64,
        /// The last version of the chain's sound part.
        sound: i64,
    },
    /// What the plan does is dangerous.
    #[error("the plan is refused:{}\nallow what you mean with `--allow {}`{}", lines(.0), names(.0), attributes(.0))]
    Refused(Vec<Hazard>),
    /// The runner would refuse a file before anything runs.
    #[error("the runner refuses `{}`, line {line}: {reason}", path.display())]
    CannotRun {
        /// The file.
        path: PathBuf,
        /// The line of the statement, from 1.
        line: usize,
        /// Why, and what to write instead.
        reason: &'static str,
    },
    /// A file cannot be written.
    #[error("`{}` cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The schema is none that a file can hold.
    #[error("the snapshot cannot be written")]
    Text(#[from] serde_json::Error),
}

fn lines(all: &[impl std::fmt::Display]) -> String {
    all.iter().map(|one| format!("\n  {one}")).collect()
}

fn names(hazards: &[Hazard]) -> String {
    let mut names: Vec<_> = hazards.iter().map(|hazard| hazard.kind.name()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(" --allow ")
}

/// The other way to allow them: at the structs that they are about.
fn attributes(hazards: &[Hazard]) -> String {
    let at = |hazard: &Hazard| {
        let places = hazard.places.clone().into_iter();
        let kind = hazard.kind;
        places.map(move |place| place.attribute(kind))
    };
    let mut attributes: Vec<_> = hazards.iter().flat_map(at).collect();
    attributes.sort_unstable();
    attributes.dedup();
    if attributes.is_empty() {
        return String::new();
    }
    format!(", or in the structs:{}", lines(&attributes))
}

/// Plans the way from the snapshot of the directory to `schema`, and writes it: the files, then the chain, the snapshot last. `None` where
/// there is nothing to do; no files where all that is different waits for the next release. No database is asked.
///
/// # Errors
///
/// Where the migrations that are there are not what they were, where a hazard is not allowed, and where a file cannot be read or written.
pub fn plan_new(
    directory: &Path,
    schema: &Schema,
    new: &NewMigration,
) -> Result<Option<Written>, NewError> {
    fs::create_dir_all(directory).map_err(|source| NewError::Write {
        path: directory.to_owned(),
        source,
    })?;
    let (old, mut chain) = state(directory)?;
    let (wanted, at_once) = if new.expand {
        let expanded = expand::expand(&old.schema, schema, TARGET);
        (expanded.schema, expanded.at_once)
    } else {
        (schema.clone(), Vec::new())
    };
    let plan = Plan::between(&old.schema, &wanted, TARGET);
    if plan.is_empty() && wanted.expansion() == old.schema.expansion() {
        return Ok(None);
    }
    let waiting = Diff::between(&wanted, schema).changes;
    if plan.is_empty() {
        // What was dropped stays as it is: there is nothing to do before the next release.
        write_snapshot(directory, &Snapshot::new(&wanted, old.version))?;
        return Ok(Some(Written {
            files: Vec::new(),
            plan,
            at_once,
            waiting,
        }));
    }
    let refused = plan.refused(&new.allow);
    if !refused.is_empty() {
        return Err(NewError::Refused(refused.into_iter().cloned().collect()));
    }
    let about = About {
        version: version::next(new.now, chain.last()),
        description: new.description.clone(),
        reason: new.reason.clone(),
        after: chain.last(),
    };
    let files = files::files(&plan, &about, Format::Sqlx, TARGET);
    let written = write_all(directory, &files)?;
    let now = Directory::read(directory)?;
    for migration in now
        .iter()
        .filter(|migration| migration.version >= about.version)
    {
        chain.push(migration);
    }
    write(&directory.join(CHAIN_FILE), &chain.text())?;
    let version = chain.last().unwrap_or_default();
    write_snapshot(directory, &Snapshot::new(&wanted, version))?;
    Ok(Some(Written {
        files: written,
        plan,
        at_once,
        waiting,
    }))
}

fn write_snapshot(directory: &Path, snapshot: &Snapshot) -> Result<(), NewError> {
    write(&directory.join(SNAPSHOT_FILE), &snapshot.text()?)
}

/// What the migrations of a directory lead to: `schema`, or between two releases what both of them work on.
///
/// # Errors
///
/// Where the snapshot of the directory is there and cannot be used.
pub fn target_schema(directory: &Path, schema: &Schema) -> Result<Schema, SnapshotError> {
    let snapshot = Snapshot::read(directory)?;
    let between = snapshot.filter(|snapshot| !snapshot.schema.expansion().is_empty());
    Ok(between.map_or_else(
        || schema.clone(),
        |snapshot| expand::expand(&snapshot.schema, schema, TARGET).schema,
    ))
}

/// The schema that the migrations lead to, and their chain, where they are what they were.
fn state(directory: &Path) -> Result<(Snapshot, Chain), NewError> {
    let migrations = Directory::read(directory)?;
    let (chain, mut problems) = Chain::read(directory)?;
    problems.extend(chain.problems(&migrations));
    if !problems.is_empty() {
        return Err(NewError::Problems(problems));
    }
    match Snapshot::read(directory)? {
        Some(snapshot) => Ok((snapshot, chain)),
        None if migrations.iter().next().is_none() => {
            Ok((Snapshot::new(&Schema::default(), 0), chain))
        }
        None => Err(NewError::NoSnapshot),
    }
}

fn write_all(directory: &Path, files: &[MigrationFile]) -> Result<Vec<PathBuf>, NewError> {
    let mut written = Vec::new();
    for file in files {
        let path = directory.join(&file.path);
        write(&path, &file.contents)?;
        written.push(path);
    }
    Ok(written)
}

pub(super) fn write(path: &Path, contents: &str) -> Result<(), NewError> {
    fs::write(path, contents).map_err(|source| NewError::Write {
        path: path.to_owned(),
        source,
    })
}
