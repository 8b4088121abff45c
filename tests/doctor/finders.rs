//! The statements of Freehold: their indexes and their times.

use freehold::operations::Options;
use freehold::operations::Severity::{Advice, Warning};
use freehold_test_support::{Server, Stop};

use crate::TestResult;
use crate::case::{Shop, case, statements};
use crate::schema::{Order, OrderStatus, SHOP};

const USER: &str = "aaaaaaaa-0000-4000-8000-000000000000";

#[test]
fn a_finder_whose_index_is_gone_is_found() -> TestResult {
    let shop = Shop::open()?;
    let case = case("finder_without_index")?;
    let fault = "DROP INDEX idx_orders_user_id_status";
    let finding = case.finds(&shop, fault, Warning, "Order::by_status(status)")?;
    assert_eq!(
        statements(&finding.fix),
        ["CREATE INDEX ON public.orders (user_id, status)"]
    );
    case.is_cured_by_its_fix(&shop, &finding)
}

/// With row-level security the owner's index still narrows the rows, and without any index the whole table is read.
#[test]
fn a_finder_that_reads_the_whole_table_is_found() -> TestResult {
    let shop = Shop::open()?;
    let case = case("finder_without_index")?;
    case.expect_none(&shop, "before the fault")?;
    shop.database
        .psql("ALTER TABLE products DROP CONSTRAINT products_sku_key")
        .or_else(|_| {
            shop.database
                .psql("ALTER TABLE products DROP CONSTRAINT uq_products_sku")
        })?;
    let finding = case.found(&shop, Warning, "Product::by_sku(sku)")?;
    assert!(
        finding.message.contains("reads all of `public.products`"),
        "{}",
        finding.message
    );
    case.is_cured_by_its_fix(&shop, &finding)
}

/// One partition without the index is found, although the table has it.
#[test]
fn a_partition_without_the_index_of_a_finder_is_found() -> TestResult {
    let shop = Shop::open()?;
    let case = case("finder_without_index")?;
    shop.database.psql(
        "UPDATE pg_index SET indisvalid = false WHERE indrelid = 'order_events_2026_01'::regclass",
    )?;
    let findings = case.findings(&shop)?;
    let names: Vec<_> = findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(
        !names.is_empty()
            && names
                .iter()
                .all(|name| name.contains("public.order_events_2026_01")),
        "found {names:?}"
    );
    Ok(())
}

#[test]
fn a_finder_whose_index_the_planner_leaves_aside_is_advice_on_a_large_table() -> TestResult {
    let shop = Shop::open()?;
    // In a table of a few pages a scan of all of it is right.
    shop.database.psql(
        "INSERT INTO products (sku, name, price) SELECT n, 'x', 1 FROM generate_series(1, 20) n; ANALYZE products",
    )?;
    case("finder_without_index")?.expect_none(&shop, "on a small table")?;
    let findings = case("finder_without_index")?
        .limit("rows", 5.0)?
        .findings(&shop)?;
    assert!(
        !findings.is_empty() && findings.iter().all(|finding| finding.severity == Advice),
        "{findings:?}"
    );
    Ok(())
}

#[test]
fn a_role_that_cannot_plan_as_the_application_does_not_judge() -> TestResult {
    let server = Server::start()?;
    let shop = Shop::on(&server)?;
    shop.database.psql("CREATE ROLE watcher LOGIN")?;
    let url = shop.database.url().replacen("postgres@", "watcher@", 1);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let options = Options::default().only("finder_without_index")?;
    let report = runtime.block_on(crate::case::examine(&url, &options))?;
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    let why = report
        .not_judged
        .first()
        .map(|one| one.why.as_str())
        .unwrap_or_default();
    assert!(
        why.contains("permission denied"),
        "not judged because of: {why}"
    );
    Ok(())
}

#[test]
fn a_slow_statement_is_named_by_its_rust_call() -> TestResult {
    let mut server = Server::start()?;
    server
        .create_database("settings")?
        .psql("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")?;
    server.restart(Stop::Fast)?;
    let shop = Shop::on(&server)?;
    let without = case("statement_slow")?.findings(&shop);
    let why = without
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(
        why.contains("CREATE EXTENSION pg_stat_statements"),
        "not judged because of: {why}"
    );

    shop.database.psql(&format!(
        "CREATE EXTENSION pg_stat_statements; INSERT INTO users (id, email, password_hash, name) VALUES ('{USER}', 'a@example.com', 'x', 'A')"
    ))?;
    let case = case("statement_slow")?
        .limit("milliseconds", 0.0)?
        .limit("calls", 3.0)?;
    case.expect_none(&shop, "before the application runs")?;
    let url = shop.database.url().replacen("postgres@", "shop_login@", 1);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run_application(&url))?;
    let findings = case.findings(&shop)?;
    let objects: Vec<_> = findings
        .iter()
        .map(|finding| finding.object.as_str())
        .collect();
    for call in ["Order::by_status(status)", "Order::select(..)"] {
        assert!(objects.contains(&call), "`{call}` is not among {objects:?}");
    }
    Ok(())
}

/// Calls a finder, and a statement that is no finder, four times each.
async fn run_application(url: &str) -> TestResult {
    use freehold::prelude::*;
    let db = Db::builder(url).schema(&SHOP).connect().await?;
    let user = db.scope(USER.parse::<Uuid>()?.into());
    for _ in 0..4 {
        Order::by_status(OrderStatus::Pending)
            .fetch_all(&user)
            .await?;
        Order::select()
            .filter(|order| order.number.gt(5))
            .fetch_all(&user)
            .await?;
    }
    Ok(())
}
