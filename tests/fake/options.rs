//! Options that contradict each other or the schema are refused, and the session's settings have no effect.

use freehold::fake::{Date, FakeError, Fakes};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::TestResult;
use crate::errors::{CODES, created, message};
use crate::schemas::shop::SHOP;
use crate::schemas::tasks::TASKS;

fn refusal(fakes: &Fakes) -> String {
    message(fakes.plan())
}

#[test]
fn the_rows_of_the_table_of_owners_are_the_owners() {
    assert_eq!(
        refusal(&Fakes::new(&SHOP).table("users", 50)),
        "`users` is the table of owners; give its number of rows with `--owners` (`Fakes::owners`)"
    );
}

#[test]
fn a_table_with_two_numbers_is_refused() {
    let twice = Fakes::new(&SHOP).table("orders", 5).table("orders", 6);
    assert_eq!(
        refusal(&twice),
        "the rows of `orders` are given twice; give one number"
    );
}

#[test]
fn owners_need_rows_that_have_them() {
    let found = refusal(&Fakes::new(&CODES).owners(5));
    assert!(found.contains("leave out `--owners`"), "{found}");
}

#[test]
fn rows_with_owners_need_an_owner() {
    let fakes = Fakes::new(&SHOP).rows(0);
    let found = refusal(&fakes.clone().table("orders", 5));
    assert!(
        found.contains("`orders` needs an owner") && found.contains("`--owners`"),
        "{found}"
    );
    let report = fakes.plan().map(|planned| planned.report());
    assert_eq!(report.map(|report| report.rows()).ok(), Some(0));
}

#[test]
fn a_day_before_the_epoch_is_refused() -> TestResult {
    for day in ["0001-01-01", "1969-12-31"] {
        let found = refusal(&Fakes::new(&SHOP).until(day.parse()?));
        assert!(
            found.contains(day) && found.contains("1970-01-01"),
            "{found}"
        );
    }
    Fakes::new(&SHOP).until("1970-01-01".parse()?).plan()?;
    Ok(())
}

async fn fill(url: &str, fakes: &Fakes) -> Result<(), FakeError> {
    let connection = PgConnection::connect(url).await;
    let mut connection = connection.map_err(|source| FakeError::Server {
        doing: "connect",
        source,
    })?;
    fakes.fill(&mut connection, &mut ()).await.map(drop)
}

#[tokio::test]
async fn the_day_may_be_today_and_not_tomorrow() -> TestResult {
    let database = created("until", &TASKS)?;
    let day = |offset: i32| -> Result<Date, Box<dyn std::error::Error>> {
        let day = format!("SELECT ((now() AT TIME ZONE 'UTC')::date + {offset})::text");
        Ok(database.psql(&day)?.parse()?)
    };
    let tomorrow = fill(&database.url(), &Fakes::new(&TASKS).until(day(2)?)).await;
    assert!(
        matches!(&tomorrow, Err(FakeError::InFuture(_))),
        "{tomorrow:?}"
    );
    fill(&database.url(), &Fakes::new(&TASKS).until(day(0)?)).await?;
    Ok(())
}

/// Each of two runs at once finds the tables empty, unless one of them waits.
#[tokio::test]
async fn a_second_run_waits_and_is_refused() -> TestResult {
    let database = created("twice", &TASKS)?;
    let url = database.url();
    let fakes = Fakes::new(&TASKS).rows(20_000);
    let (one, other) = tokio::join!(fill(&url, &fakes), fill(&url, &fakes));
    let (filled, refused) = if one.is_ok() {
        (one, other)
    } else {
        (other, one)
    };
    filled?;
    assert!(
        matches!(&refused, Err(FakeError::NotEmpty(table)) if table == "users"),
        "{refused:?}"
    );
    Ok(())
}

/// The setting of the session leads to tables of the same name.
#[tokio::test]
async fn the_search_path_of_the_session_has_no_effect() -> TestResult {
    let database = created("paths", &TASKS)?;
    database.psql(
        "CREATE SCHEMA other;
         CREATE TABLE other.users (LIKE public.users INCLUDING ALL);
         CREATE TABLE other.tasks (LIKE public.tasks INCLUDING ALL)",
    )?;
    for path in ["other, public", "''"] {
        database.psql("TRUNCATE public.users CASCADE")?;
        let mut connection = PgConnection::connect(&database.url()).await?;
        let set = format!("SET search_path = {path}");
        sqlx::query(AssertSqlSafe(set))
            .execute(&mut connection)
            .await?;
        let fakes = Fakes::new(&TASKS).rows(9).owners(3);
        fakes.fill(&mut connection, &mut ()).await?;
        let counts = "SELECT (SELECT count(*) FROM public.tasks) || ' ' || (SELECT count(*) FROM other.tasks)";
        assert_eq!(database.psql(counts)?, "9 0", "with the path {path}");
    }
    Ok(())
}

/// The database of the session has another default.
#[tokio::test]
async fn the_isolation_level_of_the_session_has_no_effect() -> TestResult {
    let database = created("levels", &TASKS)?;
    database.psql(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = ''serializable''', current_database()); END $$",
    )?;
    let url = database.url();
    let fakes = Fakes::new(&TASKS).rows(5_000);
    let (one, other) = tokio::join!(fill(&url, &fakes), fill(&url, &fakes));
    let refused = one.and(other);
    assert!(
        matches!(&refused, Err(FakeError::NotEmpty(_))),
        "{refused:?}"
    );
    Ok(())
}
