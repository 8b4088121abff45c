//! An inspected schema can be created in another database, where inspection finds the same schema.

use std::path::Path;

use freehold::Postgres;
use freehold::inspect::{Inspected, Inspection};
use freehold_test_support::Server;

use crate::facts::{difference, facts};
use crate::{TestResult, database, inspected};

#[tokio::test]
async fn tasks_is_the_same_when_created_again() -> TestResult {
    is_made_again("tasks").await
}

#[tokio::test]
async fn orders_is_the_same_when_created_again() -> TestResult {
    is_made_again("orders").await
}

#[tokio::test]
async fn patterns_is_the_same_when_created_again() -> TestResult {
    is_made_again("patterns").await
}

#[tokio::test]
async fn storefront_is_the_same_when_created_again() -> TestResult {
    is_made_again("storefront").await
}

#[tokio::test]
async fn ecommerce_is_the_same_when_created_again() -> TestResult {
    is_made_again("ecommerce").await
}

async fn is_made_again(file: &str) -> TestResult {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let first = Server::shared().create_database("first")?;
    first.psql_file(fixtures.join(format!("{file}.sql")))?;
    let first = inspected(&first, &Inspection::default()).await?;
    let second = again(&first).await?;
    let differs = difference(&facts(&second.schema), &facts(&first.schema));
    assert!(differs.is_empty(), "`{file}` is another one:\n{differs}");
    // PostgreSQL prints some expressions differently after it has read its own text once, and then no more.
    let third = again(&second).await?;
    let (second, third) = (tables(&second), tables(&third));
    let differs = difference(&third, &second);
    assert!(
        differs.is_empty(),
        "`{file}` is another one the third time:\n{differs}"
    );
    Ok(())
}

async fn again(first: &Inspected) -> Result<Inspected, Box<dyn std::error::Error>> {
    inspected(
        &database(&first.schema.up(&Postgres))?,
        &Inspection::of(&first.schema),
    )
    .await
}

/// The tables with their expressions, one text each.
fn tables(found: &Inspected) -> Vec<String> {
    let tables = found.schema.tables().iter();
    tables.map(|table| format!("{table:?}")).collect()
}
