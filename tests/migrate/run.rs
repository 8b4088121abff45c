//! Up, down and status, without failures and with a statement that fails.

use std::time::Duration;

use freehold::migrate::Directory;
use freehold::migrate::run::{Event, MigrateError, Runner, State, Target};

use crate::{Fallible, Place, chain, quick};

const TABLES: [(&str, &str); 6] = [
    ("1_a.up.sql", "CREATE TABLE a (id int);"),
    ("1_a.down.sql", "DROP TABLE a;"),
    (
        "2_b.up.sql",
        "CREATE TABLE b (id int);\nCREATE TABLE b2 (id int);",
    ),
    ("2_b.down.sql", "DROP TABLE b2; DROP TABLE b;"),
    (
        "3_c.up.sql",
        "-- no-transaction\nCREATE TABLE c (id int);\nCREATE INDEX CONCURRENTLY c_id ON c (id);",
    ),
    (
        "3_c.down.sql",
        "-- no-transaction\nDROP INDEX CONCURRENTLY c_id;\nDROP TABLE c;",
    ),
];

fn tables(place: &Place) -> Fallible<String> {
    place.psql("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname !~ '^_'")
}

#[tokio::test]
async fn up_stops_at_its_target_and_down_reverts() -> Fallible {
    let place = Place::new(&TABLES)?;
    let runner = place.runner()?;
    assert_eq!(runner.up(Target::Count(1)).await?.len(), 1);
    assert_eq!(tables(&place)?, "a");
    assert_eq!(runner.up(Target::Version(2)).await?.len(), 1);
    assert_eq!(tables(&place)?, "a b b2");
    let versions: Vec<_> = runner
        .up(Target::All)
        .await?
        .iter()
        .map(|ran| ran.version)
        .collect();
    assert_eq!(versions, [3]);
    assert_eq!(tables(&place)?, "a b b2 c c_id");
    assert_eq!(runner.up(Target::All).await?, []);
    let versions: Vec<_> = runner
        .down(2)
        .await?
        .iter()
        .map(|ran| ran.version)
        .collect();
    assert_eq!(versions, [3, 2]);
    assert_eq!(tables(&place)?, "a");
    assert_eq!(runner.down(9).await?.len(), 1);
    assert_eq!(
        (tables(&place)?, place.history()?),
        (String::new(), String::new())
    );
    assert_eq!(place.psql("SELECT count(*) FROM _freehold_steps")?, "0");
    Ok(())
}

#[tokio::test]
async fn status_changes_nothing() -> Fallible {
    let place = Place::new(&TABLES)?;
    let states = async || -> Fallible<Vec<State>> {
        Ok(place
            .runner()?
            .status()
            .await?
            .into_iter()
            .map(|status| status.state)
            .collect())
    };
    assert_eq!(
        states().await?,
        [State::Pending, State::Pending, State::Pending]
    );
    assert_eq!(tables(&place)?, "", "status made a table");
    place.runner()?.up(Target::Count(2)).await?;
    assert_eq!(
        states().await?,
        [State::Applied, State::Applied, State::Pending]
    );
    let first = place.runner()?.status().await?.swap_remove(0);
    assert!(
        first.installed_on.is_some() && first.execution_time.is_some(),
        "{first:?}"
    );
    place.write("1_a.up.sql", "CREATE TABLE a (id bigint);")?;
    place.remove("2_b.up.sql")?;
    place.remove("2_b.down.sql")?;
    assert_eq!(
        states().await?,
        [State::Edited, State::Missing, State::Pending]
    );
    Ok(())
}

#[tokio::test]
async fn a_file_that_fails_leaves_nothing_and_names_its_line() -> Fallible {
    let broken = "CREATE TABLE b (id int);\n\nSELECT\n  nothing\nFROM a;";
    let place = Place::new(&[("1_a.sql", "CREATE TABLE a (id int);"), ("2_b.sql", broken)])?;
    let Err(error) = place.runner()?.up(Target::All).await else {
        return Err("a column that is not there was read".into());
    };
    let MigrateError::Statement { at, line, .. } = &error else {
        return Err(error.into());
    };
    assert_eq!((at.version, at.statement, at.line, *line), (2, 2, 3, 4));
    assert_eq!(error.sqlstate().as_deref(), Some("42703"));
    assert!(chain(&error).contains("2_b.sql:4"), "{}", chain(&error));
    assert_eq!(
        (tables(&place)?.as_str(), place.history()?.as_str()),
        ("a", "1")
    );
    Ok(())
}

