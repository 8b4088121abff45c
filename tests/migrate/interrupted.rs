//! Files that are not one transaction and were interrupted: the runner checks how far the statement came, and
//! continues.

use std::time::Duration;

use freehold::migrate::Direction;
use freehold::migrate::run::{Event, MigrateError, Repair, State, Target};
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::{Fallible, Place, chain};

/// Two files; the second has the statement.
fn with(statement: &str) -> Fallible<Place> {
    let place = Place::new(&[(
        "1_first.sql",
        "CREATE TABLE a (id int, note text); CREATE SCHEMA app; CREATE TABLE app.\"T\" (id int);",
    )])?;
    place.write(
        "2_second.sql",
        &format!("-- no-transaction\n{statement};\nINSERT INTO a VALUES (1);"),
    )?;
    Ok(place)
}

/// Leaves the database as a run that was stopped in the statement. `there` creates what the statement left behind.
async fn stop(place: &Place, statement: &str, there: &str) -> Fallible {
    place.runner()?.up(Target::Count(1)).await?;
    place.psql(there)?;
    place.psql(&format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (2, 'second', false, '', -1); \
         INSERT INTO _freehold_steps (version, direction, statement, hash, state) \
         VALUES (2, 'up', 1, sha384(convert_to($s${statement}$s$, 'UTF8')), 'started')"
    ))?;
    Ok(())
}

const INVALIDATE: &str = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass";

