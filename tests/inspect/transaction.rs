//! The effect of an inspection on the connection and the database.

use freehold::inspect::{InspectError, Inspection};
use freehold_test_support::Server;
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::{TestResult, database};

#[tokio::test]
async fn the_connection_is_unchanged() -> TestResult {
    let database = database("CREATE TABLE t (at timestamptz DEFAULT '2024-01-01 00:00:00+00')")?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    connection
        .execute("SET TimeZone = 'Asia/Tokyo'; SET search_path = pg_catalog, public")
        .await?;
    let found = freehold::inspect(&mut connection, &Inspection::default()).await?;
    let default = &found.schema.tables()[0].columns[0].default;
    let printed = format!("{default:?}");
    assert!(
        printed.contains("2024-01-01 00:00:00+00"),
        "in the zone of the session: {printed}"
    );
    assert!(!connection.is_in_transaction());
    let settings = "SELECT current_setting('TimeZone') || ' ' || current_setting('search_path')";
    let settings: String = sqlx::query_scalar(settings)
        .fetch_one(&mut connection)
        .await?;
    assert_eq!(settings, "Asia/Tokyo pg_catalog, public");
    let left = "SELECT count(*) FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prepared_statements%' AND statement LIKE '%pg_catalog%'";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&mut connection).await?;
    assert_eq!(left, 0, "prepared statements that are left");
    Ok(())
}

#[tokio::test]
async fn an_open_transaction_is_refused() -> TestResult {
    let database = database("SELECT 1")?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let mut transaction = connection.begin().await?;
    let refused = freehold::inspect(&mut transaction, &Inspection::default()).await;
    assert!(
        matches!(refused, Err(InspectError::InTransaction)),
        "{refused:?}"
    );
    transaction.execute("SELECT 1").await?;
    transaction.commit().await?;
    Ok(())
}

#[tokio::test]
async fn a_role_without_rights_reads_the_same() -> TestResult {
    let sql = "
        CREATE ROLE looker LOGIN;
        CREATE TABLE t (a integer CHECK (a > 0));
        CREATE VIEW v AS SELECT a FROM t;
        CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        REVOKE ALL ON SCHEMA public FROM PUBLIC;";
    let database = database(sql)?;
    let mut superuser = PgConnection::connect(&database.url()).await?;
    let login = database.url().replace("postgres@", "looker@");
    let mut looker = PgConnection::connect(&login).await?;
    let all = freehold::inspect(&mut superuser, &Inspection::default()).await?;
    let seen = freehold::inspect(&mut looker, &Inspection::default()).await?;
    assert_eq!(seen.schema.tables(), all.schema.tables());
    assert_eq!(seen.schema.views().len(), 1);
    assert_eq!(seen.schema.routines(), all.schema.routines());
    assert_eq!(
        seen.schema.owner(),
        Some("postgres"),
        "the inspecting role owns nothing"
    );
    Ok(())
}

#[tokio::test]
async fn a_lost_connection_is_an_error() -> TestResult {
    let server = Server::start()?;
    let database = server.create_database("killed")?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";
    database.psql(all)?;
    let failed = freehold::inspect(&mut connection, &Inspection::default()).await;
    let message = failed.err().map(|error| error.to_string());
    assert_eq!(
        message.as_deref(),
        Some("the transaction that reads the database failed")
    );
    Ok(())
}

#[tokio::test]
async fn a_question_that_fails_leaves_no_transaction() -> TestResult {
    let database = database("CREATE TABLE t (a integer)")?;
    let mut other = PgConnection::connect(&database.url()).await?;
    other
        .execute("BEGIN; LOCK TABLE pg_policy IN ACCESS EXCLUSIVE MODE")
        .await?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    connection.execute("SET lock_timeout = '20ms'").await?;
    let failed = freehold::inspect(&mut connection, &Inspection::default()).await;
    assert!(
        matches!(failed, Err(InspectError::Read { .. })),
        "{failed:?}"
    );
    other.execute("ROLLBACK").await?;
    let found = freehold::inspect(&mut connection, &Inspection::default()).await?;
    assert_eq!(found.schema.tables().len(), 1);
    Ok(())
}
