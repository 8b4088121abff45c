//! Two branches that both added a migration.

use std::fs;
use std::path::Path;

use freehold::migrate::{CHAIN_FILE, Directory, NewError, SNAPSHOT_FILE, adopt, plan_new, rebase};
use freehold::model::{ColumnDef, Ownership, PrimaryKeyDef, TableDef, TableName};
use freehold::{Schema, SchemaDef};

use crate::Failure;
use crate::new::migration;

/// A table with these columns, which are nullable.
fn schema(columns: &[&'static str]) -> Result<Schema, Failure> {
    let mut defs = vec![ColumnDef::new::<i64>("id")];
    defs.extend(
        columns
            .iter()
            .map(|name| ColumnDef::new::<Option<String>>(name)),
    );
    let table = TableDef::new(
        TableName::new(None, "notes"),
        Ownership::Shared,
        defs.leak(),
        PrimaryKeyDef::new(&["id"]),
    )
    .allow(&["uuid_key"]);
    let tables: &'static [&'static TableDef] = vec![&*Box::leak(Box::new(table))].leak();
    Ok(SchemaDef::new("NOTES", tables).schema()?)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

fn names(directory: &Path) -> Result<Vec<String>, Failure> {
    let migrations = Directory::read(directory)?;
    Ok(migrations
        .iter()
        .map(|migration| format!("{} {}", migration.version, migration.description))
        .collect())
}

/// Theirs has `title`, ours has `body`. The merge took their snapshot and both lines of the chain.
fn merged() -> Result<tempfile::TempDir, Failure> {
    let (ours, theirs) = (tempfile::tempdir()?, tempfile::tempdir()?);
    plan_new(ours.path(), &schema(&[])?, &migration("first"))?;
    copy(ours.path(), theirs.path())?;
    plan_new(theirs.path(), &schema(&["title"])?, &migration("add title"))?;
    // The other branch is an hour later.
    let mut later = migration("add body");
    later.now += std::time::Duration::from_hours(1);
    plan_new(ours.path(), &schema(&["body"])?, &later)?;
    let our_chain = fs::read_to_string(ours.path().join(CHAIN_FILE))?;
    let last = our_chain.lines().last().unwrap_or_default().to_owned();
    copy(theirs.path(), ours.path())?;
    let their_chain = fs::read_to_string(theirs.path().join(CHAIN_FILE))?;
    fs::write(
        ours.path().join(CHAIN_FILE),
        format!("{their_chain}{last}\n"),
    )?;
    Ok(ours)
}

#[test]
fn a_new_migration_is_refused_until_the_branches_are_rebased() -> Result<(), Failure> {
    let directory = merged()?;
    let refused = plan_new(
        directory.path(),
        &schema(&["title", "body"])?,
        &migration("more"),
    );
    let message = refused
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(
        message.contains("migration 20261127153045 does not follow the one before it: two branches both added a migration; run `migrate rebase`"),
        "{message}"
    );
    Ok(())
}

#[test]
fn a_rebase_plans_our_migration_again_after_theirs() -> Result<(), Failure> {
    let directory = merged()?;
    let rebased = rebase(
        directory.path(),
        &schema(&["title", "body"])?,
        &migration("add body"),
    )?;
    assert_eq!(rebased.removed.len(), 2, "{:?}", rebased.removed);
    assert_eq!(
        names(directory.path())?,
        [
            "20261127143045 first",
            "20261127143046 add title",
            "20261127143047 add body"
        ]
    );
    let up = fs::read_to_string(directory.path().join("20261127143047_add_body.up.sql"))?;
    assert!(
        up.contains("ALTER TABLE notes ADD COLUMN body text;"),
        "{up}"
    );
    assert!(!up.contains("title"), "{up}");
    let again = plan_new(
        directory.path(),
        &schema(&["title", "body"])?,
        &migration("again"),
    )?;
    assert_eq!(again, None, "there is something left to do");
    Ok(())
}

#[test]
fn a_step_names_the_difference_that_causes_it() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    plan_new(directory.path(), &schema(&[])?, &migration("first"))?;
    let written = plan_new(
        directory.path(),
        &schema(&["title"])?,
        &migration("add title"),
    )?;
    let plan = written.ok_or("nothing was written")?.plan;
    let causes: Vec<_> = plan.steps().map(|step| step.cause.as_str()).collect();
    assert_eq!(causes, ["in `notes`: add column `title`"]);
    Ok(())
}

#[test]
fn a_rebase_requires_the_snapshot_of_the_other_branch() -> Result<(), Failure> {
    let directory = merged()?;
    let path = directory.path().join(SNAPSHOT_FILE);
    let text = fs::read_to_string(&path)?.replace("20261127143046", "20261127153045");
    fs::write(&path, text)?;
    let refused = rebase(
        directory.path(),
        &schema(&["title", "body"])?,
        &migration("add body"),
    );
    assert!(
        matches!(
            refused,
            Err(NewError::OtherSnapshot {
                found: 20_261_127_153_045,
                sound: 20_261_127_143_046
            })
        ),
        "{refused:?}"
    );
    assert_eq!(names(directory.path())?.len(), 3, "a file is gone");
    Ok(())
}

#[test]
fn a_migration_that_the_runner_refuses_is_not_adopted() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    plan_new(directory.path(), &schema(&[])?, &migration("first"))?;
    let before = fs::read_to_string(directory.path().join("chain.txt"))?;
    let up = directory.path().join("20261128000000_data.up.sql");
    let down = directory.path().join("20261128000000_data.down.sql");
    let copy = "SELECT 1;\nCOPY notes FROM stdin;\n1\n\\.\n";
    for (up_sql, down_sql, words) in [
        (copy, "", "data.up.sql`, line 2: `COPY .. FROM STDIN` takes"),
        (
            "SELECT 1;",
            copy,
            "data.down.sql`, line 2: `COPY .. FROM STDIN` takes",
        ),
        (
            "BEGIN;\nSELECT 1;",
            "",
            "data.up.sql`, line 1: the runner begins",
        ),
    ] {
        fs::write(&up, up_sql)?;
        fs::write(&down, down_sql)?;
        let refused = adopt(directory.path());
        let message = refused.err().map(|error| error.to_string());
        let message = message.unwrap_or_default();
        assert!(message.contains(words), "{message}");
        let after = fs::read_to_string(directory.path().join("chain.txt"))?;
        assert_eq!(after, before, "it was taken in");
    }
    Ok(())
}

#[test]
fn a_hand_written_migration_is_adopted() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    plan_new(directory.path(), &schema(&[])?, &migration("first"))?;
    fs::write(
        directory.path().join("20261128000000_data.up.sql"),
        "INSERT INTO notes VALUES (1);",
    )?;
    let refused = plan_new(directory.path(), &schema(&["title"])?, &migration("title"));
    let message = refused
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(message.contains("run `migrate adopt`"), "{message}");
    assert_eq!(adopt(directory.path())?, [20_261_128_000_000]);
    let mut later = migration("title");
    later.now += std::time::Duration::from_hours(24);
    assert!(
        plan_new(directory.path(), &schema(&["title"])?, &later)?.is_some(),
        "nothing was written"
    );
    Ok(())
}
