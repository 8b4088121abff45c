//! Two releases of one application: the older one runs while the newer one is rolled out, over two migrations.

use std::path::Path;

use freehold::migrate::run::{Runner, Target};
use freehold::migrate::{
    Directory, NewError, NewMigration, Written, plan_new, target_schema, verify,
};
use freehold::plan::HazardKind;
use freehold::{Schema, SchemaDef};
use freehold_test_support::{Database, Server};

use crate::Failure;
use crate::new::{migration, runtime};

#[expect(dead_code, reason = "the rows are read by SQL")]
mod older {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, shared, audit, allow(timestamps, uuid_key, sensitive_column))]
    #[table(check(known: phone != nickname))]
    pub(super) struct Person {
        #[column(primary_key)]
        pub(super) id: i64,
        #[column(unique, default = "none")]
        pub(super) phone: String,
        #[column(index)]
        pub(super) nickname: String,
        #[column(secret)]
        pub(super) pin: String,
    }

    #[derive(Table)]
    #[table(name = calls, shared, allow(timestamps, uuid_key))]
    pub(super) struct Call {
        #[column(primary_key)]
        pub(super) id: i64,
        #[column(index, references = Person::id, on_delete = cascade)]
        pub(super) person_id: i64,
    }

    schema!(pub(super) OLDER = [Person, Call]);
}

#[expect(dead_code, reason = "the rows are read by SQL")]
mod newer {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = people, shared, audit, allow(timestamps, uuid_key))]
    pub(super) struct Person {
        #[column(primary_key)]
        pub(super) id: i64,
        #[column(unique, default = "none", renamed_from = "phone")]
        pub(super) phone_number: String,
    }

    schema!(pub(super) NEWER = [Person]);
}

/// A directory with the first migration, which is applied to a database.
struct Live {
    directory: tempfile::TempDir,
    database: Database,
}

