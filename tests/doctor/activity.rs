//! Transactions, locks and connections.

use std::time::Duration;

use freehold::operations::{Finding, Severity};
use freehold_test_support::{Server, Stop};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::TestResult;
use crate::case::{Case, Shop, case, statements};

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}

async fn process(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar("SELECT pg_backend_pid()")
        .fetch_one(connection)
        .await
}

/// Other tests run on the same server, so only the finding about one process counts.
fn about(case: &Case, shop: &Shop, process: i32) -> Result<Finding, Box<dyn std::error::Error>> {
    let object = format!("process {process}");
    let findings = case.findings(shop)?;
    let found = findings.iter().find(|finding| finding.object == object);
    found
        .cloned()
        .ok_or_else(|| format!("process {process} is not found: {findings:?}").into())
}

#[test]
fn a_transaction_in_which_nothing_runs_is_found() -> TestResult {
    let (shop, runtime) = (Shop::open()?, runtime()?);
    let mut idle = shop.connect(&runtime)?;
    let pid = runtime.block_on(process(&mut idle))?;
    runtime.block_on(idle.execute("BEGIN; SELECT 1"))?;
    let fresh = case("transaction_idle")?.findings(&shop)?;
    assert!(
        !fresh
            .iter()
            .any(|one| one.object.ends_with(&pid.to_string())),
        "a fresh transaction is found"
    );
    let finding = about(
        &case("transaction_idle")?.limit("warning", 0.0)?,
        &shop,
        pid,
    )?;
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(
        statements(&finding.fix)[0],
        format!("SELECT pg_terminate_backend({pid})")
    );
    let finding = about(
        &case("transaction_idle")?
            .limit("warning", 0.0)?
            .limit("error", 0.0)?,
        &shop,
        pid,
    )?;
    assert_eq!(finding.severity, Severity::Error);
    Ok(())
}

#[test]
fn a_long_statement_is_found_and_cancelled_by_the_fix() -> TestResult {
    let (shop, runtime) = (Shop::open()?, runtime()?);
    let mut long = shop.connect(&runtime)?;
    let pid = runtime.block_on(process(&mut long))?;
    let running = runtime.spawn(async move { long.execute("SELECT pg_sleep(60)").await.map(drop) });
    let case = case("transaction_long")?.limit("warning", 0.0)?;
    let finding = wait_for(|| about(&case, &shop, pid))?;
    shop.database.psql(statements(&finding.fix)[0])?;
    let ended = runtime.block_on(running)?;
    assert!(
        ended.is_err(),
        "`{}` did not cancel the statement",
        finding.fix
    );
    Ok(())
}

#[test]
fn the_root_of_a_tree_of_waiters_is_found() -> TestResult {
    let (shop, runtime) = (Shop::open()?, runtime()?);
    shop.database
        .psql("CREATE TABLE locked (id bigint PRIMARY KEY)")?;
    let mut root = shop.connect(&runtime)?;
    let pid = runtime.block_on(process(&mut root))?;
    runtime.block_on(root.execute("BEGIN; LOCK TABLE locked IN ROW EXCLUSIVE MODE"))?;
    // The first waits for the root, the second for the first, which is before it in the queue.
    for mode in ["SHARE", "ROW EXCLUSIVE"] {
        let mut waiter = shop.connect(&runtime)?;
        let sql = format!("BEGIN; LOCK TABLE locked IN {mode} MODE");
        drop(runtime.spawn(async move { waiter.execute(AssertSqlSafe(sql)).await.map(drop) }));
        std::thread::sleep(Duration::from_millis(300));
    }
    let case = case("lock_blocked")?.limit("warning", 0.0)?;
    let finding = wait_for(|| {
        let found = about(&case, &shop, pid)?;
        if found.message.contains("blocks 2 others") {
            Ok(found)
        } else {
            Err(found.message.into())
        }
    })?;
    assert_eq!(
        statements(&finding.fix)[0],
        format!("SELECT pg_cancel_backend({pid})")
    );
    let roots = case.findings(&shop)?;
    let of_shop = roots.iter().filter(|one| one.message.contains("blocks"));
    assert_eq!(
        of_shop.count(),
        1,
        "a waiter is reported as a root: {roots:?}"
    );
    Ok(())
}

