//! `plan_new`, and the proof of what it wrote.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use freehold::SchemaDef;
use freehold::migrate::{
    Directory, NewError, NewMigration, SNAPSHOT_FILE, Snapshot, plan_new, verify,
};
use freehold::plan::HazardKind;
use freehold_test_support::Server;

use crate::Failure;
use crate::schemas;

/// 2026-11-27, 14:30:45 in UTC.
fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_795_789_845)
}

pub(crate) fn migration(description: &str) -> NewMigration {
    NewMigration {
        description: description.to_owned(),
        reason: None,
        allow: Vec::new(),
        expand: false,
        now: now(),
    }
}

pub(crate) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

fn is_proved(name: &str) -> Result<(), Failure> {
    let (_, def) = schemas::ALL
        .iter()
        .find(|(own, _)| *own == name)
        .ok_or("no such schema")?;
    let schema = def.schema()?;
    let directory = tempfile::tempdir()?;
    let written = plan_new(directory.path(), &schema, &migration("first"))?;
    assert!(written.is_some(), "nothing was written for `{name}`");
    let again = plan_new(directory.path(), &schema, &migration("again"))?;
    assert_eq!(
        again.map(|written| written.files),
        None,
        "`{name}` is different from its own snapshot"
    );
    let database = Server::shared().create_database("proof")?;
    let migrations = Directory::read(directory.path())?;
    let verified = runtime()?.block_on(verify(&migrations, &schema, &database.url()))?;
    assert_eq!(
        verified.migrations, 1,
        "stages of a schema made from nothing"
    );
    Ok(())
}

#[test]
fn tasks_is_proved() -> Result<(), Failure> {
    is_proved("tasks")
}

#[test]
fn orders_is_proved() -> Result<(), Failure> {
    is_proved("orders")
}

#[test]
fn patterns_is_proved() -> Result<(), Failure> {
    is_proved("patterns")
}

#[test]
fn storefront_is_proved() -> Result<(), Failure> {
    is_proved("storefront")
}

#[test]
fn ecommerce_is_proved() -> Result<(), Failure> {
    is_proved("ecommerce")
}

#[test]
fn shop_is_proved() -> Result<(), Failure> {
    is_proved("shop")
}

fn schema_of(def: &SchemaDef) -> Result<freehold::Schema, Failure> {
    Ok(def.schema()?)
}

#[test]
fn data_loss_is_refused_until_it_is_allowed_by_name() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    plan_new(
        directory.path(),
        &schema_of(&schemas::tasks::TASKS)?,
        &migration("first"),
    )?;
    let nothing = freehold::Schema::default();
    let before = files(directory.path())?;
    let refused = plan_new(directory.path(), &nothing, &migration("drop it all"));
    let message = match refused {
        Err(error @ NewError::Refused(_)) => error.to_string(),
        other => return Err(format!("it was not refused: {other:?}").into()),
    };
    assert!(
        message.contains("data_loss: every row of `tasks` is deleted"),
        "{message}"
    );
    assert!(message.contains("--allow data_loss"), "{message}");
    assert_eq!(
        files(directory.path())?,
        before,
        "a refused plan has written something"
    );
    let allowed = NewMigration {
        allow: HazardKind::all().collect(),
        ..migration("drop it all")
    };
    let written = plan_new(directory.path(), &nothing, &allowed)?;
    assert!(written.is_some(), "an allowed plan has written nothing");
    Ok(())
}

fn files(directory: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[test]
fn the_names_of_the_files_have_the_time_and_the_description() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    plan_new(
        directory.path(),
        &schema_of(&schemas::tasks::TASKS)?,
        &migration("Add: the tasks!"),
    )?;
    assert_eq!(
        files(directory.path())?,
        [
            "20261127143045_add_the_tasks.down.sql",
            "20261127143045_add_the_tasks.up.sql",
            "chain.txt",
            "schema.json",
        ]
    );
    Ok(())
}

#[test]
fn a_snapshot_is_read_as_it_was_written() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    for (name, def) in schemas::ALL {
        let snapshot = Snapshot::new(&def.schema()?, 7);
        fs::write(directory.path().join(SNAPSHOT_FILE), snapshot.text()?)?;
        let read = Snapshot::read(directory.path())?;
        assert_eq!(read.as_ref(), Some(&snapshot), "the snapshot of `{name}`");
    }
    Ok(())
}

#[test]
fn a_snapshot_with_merge_conflict_markers_is_refused() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join(SNAPSHOT_FILE), "<<<<<<< HEAD\n{}\n")?;
    let message = Snapshot::read(directory.path())
        .err()
        .map(|error| error.to_string());
    let message = message.unwrap_or_default();
    assert!(
        message.ends_with("take the file of one of the two branches, and run `migrate rebase`"),
        "{message}"
    );
    Ok(())
}
