//! Accepted databases: every example schema, as `setup` creates it.

use freehold::model::{Isolation, RowSecurityDef, SchemaDef};
use freehold::prelude::*;
use freehold_test_support::Server;

use crate::TestResult;
use crate::proxy::{Proxy, port_of};
use crate::shop::SETUP;

// The module is a second copy of the shop, which other tests use too.
#[allow(clippy::duplicate_mod)]
#[path = "../../../examples/schemas/mod.rs"]
mod schemas;

const ROW_SECURITY: Isolation = Isolation::RowSecurity(
    RowSecurityDef::new()
        .role("start_app")
        .login("start_app_login")
        .owner("start_app_owner"),
);

/// Without an owner, all objects belong to the superuser who creates them.
const OWNERLESS: Isolation = Isolation::RowSecurity(RowSecurityDef::new().role("start_bare"));

/// In `public`, and in another PostgreSQL schema that is on the search path.
async fn is_accepted(name: &str, schema: &'static SchemaDef) -> TestResult {
    let database = Server::shared().create_database("accepted")?;
    let url = {
        let _one = SETUP.lock().await;
        Db::setup(schema, &database.url()).await?
    };
    let connect = || Db::builder(&url).schema(schema).connect();
    connect()
        .await
        .map_err(|error| format!("{name}: {error}"))?;
    let own = database.name();
    database.psql(&format!(
        "ALTER SCHEMA public RENAME TO elsewhere; ALTER DATABASE \"{own}\" SET search_path = elsewhere"
    ))?;
    connect()
        .await
        .map_err(|error| format!("{name} in another schema: {error}"))?;
    Ok(())
}

#[tokio::test]
async fn the_example_schemas_are_accepted() -> TestResult {
    for (name, schema) in schemas::ALL {
        is_accepted(name, schema).await?;
        for isolation in [ROW_SECURITY, OWNERLESS] {
            // Its grants are for other roles than the application's. A rule refuses `all` if there are policies.
            let held = schema.isolation(isolation).grants(&[]);
            is_accepted(name, Box::leak(Box::new(held))).await?;
        }
    }
    Ok(())
}

/// Composite keys.
#[tokio::test]
async fn deliveries_are_accepted() -> TestResult {
    let held = crate::deliveries::DELIVERIES.isolation(ROW_SECURITY);
    is_accepted("deliveries", Box::leak(Box::new(held))).await
}

/// The size of the schema makes no difference: 6 tables with an audit trail and views, and 2 tables.
#[tokio::test]
async fn the_number_of_questions_is_the_same_for_any_schema() -> TestResult {
    let small = schemas::tasks::TASKS.isolation(ROW_SECURITY);
    let small: &'static SchemaDef = Box::leak(Box::new(small));
    let mut counts = Vec::new();
    for schema in [small, &schemas::shop::SHOP] {
        let database = Server::shared().create_database("counted")?;
        let url = {
            let _one = SETUP.lock().await;
            Db::setup(schema, &database.url()).await?
        };
        let proxy = Proxy::start(port_of(&url)).await?;
        Db::builder(&proxy.url(&url))
            .schema(schema)
            .connect()
            .await?;
        counts.push(proxy.take());
        assert_eq!(proxy.connections(), 1);
    }
    // One round trip opens the connection, and one checks whether there is a pooler.
    assert_eq!(counts, [14, 14], "round trips of `connect`");
    Ok(())
}
