//! Tests that a server answers, reports errors and is independent of other servers.

use std::error::Error;
use std::fs;

use freehold_test_support::{Database, Server, Stop};

type TestResult = Result<(), Box<dyn Error>>;

fn database(prefix: &str) -> Result<Database, freehold_test_support::Error> {
    Server::shared().create_database(prefix)
}

#[test]
fn a_query_runs() -> TestResult {
    let database = database("query")?;
    assert_eq!(database.psql("SELECT 1; SELECT 'ä', NULL")?, "1\nä|");
    Ok(())
}

#[test]
fn the_settings_are_those_of_tests() -> TestResult {
    let settings = "SHOW fsync; SHOW synchronous_commit; SHOW full_page_writes; SHOW timezone; SHOW lc_collate; \
                    SHOW server_encoding; SELECT current_user";
    assert_eq!(
        database("settings")?.psql(settings)?,
        "off\noff\noff\nUTC\nC.UTF-8\nUTF8\npostgres"
    );
    Ok(())
}

#[test]
fn an_error_carries_the_message() -> TestResult {
    let database = database("error")?;
    let failed = database.psql("SELECT 1;\nSELECT missing;\nCREATE TABLE after_it ();");
    let message = failed
        .map_err(|error| error.to_string())
        .err()
        .unwrap_or_default();
    assert!(
        message.contains("psql:<stdin>:2: ERROR:  column \"missing\" does not exist"),
        "{message}"
    );
    assert_eq!(
        database.psql("SELECT to_regclass('after_it') IS NULL")?,
        "t"
    );
    Ok(())
}

#[test]
fn a_file_is_loaded_and_its_catalog_read() -> TestResult {
    let directory = tempfile::tempdir()?;
    let (schema, catalog) = (
        directory.path().join("schema.sql"),
        directory.path().join("catalog.sql"),
    );
    fs::write(&schema, "CREATE TABLE b (); CREATE TABLE a ();")?;
    fs::write(
        &catalog,
        "SELECT ''; SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1 DESC;",
    )?;
    let database = database("file")?;
    assert_eq!(database.psql_file(&schema)?, "");
    assert_eq!(database.catalog(&catalog)?, ["a", "b"]);
    Ok(())
}

#[test]
fn a_long_script_with_a_long_answer_ends() -> TestResult {
    let script = "SELECT repeat('x', 100);\n".repeat(5_000);
    assert_eq!(database("long")?.psql(&script)?.lines().count(), 5_000);
    Ok(())
}

#[test]
fn the_url_leads_to_the_database() -> TestResult {
    let (one, other) = (database("url")?, database("url")?);
    let sql = format!("\\connect {}\nSELECT current_database();", other.url());
    assert_eq!(one.psql(&sql)?, other.name());
    Ok(())
}

#[test]
fn a_dropped_database_is_gone() -> TestResult {
    let name = database("gone")?.name().to_owned();
    let count = format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'");
    assert_eq!(database("stays")?.psql(&count)?, "0");
    Ok(())
}

#[test]
fn two_servers_run_at_once_and_are_gone_when_dropped() -> TestResult {
    let (one, other) = (Server::start()?, Server::start()?);
    one.create_database("only_here")?
        .psql("CREATE TABLE t ()")?;
    let count = "SELECT count(*) FROM pg_database WHERE datname LIKE 'only%'";
    assert_eq!(other.create_database("other")?.psql(count)?, "0");
    let directories = [one.directory().to_owned(), other.directory().to_owned()];
    drop((one, other));
    assert!(directories.iter().all(|directory| !directory.exists()));
    Ok(())
}

#[test]
fn a_copy_has_what_was_there_and_is_another_database() -> TestResult {
    let first = database("first")?;
    first.psql("CREATE TABLE t (n int); INSERT INTO t VALUES (1)")?;
    let copy = Server::shared().copy_database(&first)?;
    copy.psql("INSERT INTO t VALUES (2)")?;
    let rows = "SELECT count(*) FROM t";
    assert_eq!(
        (copy.psql(rows)?, first.psql(rows)?),
        ("2".into(), "1".into())
    );
    Ok(())
}

#[test]
fn a_server_that_is_restarted_has_the_same_port_and_rows() -> TestResult {
    let mut server = Server::start()?;
    let port = server.port();
    let database = server.create_database("restarted")?;
    let began = "SELECT pg_postmaster_start_time()";
    let mut before = database.psql(began)?;
    database.psql("CREATE TABLE t (i int)")?;
    for (how, number) in [(Stop::Fast, 1), (Stop::Immediate, 2), (Stop::Fast, 3)] {
        database.psql(&format!("INSERT INTO t VALUES ({number}); CHECKPOINT"))?;
        server.restart(how)?;
        let after = database.psql(began)?;
        assert_ne!(after, before, "{how:?}: the server went on");
        let found = database.psql("SELECT count(*), current_setting('port') FROM t")?;
        assert_eq!(found, format!("{number}|{port}"), "{how:?}");
        before = after;
    }
    assert_eq!(server.port(), port);
    Ok(())
}

#[test]
fn a_server_that_is_stopped_takes_no_connection() -> TestResult {
    let mut server = Server::start()?;
    let database = server.create_database("stopped")?;
    for how in [Stop::Fast, Stop::Immediate] {
        server.stop(how)?;
        let refused = std::net::TcpStream::connect(("127.0.0.1", server.port()));
        assert!(
            refused.is_err(),
            "{how:?}: the port still accepts connections"
        );
        assert!(database.psql("SELECT 1").is_err(), "{how:?}");
        server.start_again()?;
        assert_eq!(database.psql("SELECT 1")?, "1", "{how:?}");
    }
    Ok(())
}

#[test]
fn a_server_that_is_stopped_is_gone_when_dropped() -> TestResult {
    let mut server = Server::start()?;
    server.stop(Stop::Fast)?;
    let directory = server.directory().to_owned();
    drop(server);
    assert!(!directory.exists());
    Ok(())
}
