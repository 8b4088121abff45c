//! The chain of hashes: edited history, and two branches that both added a migration.

use std::fs;
use std::path::Path;

use freehold::migrate::{CHAIN_FILE, Chain, ChainProblem, Directory};

use crate::Failure;

fn put(directory: &Path, version: i64, sql: &str) -> Result<(), Failure> {
    fs::write(directory.join(format!("{version}_step.up.sql")), sql)?;
    fs::write(
        directory.join(format!("{version}_step.down.sql")),
        "SELECT 1;",
    )?;
    Ok(())
}

/// A directory of the migrations 1, 2 and 3, and their chain.
fn three() -> Result<tempfile::TempDir, Failure> {
    let directory = tempfile::tempdir()?;
    let mut chain = Chain::default();
    for version in 1..=3 {
        put(directory.path(), version, &format!("SELECT {version};"))?;
        let migrations = Directory::read(directory.path())?;
        chain.push(migrations.get(version).ok_or("it is not there")?);
    }
    fs::write(directory.path().join(CHAIN_FILE), chain.text())?;
    Ok(directory)
}

fn problems(directory: &Path) -> Result<Vec<ChainProblem>, Failure> {
    let (chain, mut problems) = Chain::read(directory)?;
    problems.extend(chain.problems(&Directory::read(directory)?));
    Ok(problems)
}

#[test]
fn an_unchanged_chain_is_sound() -> Result<(), Failure> {
    let directory = three()?;
    assert_eq!(problems(directory.path())?, []);
    Ok(())
}

#[test]
fn an_edited_file_is_found() -> Result<(), Failure> {
    let directory = three()?;
    put(directory.path(), 2, "SELECT 22;")?;
    assert_eq!(
        problems(directory.path())?,
        [ChainProblem::Edited { version: 2 }]
    );
    Ok(())
}

#[test]
fn an_edited_way_back_is_found() -> Result<(), Failure> {
    let directory = three()?;
    fs::write(directory.path().join("3_step.down.sql"), "SELECT 33;")?;
    assert_eq!(
        problems(directory.path())?,
        [ChainProblem::Edited { version: 3 }]
    );
    Ok(())
}

#[test]
fn missing_and_unlisted_files_are_found() -> Result<(), Failure> {
    let directory = three()?;
    fs::remove_file(directory.path().join("2_step.up.sql"))?;
    fs::remove_file(directory.path().join("2_step.down.sql"))?;
    put(directory.path(), 4, "SELECT 4;")?;
    assert_eq!(
        problems(directory.path())?,
        [
            ChainProblem::Missing { version: 2 },
            ChainProblem::Unlisted { version: 4 }
        ]
    );
    Ok(())
}

/// Both branches continued from 3, and the merge kept the lines of both.
#[test]
fn two_branches_from_one_migration_are_found() -> Result<(), Failure> {
    let ours = three()?;
    let theirs = three()?;
    let mut lines = Vec::new();
    for (directory, version) in [(&ours, 4), (&theirs, 5)] {
        put(directory.path(), version, &format!("SELECT {version};"))?;
        let (mut chain, _) = Chain::read(directory.path())?;
        let migrations = Directory::read(directory.path())?;
        chain.push(migrations.get(version).ok_or("it is not there")?);
        lines.extend(chain.text().lines().last().map(str::to_owned));
        fs::write(directory.path().join(CHAIN_FILE), chain.text())?;
    }
    put(ours.path(), 5, "SELECT 5;")?;
    let text = fs::read_to_string(ours.path().join(CHAIN_FILE))?;
    fs::write(
        ours.path().join(CHAIN_FILE),
        format!("{text}{}\n", lines[1]),
    )?;
    assert_eq!(
        problems(ours.path())?,
        [ChainProblem::Branched { version: 5 }]
    );
    let (chain, _) = Chain::read(ours.path())?;
    assert_eq!(
        chain.sound(&Directory::read(ours.path())?).last(),
        Some(4),
        "the sound part"
    );
    Ok(())
}

#[test]
fn merge_conflict_markers_are_found() -> Result<(), Failure> {
    let directory = three()?;
    let path = directory.path().join(CHAIN_FILE);
    let text = fs::read_to_string(&path)?;
    fs::write(&path, format!("{text}=======\n"))?;
    assert_eq!(
        problems(directory.path())?,
        [ChainProblem::Line { line: 5 }]
    );
    Ok(())
}
