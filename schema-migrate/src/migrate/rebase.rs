//! Changes to the chain as a whole: `rebase` after a merge, `adopt` for hand-written files, and a new snapshot.

use std::fs;
use std::path::{Path, PathBuf};

use super::chain::{CHAIN_FILE, Chain, ChainProblem};
use super::plan_new::{NewError, NewMigration, Written, plan_new, write};
use super::snapshot::Snapshot;
use super::{Directory, Migration};
use freehold_schema_core::ir::Schema;

/// The result of a rebase.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rebased {
    /// The removed files: those of migrations that did not follow the one before them.
    pub removed: Vec<PathBuf>,
    /// The new migration; `None` if the remaining migrations already lead to the schema.
    pub written: Option<Written>,
}

/// Removes the migrations that do not follow the one before them, and plans the changes to `schema` again.
///
/// The snapshot must be that of the last migration that stays: the file of the branch that was merged first.
///
/// # Errors
///
/// [`NewError`] if the snapshot is another one (nothing is changed then), or if the new plan is refused or cannot be
/// written.
pub fn rebase(directory: &Path, schema: &Schema, new: &NewMigration) -> Result<Rebased, NewError> {
    let migrations = Directory::read(directory)?;
    let (chain, _) = Chain::read(directory)?;
    let sound = chain.sound(&migrations);
    let snapshot = Snapshot::read(directory)?.ok_or(NewError::NoSnapshot)?;
    let last = sound.last().unwrap_or_default();
    if snapshot.version != last {
        return Err(NewError::OtherSnapshot {
            found: snapshot.version,
            sound: last,
        });
    }
    let stray = migrations
        .iter()
        .filter(|migration| chain.has(migration.version) && !sound.has(migration.version));
    let removed: Vec<_> = stray.flat_map(files_of).collect();
    for path in &removed {
        fs::remove_file(path).map_err(|source| NewError::Write {
            path: path.clone(),
            source,
        })?;
    }
    write(&directory.join(CHAIN_FILE), &sound.text())?;
    let written = plan_new(directory, schema, new)?;
    Ok(Rebased { removed, written })
}

fn files_of(migration: &Migration) -> Vec<PathBuf> {
    let down = migration.down.iter().map(|down| down.path.clone());
    std::iter::once(migration.up.path.clone())
        .chain(down)
        .collect()
}

/// Adds hand-written migrations to the chain, and returns their versions.
///
/// The schema in the snapshot does not change: such migrations are for data, or for what a schema cannot describe.
///
/// # Errors
///
/// [`NewError`] if the directory has another problem, if one of the files is older than the last of the chain, or if
/// the runner would refuse one of them, including down files. Nothing is written then.
pub fn adopt(directory: &Path) -> Result<Vec<i64>, NewError> {
    let migrations = Directory::read(directory)?;
    let (mut chain, mut problems) = Chain::read(directory)?;
    problems.extend(chain.problems(&migrations));
    let last = chain.last().unwrap_or_default();
    let is_new = |problem: &ChainProblem| matches!(problem, ChainProblem::Unlisted { version } if *version > last);
    problems.retain(|problem| !is_new(problem));
    if !problems.is_empty() {
        return Err(NewError::Problems(problems));
    }
    let new = migrations
        .iter()
        .filter(|migration| migration.version > last);
    let mut adopted = Vec::new();
    for migration in new {
        #[cfg(feature = "postgres")]
        super::refused::check(migration)?;
        chain.push(migration);
        adopted.push(migration.version);
    }
    write(&directory.join(CHAIN_FILE), &chain.text())?;
    if let Some(mut snapshot) = Snapshot::read(directory)? {
        snapshot.version = chain.last().unwrap_or_default();
        write(&directory.join(super::SNAPSHOT_FILE), &snapshot.text()?)?;
    }
    Ok(adopted)
}

/// Writes `schema` as the snapshot and adds all migrations to the chain: for a directory that another tool wrote.
///
/// # Errors
///
/// [`NewError`] if the directory cannot be read or written.
pub fn write_snapshot(directory: &Path, schema: &Schema) -> Result<(), NewError> {
    let migrations = Directory::read(directory)?;
    let mut chain = Chain::default();
    for migration in migrations.iter() {
        chain.push(migration);
    }
    let snapshot = Snapshot::new(schema, chain.last().unwrap_or_default());
    write(&directory.join(CHAIN_FILE), &chain.text())?;
    write(&directory.join(super::SNAPSHOT_FILE), &snapshot.text()?)
}
