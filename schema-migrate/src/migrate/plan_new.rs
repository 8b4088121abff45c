//! Plans a new migration from the snapshot and the structs, and writes it beside the others.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::chain::{CHAIN_FILE, Chain, ChainError, ChainProblem};
use super::dialect::DIALECT;
use super::files::{self, About, Format, MigrationFile};
use super::snapshot::{SNAPSHOT_FILE, Snapshot, SnapshotError};
use super::{Directory, DirectoryError, version};
use crate::diff::{Change, Diff};
use crate::expand::{self, AtOnce};
use crate::plan::{Hazard, HazardKind, Plan};
use freehold_schema_core::ir::Schema;

/// A request for a new migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMigration {
    /// What the migration does, in a few words.
    pub description: String,
    /// Why the change is made.
    pub reason: Option<String>,
    /// The allowed hazards.
    pub allow: Vec<HazardKind>,
    /// Whether the release that runs now continues beside the next one: see [`expand`](crate::expand). A later
    /// migration removes what only the old release needs.
    pub expand: bool,
    /// The time, which becomes the version.
    pub now: SystemTime,
}

/// A migration that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The paths of the files, in order.
    pub files: Vec<PathBuf>,
    /// The plan that the files contain.
    pub plan: Plan,
    /// What the release that runs now needs and cannot keep: the plan changes it at once.
    pub at_once: Vec<AtOnce>,
    /// The changes that are postponed until that release has ended.
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
    /// A file or the chain was changed, or a migration is missing or not in the chain.
    #[error("the migrations directory has problems:{}", lines(.0))]
    Problems(Vec<ChainProblem>),
    /// There are migrations but no snapshot of the schema after them.
    #[error(
        "there are migrations and no `{SNAPSHOT_FILE}`; run `migrate snapshot --database URL` to write it from a database that has all of them"
    )]
    NoSnapshot,
    /// The snapshot is not of the last migration that follows the one before it.
    #[error(
        "`{SNAPSHOT_FILE}` belongs to migration {found}, but the last migration of the chain is {sound}; take the file of the branch that added {sound}"
    )]
    OtherSnapshot {
        /// The version of the snapshot.
        found: i64,
        /// The last version of the valid part of the chain.
        sound: i64,
    },
    /// The plan has hazards that are not allowed.
    #[error("the plan is refused:{}\nallow what you intend with `--allow {}`{}", lines(.0), names(.0), attributes(.0))]
    Refused(Vec<Hazard>),
    /// The runner would refuse a file.
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
        /// The error of the system.
        source: io::Error,
    },
    /// The snapshot cannot be serialised.
    #[error("could not serialise the snapshot as JSON")]
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

/// The attributes that would allow the hazards in the structs.
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

/// Plans the changes from the snapshot of the directory to `schema`, and writes them as files, without a database.
///
/// It writes the files, then the chain, and the snapshot last. It returns `None` if there is nothing to do, and no
/// files if all changes wait for the next release.
///
/// # Errors
///
/// [`NewError`] if the directory has problems, if a hazard is not allowed, or if a file cannot be read or written.
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
    let (target, at_once) = if new.expand {
        let expanded = expand::expand(&old.schema, schema, DIALECT);
        (expanded.schema, expanded.at_once)
    } else {
        (schema.clone(), Vec::new())
    };
    let plan = Plan::between(&old.schema, &target, DIALECT);
    if plan.is_empty() && target.expansion() == old.schema.expansion() {
        return Ok(None);
    }
    let waiting = Diff::between(&target, schema).changes;
    if plan.is_empty() {
        // Dropped objects stay as they are, so the only change is in the snapshot.
        write_snapshot(directory, &Snapshot::new(&target, old.version))?;
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
    let files = files::files(&plan, &about, Format::Sqlx, DIALECT);
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
    write_snapshot(directory, &Snapshot::new(&target, version))?;
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

/// Returns the schema that the migrations of a directory lead to.
///
/// It is `schema` or, between two releases, the schema on which both work.
///
/// # Errors
///
/// [`SnapshotError`] if the snapshot exists and cannot be used.
pub fn target_schema(directory: &Path, schema: &Schema) -> Result<Schema, SnapshotError> {
    let snapshot = Snapshot::read(directory)?;
    let between = snapshot.filter(|snapshot| !snapshot.schema.expansion().is_empty());
    Ok(between.map_or_else(
        || schema.clone(),
        |snapshot| expand::expand(&snapshot.schema, schema, DIALECT).schema,
    ))
}

/// The snapshot and the chain of the directory, if it has no problems.
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
