//! Locks that other sessions hold: of tables, and of the runner.

use std::time::Duration;

use freehold::migrate::run::{Event, MigrateError, Options, Target};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::time::sleep;

use crate::{Fallible, Place, Told, quick};

/// Another session, in a transaction.
struct Other {
    connection: PgConnection,
    pid: i32,
}

impl Other {
    async fn begin(place: &Place, sql: &str) -> Fallible<Self> {
        let mut connection = PgConnection::connect(&place.database.url()).await?;
        let (pid,) = sqlx::query_as("SELECT pg_backend_pid()")
            .fetch_one(&mut connection)
            .await?;
        connection
            .execute(AssertSqlSafe(format!("BEGIN; {sql}")))
            .await?;
        Ok(Self { connection, pid })
    }

    async fn end(mut self) -> Fallible {
        self.connection.execute("ROLLBACK").await?;
        Ok(self.connection.close().await?)
    }
}

async fn until(told: &Told, is: impl Fn(&Event) -> bool) {
    while !told.has(&is) {
        sleep(Duration::from_millis(5)).await;
    }
}

fn is_blocked_by(event: &Event, pid: i32) -> bool {
    matches!(event, Event::Blocked { blockage, .. } if blockage.by.iter().any(|by| by.pid == pid))
}

fn altering() -> Fallible<Place> {
    let place = Place::new(&[(
        "1_a.sql",
        "INSERT INTO log VALUES (1);\nALTER TABLE a ADD COLUMN more int;",
    )])?;
    place.psql("CREATE TABLE log (n int); CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 1000)")?;
    Ok(place)
}

fn indexing() -> Fallible<Place> {
    let place = Place::new(&[(
        "1_a.sql",
        "-- no-transaction\nCREATE INDEX CONCURRENTLY a_id ON a (id);\nINSERT INTO log VALUES (1);",
    )])?;
    place.psql("CREATE TABLE log (n int); CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 1000)")?;
    Ok(place)
}

const INDEXES: &str = "SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ' ') FROM pg_index WHERE indrelid = 'a'::regclass";

#[tokio::test]
async fn a_file_is_tried_until_its_lock_is_free() -> Fallible {
    for place in [altering()?, indexing()?] {
        let other = Other::begin(&place, "LOCK TABLE a IN ACCESS EXCLUSIVE MODE").await?;
        let pid = other.pid;
        let (runner, told) = place.told()?;
        let free = async {
            until(&told, |event| is_blocked_by(event, pid)).await;
            until(&told, |event| {
                matches!(
                    event,
                    Event::Retry {
                        blockage: Some(_),
                        ..
                    }
                )
            })
            .await;
            other.end().await
        };
        let (ran, freed) = tokio::join!(runner.up(Target::All), free);
        freed?;
        assert_eq!(ran?.len(), 1);
        assert_eq!(place.psql("SELECT count(*) FROM log")?, "1");
    }
    Ok(())
}

#[tokio::test]
async fn a_runner_that_gives_up_names_the_holder_of_the_lock() -> Fallible {
    for (place, lock) in [
        (altering()?, "AccessExclusiveLock"),
        (indexing()?, "ShareUpdateExclusiveLock"),
    ] {
        let other = Other::begin(&place, "LOCK TABLE a IN ACCESS EXCLUSIVE MODE").await?;
        let options = Options {
            tries: 2,
            ..quick()
        };
        let error = place.runner()?.options(options).up(Target::All).await;
        let Err(MigrateError::Blocked {
            at,
            tries: 2,
            blockage: Some(blockage),
            ..
        }) = &error
        else {
            return Err(format!("{error:?}").into());
        };
        assert!(at.summary.contains(" a "), "{at}");
        assert_eq!(
            (blockage.mode.as_str(), blockage.relation.as_deref()),
            (lock, Some("a"))
        );
        let by = blockage.by.first().ok_or("no holder is named")?;
        assert_eq!((by.pid, by.user.as_deref()), (other.pid, Some("postgres")));
        assert_eq!(by.state.as_deref(), Some("idle in transaction"));
        assert!(
            by.query
                .as_ref()
                .is_some_and(|query| query.contains("LOCK TABLE a")),
            "{by}"
        );
        assert!(by.age.is_some());
        assert_eq!(place.psql("SELECT count(*) FROM log")?, "0");
        assert_eq!(place.history()?, "", "something is left in the history");
        other.end().await?;
        assert_eq!(place.psql(INDEXES)?, "");
    }
    Ok(())
}

