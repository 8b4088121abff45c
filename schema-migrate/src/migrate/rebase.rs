//! Two branches that both added a migration become one line again, and files of other hands are taken into it.

use std::fs;
use std::path::{Path, PathBuf};

use super::chain::{CHAIN_FILE, Chain, ChainProblem};
use super::plan_new::{NewError, NewMigration, Written, plan_new, write};
use super::snapshot::Snapshot;
use super::{Directory, Migration};
use freehold_schema_core::ir::Schema;

/// What came of a rebase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebased {
    /// The files that were taken away: those of the migrations that did not follow the others.
    pub removed: Vec<PathBuf>,
    /// What takes their place; `None` where the schema is what the others lead to.
    pub written: Option<Written>,
}

/// Takes the migrations of the chain away that do not follow the one before them, and plans the way from the snapshot to `schema` anew. The
/// snapshot has to be that of the last migration that stays: the file of the branch that was merged.
///
/// # Errors
///
/// Where the snapshot is another one, and where the new plan is refused or cannot be written; in the first case nothing was changed.
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

/// Takes migrations that were written by hand into the chain, and gives back their versions. What they do to the schema the snapshot does not
/// know: they are for data, or for what a schema cannot say.
///
/// # Errors
///
/// Where something else is wrong with the migrations, one of them is older than the last of the chain, or the runner would refuse one of
/// their files, the way back too. Nothing is written then.
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

/// Writes the snapshot of a schema that the migrations lead to, and takes them into the chain: for a directory that another tool wrote.
///
/// # Errors
///
/// Where the directory cannot be read or written.
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
