//! Rows that look like those of an application: what names, types and references say about values.

use freehold::fake::Fakes;
use freehold::prelude::*;
use freehold_test_support::Database;

use crate::TestResult;
use crate::facts::named;
use crate::runs::{ROLES, filled};
use crate::schemas::shop::SHOP;

#[derive(Table)]
#[table(name = members, owner, allow(timestamps, uuid_key))]
pub struct Member {
    #[column(primary_key, identity)]
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    #[column(unique)]
    pub email: String,
    pub contact_name: String,
    pub contact_email: String,
    // Without their attributes, the names alone say what these are.
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = items, shared, allow(timestamps))]
pub struct Item {
    #[column(primary_key)]
    pub id: Uuid,
    pub title: String,
    #[column(numeric(10, 2))]
    pub price: Decimal,
}

schema!(pub MEMBERS = [Member, Item], isolation = predicate);

fn none(database: &Database, what: &str, rows: &str) -> TestResult {
    let count = database.psql(&format!("SELECT count(*) FROM {rows}"))?;
    assert_eq!(count, "0", "{what}");
    Ok(())
}

#[tokio::test]
async fn a_row_is_created_after_those_that_it_references() -> TestResult {
    let _one = ROLES.lock().await;
    let fakes = Fakes::new(&SHOP).rows(2_000).owners(50);
    let (database, _) = filled("plausible_times", &fakes, &SHOP).await?;
    for (child, parent) in [
        ("orders", "addresses"),
        ("order_items", "orders"),
        ("order_items", "products"),
        ("order_events", "orders"),
        ("addresses", "users"),
    ] {
        let table = named(&SHOP, child).ok_or(child)?;
        let key = table
            .foreign_keys
            .iter()
            .find(|key| key.target().table.name == parent);
        let key = key.ok_or(parent)?;
        let (own, theirs) = (key.columns[key.columns.len() - 1], key.target().column);
        let early = format!(
            "{child} AS c JOIN {parent} AS p ON c.{own} = p.{theirs} WHERE c.created_at < p.created_at"
        );
        none(&database, &format!("{child} before {parent}"), &early)?;
    }
    Ok(())
}

/// Each order has as many rows as it can have, if there are enough.
#[tokio::test]
async fn each_row_is_referenced_if_there_are_enough_rows() -> TestResult {
    let _one = ROLES.lock().await;
    let fakes = Fakes::new(&SHOP)
        .rows(1_000)
        .owners(10)
        .table("orders", 300);
    let (database, _) = filled("plausible_parents", &fakes, &SHOP).await?;
    for child in ["order_items", "order_events"] {
        let without = format!(
            "orders AS o WHERE NOT EXISTS (SELECT FROM {child} AS c WHERE c.order_id = o.id)"
        );
        none(&database, &format!("orders without {child}"), &without)?;
    }
    let products = "SELECT count(DISTINCT product_id) > 500 FROM order_items";
    assert_eq!(
        database.psql(products)?,
        "t",
        "the items are of many products"
    );
    Ok(())
}

#[tokio::test]
async fn the_columns_of_a_person_agree() -> TestResult {
    let fakes = Fakes::new(&MEMBERS).rows(200).owners(200);
    let (database, _) = filled("plausible_people", &fakes, &MEMBERS).await?;
    let plain = |text: &str| format!("regexp_replace(lower({text}), '[^a-z0-9.]', '', 'g')");
    let (member, contact) = (
        plain("first_name || '.' || last_name"),
        plain("replace(contact_name, ' ', '.')"),
    );
    let differ = format!("members WHERE email NOT LIKE {member} || '.%@example.com'");
    none(&database, "an email of another person", &differ)?;
    let differ = format!("members WHERE contact_email <> {contact} || '@example.com'");
    none(&database, "an email of another contact", &differ)?;
    let same =
        "SELECT count(*) < 20 FROM members WHERE contact_name = first_name || ' ' || last_name";
    assert_eq!(database.psql(same)?, "t", "an contact is another person");
    Ok(())
}

#[tokio::test]
async fn times_are_in_order_by_their_names_and_some_rows_are_deleted() -> TestResult {
    let fakes = Fakes::new(&MEMBERS).rows(300).owners(300);
    let (database, _) = filled("plausible_deleted", &fakes, &MEMBERS).await?;
    let wrong = "members WHERE updated_at < created_at OR deleted_at < created_at";
    none(
        &database,
        "a row that is changed before it is created",
        wrong,
    )?;
    let deleted = database.psql("SELECT count(deleted_at) FROM members")?;
    assert!(
        (10..150).contains(&deleted.parse::<i32>()?),
        "{deleted} of 300 are deleted"
    );
    Ok(())
}

#[tokio::test]
async fn goods_have_names_and_prices_of_goods() -> TestResult {
    let (database, _) =
        filled("plausible_goods", &Fakes::new(&MEMBERS).rows(200), &MEMBERS).await?;
    let odd = "items WHERE (price * 100)::int % 100 NOT IN (99, 95, 50, 0)";
    none(&database, "a price that no shop has", odd)?;
    let lorem = "items WHERE title ~ ' (et|omnis|est|qui|quo)$' OR title !~ '^[A-Z]'";
    none(&database, "a title in Latin", lorem)?;
    Ok(())
}