impl Live {
    fn new() -> Result<Self, Failure> {
        let live = Self {
            directory: tempfile::tempdir()?,
            database: Server::shared().create_database("releases")?,
        };
        live.plan(&older::OLDER, &migration("first"))?;
        live.up()?;
        Ok(live)
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn plan(&self, def: &SchemaDef, new: &NewMigration) -> Result<Written, Failure> {
        let written = plan_new(self.path(), &def.schema()?, new)?;
        written.ok_or_else(|| "no differences".into())
    }

    fn expand(&self) -> Result<Written, Failure> {
        let expand = NewMigration {
            expand: true,
            ..migration("a number, and no nicknames")
        };
        let written = self.plan(&newer::NEWER, &expand)?;
        self.up()?;
        Ok(written)
    }

    /// Returns the number of files.
    fn contract(&self) -> Result<usize, Failure> {
        let allowed = NewMigration {
            allow: vec![HazardKind::DataLoss],
            ..migration("the older release is gone")
        };
        let before = Directory::read(self.path())?.iter().count();
        self.plan(&newer::NEWER, &allowed)?;
        self.up()?;
        Ok(Directory::read(self.path())?.iter().count() - before)
    }

    fn runner(&self) -> Result<Runner, Failure> {
        let migrations = Directory::read(self.path())?;
        Ok(Runner::from_url(migrations, &self.database.url())?)
    }

    fn up(&self) -> Result<(), Failure> {
        runtime()?.block_on(self.runner()?.up(Target::All))?;
        Ok(())
    }

    fn down(&self, count: usize) -> Result<(), Failure> {
        runtime()?.block_on(self.runner()?.down_files(count))?;
        Ok(())
    }

    fn sql(&self, sql: &str) -> Result<String, Failure> {
        Ok(self.database.psql(sql)?)
    }

    fn wanted(&self) -> Result<Schema, Failure> {
        Ok(target_schema(self.path(), &newer::NEWER.schema()?)?)
    }
}

#[test]
fn both_releases_read_and_write_between_the_two_migrations() -> Result<(), Failure> {
    let live = Live::new()?;
    live.sql("INSERT INTO people VALUES (1, '11', 'one', 'p')")?;
    let expanded = live.expand()?;
    assert_eq!(expanded.at_once, []);
    let both = "SELECT concat_ws('|', phone, phone_number, nickname) FROM people WHERE id = ";
    for (release, write, id, wanted) in [
        ("a row from before", "SELECT", 1, "11|11|one"),
        (
            "older",
            "INSERT INTO people (id, phone, nickname, pin) VALUES (2, '22', 'two', 'p')",
            2,
            "22|22|two",
        ),
        (
            "older, by the default",
            "INSERT INTO people (id, nickname, pin) VALUES (3, 'three', 'p')",
            3,
            "none|none|three",
        ),
        (
            "newer",
            "INSERT INTO people (id, phone_number) VALUES (4, '44')",
            4,
            "44|44",
        ),
        (
            "older",
            "UPDATE people SET phone = '12' WHERE id = 1",
            1,
            "12|12|one",
        ),
        (
            "newer",
            "UPDATE people SET phone_number = '13' WHERE id = 1",
            1,
            "13|13|one",
        ),
        ("older", "INSERT INTO calls VALUES (1, 1)", 1, "13|13|one"),
    ] {
        live.sql(write)
            .map_err(|error| format!("the {release} release cannot `{write}`: {error}"))?;
        let found = live.sql(&format!("{both}{id}"))?;
        assert_eq!(found, wanted, "after `{write}` of the {release} release");
    }
    // Rows of the older release do not restrict the newer one.
    live.sql("DELETE FROM people WHERE id = 1")?;
    let duplicate = live.sql("INSERT INTO people (id, phone_number) VALUES (5, '22')");
    assert!(duplicate.is_err(), "the newer name is not unique");
    Ok(())
}

#[test]
fn a_secret_of_a_kept_column_does_not_reach_the_audit_trail() -> Result<(), Failure> {
    let live = Live::new()?;
    live.expand()?;
    live.sql("INSERT INTO people (id, phone, nickname, pin) VALUES (1, '1', 'n', 'hush')")?;
    live.sql("UPDATE people SET phone_number = '2'")?;
    live.sql("DELETE FROM people")?;
    let told = "SELECT count(*) FROM audit.log WHERE concat(old_row, new_row) LIKE '%hush%'";
    assert_eq!(live.sql(told)?, "0");
    assert_eq!(live.sql("SELECT count(*) FROM audit.log")?, "3");
    Ok(())
}

#[test]
fn postponed_changes_are_listed_and_part_of_the_next_migration() -> Result<(), Failure> {
    let live = Live::new()?;
    let expanded = live.expand()?;
    let waiting: Vec<_> = expanded.waiting.iter().map(ToString::to_string).collect();
    for change in [
        "drop table `calls`",
        "in `people`: drop column `nickname`",
        "in `people`: drop column `phone`",
    ] {
        assert!(
            waiting.iter().any(|own| own == change),
            "`{change}` is not in {waiting:#?}"
        );
    }
    let refused = plan_new(live.path(), &newer::NEWER.schema()?, &migration("contract"));
    let message = match refused {
        Err(error @ NewError::Refused(_)) => error.to_string(),
        other => return Err(format!("it was not refused: {other:?}").into()),
    };
    assert!(
        message.contains("the values of `people.nickname` are deleted"),
        "{message}"
    );
    assert!(
        !message.contains("`people.phone`"),
        "its values are in another column: {message}"
    );
    assert!(
        !message.contains("breaks_running_code"),
        "no such code runs: {message}"
    );
    live.contract()?;
    let columns = live.sql("SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'people'")?;
    assert_eq!(columns, "id, phone_number");
    assert_eq!(
        live.sql("SELECT count(*) FROM pg_trigger WHERE tgname LIKE '\\_same%'")?,
        "0"
    );
    Ok(())
}

#[test]
fn a_renamed_column_has_its_values_after_the_way_back() -> Result<(), Failure> {
    let live = Live::new()?;
    live.sql("INSERT INTO people VALUES (1, '11', 'one', 'p')")?;
    live.expand()?;
    let files = live.contract()?;
    live.sql("INSERT INTO people (id, phone_number) VALUES (2, '22')")?;
    live.down(files)?;
    let both = "SELECT string_agg(phone || '=' || phone_number, ' ' ORDER BY id) FROM people";
    assert_eq!(live.sql(both)?, "11=11 22=22");
    live.sql("INSERT INTO people (id, phone) VALUES (3, '33')")?;
    assert_eq!(
        live.sql(both)?,
        "11=11 22=22 33=33",
        "the trigger is not there again"
    );
    Ok(())
}

#[test]
fn the_migrations_of_both_releases_are_proved() -> Result<(), Failure> {
    let live = Live::new()?;
    live.expand()?;
    let url = live.database.url();
    let proof = |schema: &Schema| -> Result<(), Failure> {
        let migrations = Directory::read(live.path())?;
        runtime()?.block_on(verify(&migrations, schema, &url))?;
        Ok(())
    };
    proof(&live.wanted()?)?;
    assert!(
        proof(&newer::NEWER.schema()?).is_err(),
        "what waits is not taken for done"
    );
    live.contract()?;
    assert_eq!(
        live.wanted()?,
        newer::NEWER.schema()?,
        "nothing waits any more"
    );
    proof(&live.wanted()?)
}

/// Both tables exist, and the newer release drops one of them.
#[test]
fn no_file_is_written_if_nothing_must_happen_before_the_next_release() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    let whole = older::OLDER.schema()?;
    plan_new(directory.path(), &whole, &migration("first"))?;
    let less = SchemaDef::new("LESS", &[<older::Person as freehold::Table>::DEF]).schema()?;
    let expand = NewMigration {
        expand: true,
        ..migration("no calls")
    };
    let expanded = plan_new(directory.path(), &less, &expand)?;
    let expanded = expanded.ok_or("nothing waits")?;
    assert_eq!(expanded.files, Vec::<std::path::PathBuf>::new());
    assert_eq!(expanded.waiting.len(), 1, "{:?}", expanded.waiting);
    let again = plan_new(directory.path(), &less, &expand)?;
    assert!(again.is_none(), "it is reported twice");
    let allowed = NewMigration {
        allow: vec![HazardKind::DataLoss],
        ..migration("calls are gone")
    };
    let written = plan_new(directory.path(), &less, &allowed)?;
    assert!(written.is_some_and(|written| !written.files.is_empty()));
    Ok(())
}