#[tokio::test]
async fn an_interrupted_statement_is_done_once() -> Fallible {
    let create = "CREATE INDEX CONCURRENTLY i ON a (lower(note) DESC) WHERE a.id > 1";
    let valid = "CREATE INDEX i ON a (lower(note) DESC) WHERE id > 1";
    let quoted = "CREATE UNIQUE INDEX CONCURRENTLY \"I\" ON app.\"T\" (id)";
    let drop = "DROP INDEX CONCURRENTLY i";
    let fill = "DO $$ BEGIN UPDATE a SET note = ''; COMMIT; END $$";
    // The statement, what was there, whether it counts as done, whether an index is dropped first.
    let cases = [
        (create, String::new(), false, false),
        (create, valid.to_owned(), true, false),
        (create, format!("{valid}; {INVALIDATE}"), false, true),
        (
            quoted,
            "CREATE UNIQUE INDEX \"I\" ON app.\"T\" (id)".to_owned(),
            true,
            false,
        ),
        (drop, String::new(), true, false),
        (drop, "CREATE INDEX i ON a (id)".to_owned(), false, false),
        (fill, String::new(), false, false),
    ];
    for (statement, there, is_done, is_dropped) in cases {
        let place = with(statement)?;
        stop(&place, statement, &there).await?;
        let (runner, told) = place.told()?;
        runner.up(Target::All).await?;
        let found = told.has(|event| matches!(event, Event::FoundDone { .. }));
        let dropped = told.has(|event| matches!(event, Event::DropInvalid { .. }));
        assert_eq!(
            (found, dropped),
            (is_done, is_dropped),
            "{statement} with {there}"
        );
        assert_eq!(
            place.psql("SELECT count(*) FROM pg_index WHERE NOT indisvalid")?,
            "0"
        );
        let made = place.psql("SELECT count(*) FROM pg_class WHERE relname IN ('i', 'I')")?;
        assert_eq!(
            made == "1",
            statement.starts_with("CREATE"),
            "{statement} with {there}"
        );
        assert_eq!(
            place.psql("SELECT count(*) FROM a")?,
            "1",
            "{statement} with {there}"
        );
        assert_eq!(
            (
                place.history()?.as_str(),
                place.psql("SELECT count(*) FROM _freehold_steps")?.as_str()
            ),
            ("1 2", "0")
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_index_of_a_partition_is_rebuilt_and_its_table_uses_it() -> Fallible {
    let statement = "CREATE INDEX CONCURRENTLY i_parts_1 ON parts_1 (id)";
    let place = Place::new(&[
        // An index created with `ON ONLY` is invalid until every partition has one: that is no failure.
        (
            "1_first.sql",
            "CREATE TABLE parts (id int) PARTITION BY LIST (id); CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1); \
             CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2); CREATE INDEX waiting ON ONLY parts (id DESC)",
        ),
        (
            "3_third.sql",
            "-- no-transaction\nCREATE INDEX CONCURRENTLY i_parts_2 ON parts_2 (id)",
        ),
        ("4_fourth.sql", "CREATE INDEX i ON parts (id)"),
    ])?;
    place.write("2_second.sql", &format!("-- no-transaction\n{statement}"))?;
    let left = "CREATE INDEX i_parts_1 ON parts_1 (id); \
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i_parts_1'::regclass";
    stop(&place, statement, left).await?;
    let (runner, told) = place.told()?;
    let states = runner
        .status()
        .await?
        .into_iter()
        .map(|status| status.state);
    let half_done = State::HalfDone {
        direction: Direction::Up,
        done: 0,
        started: Some(1),
    };
    let pending = State::Pending;
    assert_eq!(
        states.collect::<Vec<_>>(),
        [State::Applied, half_done, pending.clone(), pending]
    );
    runner.up(Target::Count(2)).await?;
    let is_of_leaf =
        |event: &Event| matches!(event, Event::DropInvalid { index, .. } if index == "i_parts_1");
    assert!(told.has(is_of_leaf), "what was left was not dropped");
    // A partition that was added meanwhile has no index.
    place.psql("CREATE TABLE parts_3 PARTITION OF parts FOR VALUES IN (3)")?;
    runner.up(Target::All).await?;
    let indexes = "SELECT string_agg(concat_ws(' ', indexrelid::regclass, inhparent::regclass, indisvalid), ', ' ORDER BY indexrelid::regclass::text) \
        FROM pg_index LEFT JOIN pg_inherits ON inhrelid = indexrelid WHERE indrelid::regclass::text ~ '^parts'";
    assert_eq!(
        place.psql(indexes)?,
        "i t, i_parts_1 i t, i_parts_2 i t, parts_3_id_idx waiting t, parts_3_id_idx1 i t, waiting f"
    );
    Ok(())
}

#[tokio::test]
async fn another_index_with_the_name_does_not_count_as_done() -> Fallible {
    let statement = "CREATE INDEX CONCURRENTLY i ON a (id)";
    for there in [
        "CREATE INDEX i ON a (note)",
        "CREATE UNIQUE INDEX i ON a (id)",
        "CREATE INDEX i ON a (id) WHERE id > 0",
    ] {
        let place = with(statement)?;
        stop(&place, statement, there).await?;
        let refused = place.runner()?.up(Target::All).await;
        assert!(
            matches!(&refused, Err(MigrateError::OtherIndex { index, .. }) if index == "i"),
            "{there}: {refused:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_index_that_a_reindex_left_is_dropped() -> Fallible {
    let statement = "REINDEX TABLE CONCURRENTLY a";
    let place = with(statement)?;
    let left = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i_ccnew'::regclass";
    let there = format!("CREATE INDEX i ON a (id); CREATE INDEX i_ccnew ON a (id); {left}");
    stop(&place, statement, &there).await?;
    place.runner()?.up(Target::All).await?;
    let indexes = "SELECT string_agg(indexrelid::regclass::text, ' ') FROM pg_index WHERE indrelid = 'a'::regclass";
    assert_eq!(place.psql(indexes)?, "i");
    Ok(())
}

#[tokio::test]
async fn an_invalid_index_does_not_count_as_existing() -> Fallible {
    let place = with("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (id)")?;
    place.runner()?.up(Target::Count(1)).await?;
    place.psql(&format!("CREATE INDEX i ON a (id); {INVALIDATE}"))?;
    place.runner()?.up(Target::All).await?;
    assert_eq!(
        place.psql("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass")?,
        "t"
    );
    Ok(())
}

#[tokio::test]
async fn a_partition_that_is_half_detached_is_detached() -> Fallible {
    let statement = "ALTER TABLE p DETACH PARTITION p_1 CONCURRENTLY";
    let there = "CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1)";
    let place = with(statement)?;
    stop(&place, statement, there).await?;
    let mut reader = PgConnection::connect(&place.database.url()).await?;
    reader.execute("BEGIN; SELECT FROM p").await?;
    let half = place.psql(&format!("SET lock_timeout = 200;\n{statement};"));
    assert!(half.is_err(), "nothing held the partition up");
    reader.execute("ROLLBACK").await?;
    assert_eq!(place.psql("SELECT inhdetachpending FROM pg_inherits")?, "t");
    place.runner()?.up(Target::All).await?;
    assert_eq!(place.psql("SELECT count(*) FROM pg_inherits")?, "0");
    Ok(())
}

#[tokio::test]
async fn a_statement_with_unknown_result_needs_a_repair() -> Fallible {
    let statement = "CREATE DATABASE freehold_unclear";
    for (repair, databases) in [
        (Repair::StatementDone(2), "0"),
        (Repair::StatementAgain(2), "1"),
    ] {
        let place = with(statement)?;
        stop(&place, statement, "").await?;
        let unclear = place.runner()?.up(Target::All).await;
        let Err(MigrateError::Unclear { at }) = &unclear else {
            return Err(format!("{unclear:?}").into());
        };
        assert_eq!((at.version, at.statement, at.line), (2, 1, 2));
        let state = place.runner()?.status().await?.swap_remove(1).state;
        assert_eq!(
            state,
            State::HalfDone {
                direction: Direction::Up,
                done: 0,
                started: Some(1)
            }
        );
        let down = place.runner()?.down(1).await;
        assert!(
            matches!(
                down,
                Err(MigrateError::HalfDone {
                    version: 2,
                    direction: Direction::Up
                })
            ),
            "{down:?}"
        );
        place.runner()?.repair(repair).await?;
        place.runner()?.up(Target::All).await?;
        assert_eq!(place.history()?, "1 2");
        let made =
            place.psql("SELECT count(*) FROM pg_database WHERE datname = 'freehold_unclear'")?;
        place.psql("DROP DATABASE IF EXISTS freehold_unclear")?;
        assert_eq!(made, databases, "{repair:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_half_done_version_can_be_forgotten_or_marked_as_applied() -> Fallible {
    let statement = "CREATE DATABASE freehold_forgotten";
    for (repair, history) in [(Repair::Forget(2), "1"), (Repair::Applied(2), "1 2")] {
        let place = with(statement)?;
        stop(&place, statement, "").await?;
        place.runner()?.repair(repair).await?;
        assert_eq!(place.history()?, history, "{repair:?}");
        assert_eq!(place.psql("SELECT count(*) FROM _freehold_steps")?, "0");
    }
    Ok(())
}

#[tokio::test]
async fn a_unique_index_over_duplicates_leaves_nothing_and_names_them() -> Fallible {
    let sql = "-- no-transaction\nINSERT INTO log VALUES (1);\nCREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id);";
    let place = Place::new(&[("1_a.sql", sql)])?;
    place.psql(
        "CREATE TABLE log (n int); CREATE TABLE a (id int); INSERT INTO a VALUES (1), (7), (7)",
    )?;
    let Err(error) = place.runner()?.up(Target::All).await else {
        return Err("duplicates became unique".into());
    };
    assert_eq!(error.sqlstate().as_deref(), Some("23505"));
    let said = chain(&error);
    assert!(
        said.contains("a_id") && said.contains("(id)=(7)") && said.contains("1_a.sql:3"),
        "{said}"
    );
    assert_eq!(
        place.psql("SELECT count(*) FROM pg_index WHERE NOT indisvalid")?,
        "0"
    );
    // It continues where it stopped: the first statement does not run again.
    place.psql("DELETE FROM a WHERE id = 7")?;
    place.runner()?.up(Target::All).await?;
    assert_eq!(place.psql("SELECT count(*) FROM log")?, "1");
    Ok(())
}

#[tokio::test]
async fn a_failed_statement_may_be_edited_and_a_finished_one_may_not() -> Fallible {
    let place = Place::new(&[])?;
    place.write(
        "1_a.sql",
        "-- no-transaction\nCREATE TABLE a (id int);\nSELECT nothing;",
    )?;
    assert!(place.runner()?.up(Target::All).await.is_err());
    place.write(
        "1_a.sql",
        "-- no-transaction\nCREATE TABLE a (id bigint);\nSELECT 1;",
    )?;
    let edited = place.runner()?.up(Target::All).await;
    assert!(
        matches!(&edited, Err(MigrateError::StatementEdited { at }) if at.line == 2),
        "{edited:?}"
    );
    place.write(
        "1_a.sql",
        "-- no-transaction\n-- mended\nCREATE TABLE a (id int);\nSELECT 1;",
    )?;
    place.runner()?.up(Target::All).await?;
    // The history contains the file as it is now.
    assert_eq!(
        place.runner()?.status().await?.swap_remove(0).state,
        State::Applied
    );
    Ok(())
}

#[tokio::test]
async fn a_way_down_continues_too() -> Fallible {
    let place = Place::new(&[
        (
            "1_a.up.sql",
            "CREATE TABLE a (id int); CREATE TABLE b (id int);",
        ),
        (
            "1_a.down.sql",
            "-- no-transaction\nDROP TABLE a;\nSELECT nothing;\nDROP TABLE b;",
        ),
    ])?;
    place.runner()?.up(Target::All).await?;
    assert!(place.runner()?.down(1).await.is_err());
    assert_eq!(place.history()?, "1?");
    let up = place.runner()?.up(Target::All).await;
    assert!(
        matches!(
            up,
            Err(MigrateError::HalfDone {
                version: 1,
                direction: Direction::Down
            })
        ),
        "{up:?}"
    );
    place.write(
        "1_a.down.sql",
        "-- no-transaction\nDROP TABLE a;\nSELECT 1;\nDROP TABLE b;",
    )?;
    assert_eq!(place.runner()?.down(1).await?.len(), 1);
    assert_eq!(place.history()?, "");
    Ok(())
}

#[tokio::test]
async fn a_dropped_run_is_continued() -> Fallible {
    let files = [
        (
            "1_a.sql",
            "CREATE TABLE log (n int); INSERT INTO log VALUES (1);",
        ),
        (
            "2_b.sql",
            "-- no-transaction\nINSERT INTO log VALUES (2);\nDO $$ BEGIN PERFORM pg_sleep(0.3); COMMIT; END $$;\nINSERT INTO log VALUES (3);",
        ),
        (
            "3_c.sql",
            "INSERT INTO log VALUES (4); SELECT pg_sleep(0.3); INSERT INTO log VALUES (5);",
        ),
    ];
    for version in [2, 3] {
        let place = Place::new(&files)?;
        let (runner, told) = place.told()?;
        let is_there = |event: &Event| matches!(event, Event::StatementBegin { at } if at.version == version && at.statement == 2);
        tokio::select! {
            ran = runner.up(Target::All) => return Err(format!("{ran:?} before it was dropped").into()),
            () = async { while !told.has(is_there) { tokio::time::sleep(Duration::from_millis(5)).await } } => {}
        }
        place.runner()?.up(Target::All).await?;
        assert_eq!(
            place.psql("SELECT string_agg(n::text, ' ' ORDER BY n) FROM log")?,
            "1 2 3 4 5",
            "dropped in {version}"
        );
    }
    Ok(())
}
