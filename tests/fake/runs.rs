use std::time::Instant;

use freehold::fake::{Fakes, Report};
use freehold::testing::assert_isolated;
use freehold::{Postgres, SchemaDef};
use freehold_test_support::{Database, Server};
use sqlx::{Connection as _, PgConnection};
use tokio::sync::Mutex;

use crate::schemas::{ecommerce, orders, patterns, shop, storefront, tasks};
use crate::{TestResult, facts};

/// Roles belong to the whole cluster; one test at a time creates them.
pub(crate) static ROLES: Mutex<()> = Mutex::const_new(());

fn is_long() -> bool {
    std::env::var_os("FREEHOLD_LONG").is_some()
}

fn fakes(def: &'static SchemaDef) -> Fakes {
    if is_long() {
        Fakes::new(def).rows(100_000).owners(1_000)
    } else {
        Fakes::new(def).rows(2_000).owners(50)
    }
}

pub(crate) async fn filled(
    name: &str,
    fakes: &Fakes,
    def: &'static SchemaDef,
) -> Result<(Database, Report), Box<dyn std::error::Error>> {
    let database = Server::shared().create_database(name)?;
    database.psql(&def.schema()?.up(&Postgres))?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let started = Instant::now();
    let report = fakes.fill(&mut connection, &mut ()).await?;
    let seconds = started.elapsed().as_secs_f64();
    let rows = report.rows();
    println!("{name}: {rows} rows in {seconds:.1} s");
    connection.close().await?;
    Ok((database, report))
}

async fn is_filled(name: &str, def: &'static SchemaDef) -> TestResult {
    let _one = ROLES.lock().await;
    let (database, report) = filled(name, &fakes(def), def).await?;
    facts::counts(&database, &report)?;
    facts::owners_agree(&database, def)?;
    facts::times_are_in_order(&database, def)?;
    facts::values_differ(&database, def)?;
    facts::owners_have_rows(&database, def)?;
    drop(database);
    let admin_url = format!(
        "postgres://postgres@127.0.0.1:{}/postgres",
        Server::shared().port()
    );
    assert_isolated(def, &admin_url).await?;
    Ok(())
}

#[tokio::test]
async fn tasks_are_filled() -> TestResult {
    is_filled("tasks", &tasks::TASKS).await
}

#[tokio::test]
async fn orders_are_filled() -> TestResult {
    is_filled("orders", &orders::ORDERS).await
}

#[tokio::test]
async fn the_patterns_are_filled() -> TestResult {
    is_filled("patterns", &patterns::PATTERNS).await
}

#[tokio::test]
async fn the_storefront_is_filled() -> TestResult {
    static STOREFRONT: SchemaDef = storefront::STOREFRONT.grants(&[]);
    is_filled("storefront", &STOREFRONT).await
}

#[tokio::test]
async fn ecommerce_is_filled() -> TestResult {
    is_filled("ecommerce", &ecommerce::ECOMMERCE).await
}

#[tokio::test]
async fn the_shop_is_filled() -> TestResult {
    is_filled("shop", &shop::SHOP).await
}
