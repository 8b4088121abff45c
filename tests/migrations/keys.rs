//! A unique index that becomes a constraint, proved file by file.

use freehold::migrate::{Directory, NewMigration, plan_new, verify};
use freehold_test_support::Server;

use crate::Failure;
use crate::new::{migration, runtime};

#[expect(dead_code, reason = "the rows are read by SQL")]
mod with_index {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, shared, allow(timestamps, uuid_key), index(email, unique, name = people_email))]
    pub(super) struct Person {
        #[column(primary_key)]
        pub(super) id: i64,
        pub(super) email: String,
    }

    schema!(pub(super) OLD = [Person]);
}

#[expect(dead_code, reason = "the rows are read by SQL")]
mod with_constraint {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, shared, allow(timestamps, uuid_key))]
    pub(super) struct Person {
        #[column(primary_key)]
        pub(super) id: i64,
        #[column(unique)]
        pub(super) email: String,
    }

    schema!(pub(super) NEW = [Person]);
}

/// No file up builds an index or names a hazard. Each way back leads to the state before its file.
#[test]
fn an_index_becomes_a_constraint_and_an_index_again() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    let (old, new) = (with_index::OLD.schema()?, with_constraint::NEW.schema()?);
    plan_new(directory.path(), &old, &migration("first"))?;
    let second = NewMigration {
        now: migration("second").now + std::time::Duration::from_mins(1),
        ..migration("second")
    };
    let written = plan_new(directory.path(), &new, &second)?.ok_or("nothing was written")?;
    let mut ups = String::new();
    for file in written
        .files
        .iter()
        .filter(|file| file.to_string_lossy().ends_with(".up.sql"))
    {
        ups.push_str(&std::fs::read_to_string(file)?);
    }
    assert!(ups.contains("USING INDEX people_email"), "{ups}");
    assert!(!ups.contains("CREATE UNIQUE INDEX"), "{ups}");
    assert!(!ups.contains("hazard"), "{ups}");
    let database = Server::shared().create_database("keys")?;
    let migrations = Directory::read(directory.path())?;
    runtime()?.block_on(verify(&migrations, &new, &database.url()))?;
    Ok(())
}