#[tokio::test]
async fn an_index_waits_longer_for_transactions_than_for_its_table() -> Fallible {
    let place = indexing()?;
    let other = Other::begin(&place, "INSERT INTO a VALUES (0)").await?;
    let (runner, told) = place.told()?;
    let free = async {
        // Three times the lock timeout.
        let is_late = |event: &Event| match event {
            Event::Running { elapsed, .. } | Event::Progress { elapsed, .. } => {
                *elapsed > 3 * quick().lock_timeout
            }
            _ => false,
        };
        until(&told, is_late).await;
        other.end().await
    };
    let (ran, freed) = tokio::join!(runner.up(Target::All), free);
    freed?;
    assert_eq!(ran?.len(), 1);
    assert!(
        !told.has(|event| matches!(event, Event::Retry { .. })),
        "it gave up in between"
    );
    assert!(told.has(
        |event| matches!(event, Event::Blocked { blockage, .. } if blockage.kind == "virtualxid")
    ));
    assert_eq!(place.psql(INDEXES)?, "a_id true");
    Ok(())
}

#[tokio::test]
async fn an_invalid_index_that_cannot_be_dropped_is_dropped_by_the_next_run() -> Fallible {
    let place = indexing()?;
    let other = Other::begin(&place, "INSERT INTO a VALUES (0)").await?;
    let options = Options {
        tries: 1,
        gentle_lock_timeout: Duration::from_millis(300),
        ..quick()
    };
    let (runner, told) = place.told()?;
    let error = runner.options(options).up(Target::All).await;
    assert!(
        matches!(error, Err(MigrateError::Blocked { .. })),
        "{error:?}"
    );
    assert!(
        told.has(|event| matches!(event, Event::LeftInvalid { index, .. } if index == "a_id")),
        "{:?}",
        told.all()
    );
    assert_eq!(place.psql(INDEXES)?, "a_id false");
    assert_eq!(place.history()?, "1?");
    other.end().await?;
    let (runner, told) = place.told()?;
    runner.up(Target::All).await?;
    assert!(told.has(|event| matches!(event, Event::DropInvalid { index, .. } if index == "a_id")));
    assert_eq!(
        (place.psql(INDEXES)?.as_str(), place.history()?.as_str()),
        ("a_id true", "1")
    );
    Ok(())
}

