//! Migrations that must not run, and how a person resolves each case.

use freehold::migrate::run::{MigrateError, Options, Repair, State, Target};

use crate::{Fallible, Place, quick};

fn three() -> Fallible<Place> {
    Place::new(&[
        ("1_a.up.sql", "CREATE TABLE a (id int);"),
        ("1_a.down.sql", "DROP TABLE a;"),
        ("2_b.up.sql", "CREATE TABLE b (id int);"),
        ("3_c.up.sql", "CREATE TABLE c (id int);"),
        ("3_c.down.sql", "DROP TABLE c;"),
    ])
}

#[tokio::test]
async fn an_edited_file_is_refused_until_it_is_accepted() -> Fallible {
    let place = three()?;
    place.runner()?.up(Target::Count(2)).await?;
    let accept = Repair::AcceptEdit(1);
    let early = place.runner()?.repair(accept).await;
    assert!(
        matches!(early, Err(MigrateError::NothingToRepair { version: 1, .. })),
        "{early:?}"
    );
    place.write("1_a.up.sql", "CREATE TABLE a (id int); -- a word")?;
    for refused in [
        place.runner()?.up(Target::All).await,
        place.runner()?.down(1).await,
    ] {
        let is_named = matches!(&refused, Err(MigrateError::Edited { version: 1, path }) if path.ends_with("1_a.up.sql"));
        assert!(is_named, "{refused:?}");
    }
    assert_eq!(place.history()?, "1 2");
    place.runner()?.repair(accept).await?;
    assert_eq!(place.runner()?.up(Target::All).await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_missing_file_is_refused() -> Fallible {
    let place = three()?;
    place.runner()?.up(Target::Count(2)).await?;
    place.remove("2_b.up.sql")?;
    for refused in [
        place.runner()?.up(Target::All).await,
        place.runner()?.down(1).await,
    ] {
        assert!(
            matches!(refused, Err(MigrateError::Missing { version: 2, .. })),
            "{refused:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_file_out_of_order_is_refused_until_it_is_allowed() -> Fallible {
    let place = three()?;
    place.remove("2_b.up.sql")?;
    place.runner()?.up(Target::All).await?;
    place.write("2_b.up.sql", "CREATE TABLE b (id int);")?;
    let refused = place.runner()?.up(Target::All).await;
    assert!(
        matches!(
            refused,
            Err(MigrateError::OutOfOrder {
                version: 2,
                newest: 3,
                ..
            })
        ),
        "{refused:?}"
    );
    let options = Options {
        allow_out_of_order: true,
        ..quick()
    };
    let ran = place.runner()?.options(options).up(Target::All).await?;
    assert_eq!(ran.iter().map(|ran| ran.version).collect::<Vec<_>>(), [2]);
    Ok(())
}

#[tokio::test]
async fn a_missing_down_file_is_refused_before_anything_runs() -> Fallible {
    let place = three()?;
    place.runner()?.up(Target::All).await?;
    let refused = place.runner()?.down(3).await;
    assert!(
        matches!(refused, Err(MigrateError::NoDown { version: 2, .. })),
        "{refused:?}"
    );
    assert_eq!(place.history()?, "1 2 3");
    Ok(())
}

#[tokio::test]
async fn a_version_that_no_file_has_is_refused() -> Fallible {
    let place = three()?;
    let refused = place.runner()?.up(Target::Version(4)).await;
    assert!(
        matches!(refused, Err(MigrateError::UnknownVersion { version: 4 })),
        "{refused:?}"
    );
    let refused = place.runner()?.baseline(4).await;
    assert!(
        matches!(refused, Err(MigrateError::UnknownVersion { version: 4 })),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_failure_of_another_tool_is_refused_until_a_repair() -> Fallible {
    let place = three()?;
    place.runner()?.up(Target::Count(1)).await?;
    let fail = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (2, 'b', false, '', -1)";
    place.psql(fail)?;
    for refused in [
        place.runner()?.up(Target::All).await,
        place.runner()?.down(1).await,
    ] {
        assert!(
            matches!(refused, Err(MigrateError::Failed { version: 2 })),
            "{refused:?}"
        );
    }
    assert_eq!(
        place.runner()?.status().await?.swap_remove(1).state,
        State::Failed
    );
    let applied = place.runner()?.repair(Repair::Forget(1)).await;
    assert!(
        matches!(
            applied,
            Err(MigrateError::NothingToRepair { version: 1, .. })
        ),
        "{applied:?}"
    );
    place.runner()?.repair(Repair::Forget(2)).await?;
    assert_eq!(place.runner()?.up(Target::All).await?.len(), 2);
    assert_eq!(place.history()?, "1 2 3");
    Ok(())
}

#[tokio::test]
async fn a_baseline_counts_as_applied() -> Fallible {
    let place = three()?;
    place.psql("CREATE TABLE a (id int); CREATE TABLE b (id int);")?;
    place.runner()?.baseline(2).await?;
    assert_eq!(place.history()?, "1 2");
    let again = place.runner()?.baseline(3).await;
    assert!(
        matches!(again, Err(MigrateError::NotEmpty { newest: 2 })),
        "{again:?}"
    );
    let ran = place.runner()?.up(Target::All).await?;
    assert_eq!(ran.iter().map(|ran| ran.version).collect::<Vec<_>>(), [3]);
    Ok(())
}

/// The error contains the line of the file. A line of PostgreSQL's source code would be mistaken for it.
#[tokio::test]
async fn no_error_contains_a_line_of_the_servers_source() -> Fallible {
    let place = Place::new(&[
        ("1_a.up.sql", "CREATE TABLE a (id int);\nSELECT id FROM b;"),
        ("1_a.down.sql", "DROP TABLE a;"),
    ])?;
    let Err(error) = place.runner()?.up(Target::All).await else {
        return Err("nothing was refused".into());
    };
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(why) = cause {
        text = format!("{text}: {why}");
        cause = why.source();
    }
    assert!(
        text.contains("1_a.up.sql:2") && text.contains("\"b\" does not exist"),
        "{text}"
    );
    assert!(!text.contains("at line"), "{text}");
    Ok(())
}
