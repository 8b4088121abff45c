//! The statements of a document are those that run.

use std::collections::BTreeMap;

use freehold::Db;
use freehold::docs::document::Document;
use freehold::docs::facts::Facts;
use freehold::prelude::*;

use super::schemas::{orders, shop};
use super::{TestResult, loaded};

#[tokio::test]
async fn the_statements_of_shop_are_those_that_run() -> TestResult {
    let schema = shop::SHOP.schema()?;
    let database = loaded(&schema, "statements")?;
    // The application's own role: `connect` refuses a superuser.
    let url = database.url().replace("//postgres@", "//shop_login@");
    let db = Db::builder(&url).schema(&shop::SHOP).connect().await?;
    let me = db.scope(shop::UserId::from(Uuid::nil()));
    let run = [
        (
            "User::by_email(email)",
            shop::User::by_email("a").to_sql(&me)?,
        ),
        (
            "Order::get(id)",
            shop::Order::get(shop::OrderId::from(Uuid::nil())).to_sql(&me)?,
        ),
        (
            "Order::by_status(status)",
            shop::Order::by_status(shop::OrderStatus::Pending).to_sql(&me)?,
        ),
        (
            "Order::by_number(number)",
            shop::Order::by_number(1).to_sql(&me)?,
        ),
        (
            "Product::by_sku(sku)",
            shop::Product::by_sku("a").to_sql(&me)?,
        ),
        (
            "OrderEvent::by_order_id(order_id)",
            shop::OrderEvent::by_order_id(shop::OrderId::from(Uuid::nil())).to_sql(&me)?,
        ),
    ];
    let documented = documented(&Document::of(&schema, &Facts::of(&shop::SHOP)));
    for (rust, sql) in run {
        assert_eq!(documented.get(rust), Some(&sql), "`{rust}`");
    }
    Ok(())
}

#[tokio::test]
async fn the_statements_of_children_find_the_owner_through_their_parent() -> TestResult {
    let schema = orders::ORDERS.schema()?;
    let database = loaded(&schema, "statements")?;
    let url = database.url();
    let db = Db::builder(&url).schema(&orders::ORDERS).connect().await?;
    let me = db.scope(orders::UserId::from(Uuid::nil()));
    let item = orders::OrderItem::get(orders::OrderItemId::from(Uuid::nil()));
    let documented = documented(&Document::of(&schema, &Facts::of(&orders::ORDERS)));
    assert_eq!(
        documented.get("OrderItem::get(id)"),
        Some(&item.to_sql(&me)?)
    );
    Ok(())
}

/// The statements of a document, by their calls.
fn documented(document: &Document) -> BTreeMap<String, String> {
    let queries = document.tables.iter().flat_map(|table| &table.queries);
    queries
        .map(|query| (query.rust.clone(), query.sql.clone()))
        .collect()
}