#[test]
fn what_keeps_dead_rows_is_found() -> TestResult {
    let (shop, runtime) = (Shop::open()?, runtime()?);
    let mut holder = shop.connect(&runtime)?;
    let pid = runtime.block_on(process(&mut holder))?;
    runtime.block_on(holder.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1"))?;
    let finding = about(&case("xmin_held_back")?.limit("seconds", 0.0)?, &shop, pid)?;
    assert_eq!(
        statements(&finding.fix),
        [format!("SELECT pg_terminate_backend({pid})")]
    );
    Ok(())
}

#[test]
fn few_free_connections_are_found() -> TestResult {
    let shop = Shop::open()?;
    let case = case("connections")?.limit("warning", 0.0)?;
    let finding = case.found(&shop, Severity::Warning, "connections")?;
    assert!(finding.fix.contains("pools"), "{}", finding.fix);
    Ok(())
}

#[test]
fn a_prepared_transaction_is_found() -> TestResult {
    let mut server = Server::start()?;
    server
        .create_database("settings")?
        .psql("ALTER SYSTEM SET max_prepared_transactions = 5")?;
    server.restart(Stop::Fast)?;
    let shop = Shop::on(&server)?;
    let case = case("prepared_left")?.limit("error", 0.0)?;
    let fault = "CREATE TABLE items (id bigint PRIMARY KEY); BEGIN; INSERT INTO items VALUES (1); PREPARE TRANSACTION 'one'";
    let finding = case.finds(&shop, fault, Severity::Error, "prepared transaction 'one'")?;
    assert_eq!(statements(&finding.fix)[0], "ROLLBACK PREPARED 'one'");
    shop.database.psql("ROLLBACK PREPARED 'one'")?;
    case.expect_none(&shop, "after the fix")
}

#[test]
fn a_deadlock_is_found() -> TestResult {
    let (shop, runtime) = (Shop::open()?, runtime()?);
    let case = case("deadlocks")?;
    case.expect_none(&shop, "before a deadlock")?;
    shop.database
        .psql("CREATE TABLE items (id bigint PRIMARY KEY); INSERT INTO items VALUES (1), (2)")?;
    let lock = |first: i32, second: i32| {
        let url = shop.database.url();
        async move {
            let mut connection = PgConnection::connect(&url).await?;
            let sql = format!(
                "SET deadlock_timeout = '200ms'; BEGIN; SELECT FROM items WHERE id = {first} FOR UPDATE"
            );
            connection.execute(AssertSqlSafe(sql)).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            let sql = format!("SELECT FROM items WHERE id = {second} FOR UPDATE");
            connection.execute(AssertSqlSafe(sql)).await.map(drop)
        }
    };
    let (one, other) = runtime
        .block_on(async { tokio::join!(tokio::spawn(lock(1, 2)), tokio::spawn(lock(2, 1))) });
    assert!(one?.is_err() != other?.is_err(), "there was no deadlock");
    let finding = wait_for(|| {
        case.found(
            &shop,
            Severity::Warning,
            &format!("database {}", shop.database.name()),
        )
    })?;
    assert!(finding.fix.contains("the same order"), "{}", finding.fix);
    Ok(())
}

/// Statistics and waiters appear after a moment.
fn wait_for<T>(
    mut look: impl FnMut() -> Result<T, Box<dyn std::error::Error>>,
) -> Result<T, Box<dyn std::error::Error>> {
    for _ in 0..50 {
        if let Ok(found) = look() {
            return Ok(found);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    look()
}