#[tokio::test]
async fn the_victim_of_a_deadlock_tries_again() -> Fallible {
    let place = Place::new(&[(
        "1_a.sql",
        "INSERT INTO log VALUES (1); LOCK TABLE a; LOCK TABLE b;",
    )])?;
    place.psql("CREATE TABLE log (n int); CREATE TABLE a (id int); CREATE TABLE b (id int)")?;
    // This session does not look for deadlocks, so the runner is the victim.
    let mut other = Other::begin(&place, "SET deadlock_timeout = '10min'; LOCK TABLE b").await?;
    let options = Options {
        lock_timeout: Duration::from_mins(1),
        ..quick()
    };
    let (runner, told) = place.told()?;
    let runner = runner.options(options);
    let pid = other.pid;
    let free = async {
        until(&told, |event| is_blocked_by(event, pid)).await;
        other.connection.execute("LOCK TABLE a").await?;
        other.end().await
    };
    let (ran, freed) = tokio::join!(runner.up(Target::All), free);
    freed?;
    assert_eq!(ran?.len(), 1);
    assert!(
        told.has(|event| matches!(event, Event::Retry { .. })),
        "{:?}",
        told.all()
    );
    assert_eq!(place.psql("SELECT count(*) FROM log")?, "1");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_runners_at_once_apply_each_migration_once() -> Fallible {
    let files = [
        (
            "1_log.sql",
            "CREATE TABLE log (n int); CREATE TABLE a (id int); INSERT INTO a SELECT generate_series(1, 20000); INSERT INTO log VALUES (1);",
        ),
        (
            "2_index.sql",
            "-- no-transaction\nCREATE INDEX CONCURRENTLY a_id ON a (id);\nINSERT INTO log VALUES (2);",
        ),
        (
            "3_more.sql",
            "ALTER TABLE a ADD COLUMN more int; INSERT INTO log VALUES (3);",
        ),
        (
            "4_index.sql",
            "-- no-transaction\nCREATE INDEX CONCURRENTLY a_more ON a (more);\nINSERT INTO log VALUES (4);",
        ),
    ];
    let place = Place::new(&files)?;
    let mut runs = Vec::new();
    for _ in 0..8 {
        let runner = place.runner()?;
        runs.push(tokio::spawn(async move { runner.up(Target::All).await }));
    }
    let mut applied = Vec::new();
    for run in runs {
        applied.extend(run.await??.into_iter().map(|ran| ran.version));
    }
    applied.sort_unstable();
    assert_eq!(applied, [1, 2, 3, 4]);
    assert_eq!(
        place.psql("SELECT string_agg(n::text, ' ' ORDER BY n) FROM log")?,
        "1 2 3 4"
    );
    Ok(())
}

#[tokio::test]
async fn a_runner_that_waits_for_another_runner_reports_it() -> Fallible {
    let place = indexing()?;
    let other = Other::begin(&place, "LOCK TABLE a IN ACCESS EXCLUSIVE MODE").await?;
    let (first, told_first) = place.told()?;
    let (second, told_second) = place.told()?;
    let free = async {
        until(&told_first, |event| {
            matches!(event, Event::StatementBegin { .. })
        })
        .await;
        let waits = async {
            let is_waiting = |event: &Event| {
                matches!(
                    event,
                    Event::LockWait {
                        holder: Some(_),
                        ..
                    }
                )
            };
            until(&told_second, is_waiting).await;
            other.end().await
        };
        let (ran, freed) = tokio::join!(second.up(Target::All), waits);
        freed?;
        Fallible::Ok(ran?)
    };
    let (ran, second_ran) = tokio::join!(first.up(Target::All), free);
    assert_eq!((ran?.len(), second_ran?.len()), (1, 0));
    Ok(())
}

#[tokio::test]
async fn an_index_that_is_being_built_reports_its_progress() -> Fallible {
    let place = Place::new(&[(
        "1_a.sql",
        "-- no-transaction\nCREATE INDEX CONCURRENTLY a_id ON a (id, (md5(id::text)));",
    )])?;
    place.psql("CREATE TABLE a AS SELECT generate_series(1, 300000) AS id")?;
    let (runner, told) = place.told()?;
    runner.up(Target::All).await?;
    let is_counted = |event: &Event| matches!(event, Event::Progress { phase, total, .. } if *total > 0 && phase.contains("building index"));
    assert!(told.has(is_counted), "{:?}", told.all());
    Ok(())
}

#[tokio::test]
async fn the_waits_of_a_transaction_count_together() -> Fallible {
    let place = Place::new(&[(
        "1_a.sql",
        "LOCK TABLE a;\nINSERT INTO log SELECT setting::int FROM pg_settings WHERE name = 'lock_timeout';",
    )])?;
    place.psql("CREATE TABLE log (n int); CREATE TABLE a (id int)")?;
    let other = Other::begin(&place, "LOCK TABLE a").await?;
    let options = Options {
        lock_timeout: Duration::from_secs(20),
        ..quick()
    };
    let (runner, told) = place.told()?;
    let (runner, pid) = (runner.options(options), other.pid);
    let free = async {
        until(&told, |event| is_blocked_by(event, pid)).await;
        sleep(Duration::from_millis(500)).await;
        other.end().await
    };
    let (ran, freed) = tokio::join!(runner.up(Target::All), free);
    freed?;
    ran?;
    let left: u32 = place.psql("SELECT n FROM log")?.parse()?;
    assert!(
        (1..=19_500).contains(&left),
        "the next statement may wait {left} ms, and the one before waited 500 of 20,000"
    );
    Ok(())
}

#[tokio::test]
async fn the_waits_of_a_statement_for_two_locks_count_together() -> Fallible {
    let place = Place::new(&[("1_a.sql", "LOCK TABLE a, b;")])?;
    place.psql("CREATE TABLE a (id int); CREATE TABLE b (id int)")?;
    let first = Other::begin(&place, "LOCK TABLE a").await?;
    let second = Other::begin(&place, "LOCK TABLE b").await?;
    let options = Options {
        lock_timeout: Duration::from_secs(6),
        tries: 1,
        ..quick()
    };
    let (runner, told) = place.told()?;
    let (runner, pid) = (runner.options(options), first.pid);
    let free = async {
        until(&told, |event| is_blocked_by(event, pid)).await;
        sleep(Duration::from_secs(2)).await;
        first.end().await
    };
    let (ran, freed) = tokio::join!(runner.up(Target::All), free);
    freed?;
    let Err(MigrateError::Blocked { source, .. }) = &ran else {
        return Err(format!("{ran:?}").into());
    };
    // The server's own timeout, which starts again with the second lock, would be `55P03`.
    let code = source
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    assert_eq!(code.as_deref(), Some("57014"), "{source}");
    second.end().await
}
