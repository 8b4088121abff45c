//! The question of an application that starts: which migrations has its database not applied?

use freehold::migrate::run::{MigrateError, State, Target};
use freehold::migrate::{Directory, pending};

use crate::{Fallible, Place, chain};

const TABLES: [(&str, &str); 3] = [
    ("1_a.sql", "CREATE TABLE a (id int);"),
    ("2_b.sql", "CREATE TABLE b (id int);"),
    (
        "3_c.sql",
        "-- no-transaction\nCREATE TABLE c (id int);\nSELECT 1 / 0;",
    ),
];

/// The pending versions and their states.
async fn asked(place: &Place, directory: &Directory) -> Fallible<Vec<(i64, State)>> {
    let pending = pending(directory, &place.database.url()).await?;
    let versions = pending.into_iter();
    Ok(versions
        .map(|status| (status.version, status.state))
        .collect())
}

#[tokio::test]
async fn migrations_that_are_not_applied_are_pending() -> Fallible {
    let place = Place::new(&TABLES)?;
    let directory = Directory::of(TABLES)?;
    let all: Vec<_> = [1, 2, 3].map(|version| (version, State::Pending)).into();
    assert_eq!(asked(&place, &directory).await?, all);
    assert_eq!(
        place.psql("SELECT count(*) FROM pg_class WHERE relname ~ '^_(sqlx|freehold)_'")?,
        "0",
        "asking has made the history"
    );
    place.runner()?.up(Target::Count(1)).await?;
    assert_eq!(asked(&place, &directory).await?, all[1..]);
    place.runner()?.up(Target::Count(1)).await?;
    let ran = place.runner()?.up(Target::All).await;
    assert!(ran.is_err(), "a division by zero passed: {ran:?}");
    let state = asked(&place, &directory).await?;
    assert!(
        matches!(state.as_slice(), [(3, State::HalfDone { done: 1, .. })]),
        "{state:?}"
    );
    Ok(())
}

/// The previous release starts again after the new one has migrated the database.
#[tokio::test]
async fn migrations_of_a_later_release_are_ignored() -> Fallible {
    let place = Place::new(&TABLES)?;
    place.runner()?.up(Target::Count(2)).await?;
    let [first, ..] = TABLES;
    let before = Directory::of([first])?;
    assert_eq!(asked(&place, &before).await?, []);
    Ok(())
}

#[tokio::test]
async fn a_history_without_the_right_to_read_it_is_an_error() -> Fallible {
    let place = Place::new(&TABLES)?;
    place.runner()?.up(Target::Count(1)).await?;
    place.psql("CREATE ROLE pending_reader LOGIN")?;
    let url = place
        .database
        .url()
        .replacen("postgres@", "pending_reader@", 1);
    let directory = Directory::of(TABLES)?;
    match pending(&directory, &url).await {
        Err(error @ MigrateError::History(_)) => {
            assert!(chain(&error).contains("permission denied"), "{error}");
        }
        other => return Err(format!("not an error: {other:?}").into()),
    }
    place.psql("GRANT SELECT ON _sqlx_migrations, _freehold_steps TO pending_reader")?;
    assert_eq!(pending(&directory, &url).await?.len(), 2);
    Ok(())
}
