//! `sqlx migrate` and the runner on the same files and the same history.

use freehold::migrate::run::{MigrateError, Options, Target};
use sqlx::migrate::Migrator;
use sqlx::{Connection as _, PgConnection};
use std::time::Duration;

use crate::{Fallible, Place, quick};

fn files() -> Fallible<Place> {
    Place::new(&[
        (
            "1_a.up.sql",
            "CREATE TABLE a (id int); CREATE TABLE a2 (id int);",
        ),
        ("1_a.down.sql", "DROP TABLE a2; DROP TABLE a;"),
        (
            "2_b_and_more.up.sql",
            "-- no-transaction\nCREATE INDEX CONCURRENTLY b ON a (id);",
        ),
        (
            "2_b_and_more.down.sql",
            "-- no-transaction\nDROP INDEX CONCURRENTLY b;",
        ),
        ("3_c.up.sql", "CREATE TABLE c (id int);"),
        ("3_c.down.sql", "DROP TABLE c;"),
        (
            "4_d.up.sql",
            "-- no-transaction\nCREATE INDEX CONCURRENTLY d ON c (id);",
        ),
        (
            "4_d.down.sql",
            "-- no-transaction\nDROP INDEX CONCURRENTLY d;",
        ),
    ])
}

/// The content of the history, without times.
const ROWS: &str = "SELECT version, description, success, encode(checksum, 'hex') FROM _sqlx_migrations ORDER BY version";
const COLUMNS: &str = "SELECT a.attname, a.atttypid::regtype, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = '_sqlx_migrations'::regclass AND a.attnum > 0 ORDER BY a.attnum";
const KEY: &str = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '_sqlx_migrations'::regclass AND contype = 'p'";

async fn theirs(place: &Place) -> Fallible<(Migrator, PgConnection)> {
    let migrator = Migrator::new(place.path()).await?;
    Ok((
        migrator,
        PgConnection::connect(&place.database.url()).await?,
    ))
}

#[tokio::test]
async fn the_histories_are_the_same() -> Fallible {
    let (own, other) = (files()?, files()?);
    own.runner()?.up(Target::All).await?;
    let (migrator, mut connection) = theirs(&other).await?;
    migrator.run(&mut connection).await?;
    for question in [ROWS, COLUMNS, KEY] {
        assert_eq!(own.psql(question)?, other.psql(question)?, "{question}");
    }
    Ok(())
}

#[tokio::test]
async fn the_runner_continues_after_sqlx_and_reverts_its_work() -> Fallible {
    for half in 0..=4_i64 {
        let place = files()?;
        let (migrator, mut connection) = theirs(&place).await?;
        migrator.run_to(half, &mut connection).await?;
        let rest = place.runner()?.up(Target::All).await?;
        assert_eq!(i64::try_from(rest.len())?, 4 - half);
        migrator.run(&mut connection).await?;
        assert_eq!(place.history()?, "1 2 3 4", "after {half} by sqlx");
        place.runner()?.down(usize::try_from(half)?).await?;
        migrator.undo(&mut connection, 0).await?;
        assert_eq!(place.history()?, "", "after {half} taken back");
    }
    Ok(())
}

#[tokio::test]
async fn sqlx_continues_after_the_runner_and_reverts_its_work() -> Fallible {
    for half in 0..=4_usize {
        let place = files()?;
        let (migrator, mut connection) = theirs(&place).await?;
        place.runner()?.up(Target::Count(half)).await?;
        migrator.run(&mut connection).await?;
        assert_eq!(
            place.runner()?.up(Target::All).await?,
            [],
            "after {half} by the runner"
        );
        migrator.undo(&mut connection, i64::try_from(half)?).await?;
        assert_eq!(place.runner()?.down(4).await?.len(), half);
        assert_eq!(place.history()?, "");
    }
    Ok(())
}

#[tokio::test]
async fn sqlx_does_not_treat_a_half_done_file_as_applied() -> Fallible {
    let place = files()?;
    place.runner()?.up(Target::Count(1)).await?;
    place.write(
        "2_b_and_more.up.sql",
        "-- no-transaction\nCREATE TABLE b (id int);\nSELECT nothing;",
    )?;
    assert!(place.runner()?.up(Target::Count(1)).await.is_err());
    let (migrator, mut connection) = theirs(&place).await?;
    let dirty = migrator.run(&mut connection).await;
    assert!(
        matches!(dirty, Err(sqlx::migrate::MigrateError::Dirty(2))),
        "{dirty:?}"
    );
    Ok(())
}

#[tokio::test]
async fn both_exclude_each_other() -> Fallible {
    use sqlx::migrate::Migrate as _;
    let place = files()?;
    let (_, mut connection) = theirs(&place).await?;
    connection.lock().await?;
    let options = Options {
        runner_wait: Duration::from_millis(300),
        ..quick()
    };
    let refused = place.runner()?.options(options).up(Target::All).await;
    let Err(MigrateError::Locked {
        holder: Some(holder),
        ..
    }) = &refused
    else {
        return Err(format!("{refused:?}").into());
    };
    let pid: (i32,) = sqlx::query_as("SELECT pg_backend_pid()")
        .fetch_one(&mut connection)
        .await?;
    assert_eq!(
        (holder.pid, holder.user.as_deref()),
        (pid.0, Some("postgres"))
    );
    connection.unlock().await?;
    assert_eq!(place.runner()?.up(Target::All).await?.len(), 4);
    Ok(())
}