#[tokio::test]
async fn a_statement_that_cannot_run_in_a_transaction_is_an_error_that_says_how() -> Fallible {
    let place = Place::new(&[(
        "1_a.sql",
        "CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (id);",
    )])?;
    let Err(error) = place.runner()?.up(Target::All).await else {
        return Err("an index was made concurrently in a transaction".into());
    };
    assert_eq!(error.sqlstate().as_deref(), Some("25001"));
    assert!(error.to_string().contains("`-- no-transaction`"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_deferred_constraint_fails_with_its_file() -> Fallible {
    let sql = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED); INSERT INTO c VALUES (1);";
    let place = Place::new(&[("1_a.sql", sql)])?;
    let failed = place.runner()?.up(Target::All).await;
    let said = failed.as_ref().err().and_then(MigrateError::sqlstate);
    assert_eq!(said.as_deref(), Some("23503"), "{failed:?}");
    assert!(
        matches!(failed, Err(MigrateError::Commit { .. })),
        "{failed:?}"
    );
    assert_eq!(tables(&place)?, "");
    Ok(())
}

#[tokio::test]
async fn transaction_commands_in_a_file_are_refused_before_anything_runs() -> Fallible {
    for sql in [
        "CREATE TABLE b (id int); COMMIT; SELECT 1;",
        "-- no-transaction\nBEGIN; SELECT 1; END;",
    ] {
        let place = Place::new(&[("1_a.sql", "CREATE TABLE a (id int);"), ("2_b.sql", sql)])?;
        let refused = place.runner()?.up(Target::All).await;
        assert!(
            matches!(refused, Err(MigrateError::TransactionControl { .. })),
            "{sql}: {refused:?}"
        );
        assert_eq!(tables(&place)?, "", "{sql}");
    }
    Ok(())
}

#[tokio::test]
async fn settings_of_a_file_end_with_it() -> Fallible {
    let place = Place::new(&[
        (
            "1_a.sql",
            "CREATE SCHEMA other; SET search_path = other; CREATE TABLE a (id int); CREATE ROLE freehold_weak; SET ROLE freehold_weak;",
        ),
        ("2_b.sql", "CREATE TABLE b (id int);"),
        (
            "3_c.sql",
            "-- no-transaction\nCREATE TABLE c (id int);\nGRANT ALL ON c TO freehold_weak;\nALTER TABLE c OWNER TO freehold_weak;\nGRANT CREATE ON SCHEMA public TO freehold_weak;\nSET ROLE freehold_weak;\nCREATE INDEX CONCURRENTLY c_id ON c (id);\nCOMMENT ON TABLE c IS 'c';",
        ),
        (
            "4_d.sql",
            "CREATE TABLE d AS SELECT current_user::text AS who, current_setting('row_security') AS row_security, current_setting('lock_timeout') AS lock_timeout;",
        ),
    ])?;
    place.runner()?.up(Target::All).await?;
    assert_eq!(place.psql("SELECT count(*) FROM other.a, public.b")?, "0");
    assert_eq!(place.psql("SELECT * FROM d")?, "postgres|off|400ms");
    assert_eq!(place.history()?, "1 2 3 4");
    Ok(())
}

#[tokio::test]
async fn events_report_each_statement() -> Fallible {
    let place = Place::new(&TABLES)?;
    let (runner, told) = place.told()?;
    runner.up(Target::All).await?;
    let lines: Vec<String> = told
        .all()
        .iter()
        .filter_map(|event| match event {
            Event::Begin { version, of, .. } => Some(format!("begin {version} of {of}")),
            Event::StatementEnd { at, .. } => {
                Some(format!("{}.{} line {}", at.version, at.statement, at.line))
            }
            Event::End { version, .. } => Some(format!("end {version}")),
            _ => None,
        })
        .collect();
    assert_eq!(
        lines,
        [
            "begin 1 of 1",
            "1.1 line 1",
            "end 1",
            "begin 2 of 2",
            "2.1 line 1",
            "2.2 line 2",
            "end 2",
            "begin 3 of 2",
            "3.1 line 2",
            "3.2 line 3",
            "end 3"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn statements_that_need_no_transaction_are_found_by_trying() -> Fallible {
    let sql = "-- no-transaction\nCREATE TABLE a (id int);\nVACUUM a;\nCREATE DATABASE freehold_by_migration;\nCREATE TYPE e AS ENUM ('x');\nALTER TYPE e ADD VALUE 'y';\nCREATE TABLE b (e e DEFAULT 'y');";
    let place = Place::new(&[("1_a.sql", sql)])?;
    place.runner()?.up(Target::All).await?;
    place.psql("DROP DATABASE freehold_by_migration")?;
    assert_eq!(tables(&place)?, "a b");
    Ok(())
}

#[tokio::test]
async fn the_connection_is_closed_at_the_end_and_after_an_error() -> Fallible {
    let place = Place::new(&[("1_a.sql", "SELECT 1;"), ("2_b.sql", "SELECT nothing;")])?;
    for target in [Target::Count(1), Target::All] {
        let _ = place.runner()?.up(target).await;
        // A session ends a moment after its socket.
        let count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        let mut open = place.psql(count)?;
        for _ in 0..100 {
            if open == "0" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            open = place.psql(count)?;
        }
        assert_eq!(open, "0", "{target:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_owner_of_the_database_is_enough() -> Fallible {
    let place = Place::new(&TABLES)?;
    let name = place.database.name();
    place.psql(&format!(
        "CREATE ROLE freehold_plain LOGIN; ALTER DATABASE {name} OWNER TO freehold_plain"
    ))?;
    let url = place.database.url().replace("postgres@", "freehold_plain@");
    let runner = Runner::from_url(Directory::read(place.path())?, &url)?.options(quick());
    runner.up(Target::All).await?;
    assert_eq!(tables(&place)?, "a b b2 c c_id");
    runner.down(3).await?;
    assert_eq!(tables(&place)?, "");
    place.psql("REASSIGN OWNED BY freehold_plain TO postgres; DROP ROLE freehold_plain")?;
    Ok(())
}

#[tokio::test]
async fn the_monitoring_connection_may_be_lost() -> Fallible {
    let place = Place::new(&[("1_a.sql", "SELECT pg_sleep(0.5);")])?;
    let (runner, told) = place.told()?;
    let count = || {
        told.all()
            .iter()
            .filter(|event| matches!(event, Event::Running { .. }))
            .count()
    };
    let end = async {
        while count() < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() \
            AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND query !~ 'pg_sleep'";
        let ended = place.psql(sql)?;
        Fallible::Ok((ended, count()))
    };
    let (ran, ended) = tokio::join!(runner.up(Target::All), end);
    let (ended, before) = ended?;
    assert_eq!((ran?.len(), ended.as_str()), (1, "1"));
    assert!(
        count() > before + 1,
        "no event came after the connection was lost"
    );
    Ok(())
}
