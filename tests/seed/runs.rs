//! Three schemas, each seeded twice.

use freehold::prelude::*;
use freehold::seed::{Seed, rows};
use sqlx::{Connection as _, PgConnection};

use crate::schemas::orders::{self, ORDERS};
use crate::schemas::shop::{NewProduct, SHOP};
use crate::schemas::tasks::{self, TASKS};
use crate::{ROLES, TestResult, apply, counts, created, message, seed, written};

#[tokio::test]
async fn the_shop_is_seeded_once() -> TestResult {
    let _one = ROLES.lock().await;
    let database = created("seed_shop", &SHOP)?;
    let first = apply(&database, &seed::shop()).await?;
    let tables = [
        ("products", 2),
        ("users", 1),
        ("addresses", 1),
        ("orders", 1),
        ("order_items", 2),
    ];
    let inserted: Vec<_> = tables
        .iter()
        .map(|(name, rows)| (*name, *rows, 0, 0))
        .collect();
    assert_eq!(counts(&first), inserted);
    let user = "SELECT user_id = (SELECT id FROM users) FROM order_items LIMIT 1";
    assert_eq!(database.psql(user)?, "t", "the items have the owner");

    let before: Vec<_> = tables
        .iter()
        .map(|(name, _)| written(&database, name))
        .collect();
    let second = apply(&database, &seed::shop()).await?;
    let unchanged: Vec<_> = tables
        .iter()
        .map(|(name, rows)| (*name, 0, 0, *rows))
        .collect();
    assert_eq!(counts(&second), unchanged);
    for ((name, _), before) in tables.iter().zip(before) {
        assert_eq!(written(&database, name)?, before?, "rows of `{name}`");
    }
    Ok(())
}

#[tokio::test]
async fn a_row_is_changed_only_if_that_is_asked_for() -> TestResult {
    let _one = ROLES.lock().await;
    let database = created("seed_updates", &SHOP)?;
    apply(&database, &seed::shop()).await?;
    let lamp = |price| {
        [NewProduct {
            sku: "LAMP-1".into(),
            name: "Lamp".into(),
            price,
        }]
    };
    let keeping = Seed::new(&SHOP).without_owner(rows(lamp(1)));
    assert_eq!(
        counts(&apply(&database, &keeping).await?),
        [("products", 0, 0, 1)]
    );
    let updating = Seed::new(&SHOP).without_owner(rows(lamp(5_000)).updating());
    assert_eq!(
        counts(&apply(&database, &updating).await?),
        [("products", 0, 1, 0)]
    );
    let lamp = "SELECT name || ' ' || price FROM products WHERE sku = 'LAMP-1'";
    assert_eq!(database.psql(lamp)?, "Lamp 5000");
    let before = written(&database, "products")?;
    assert_eq!(
        counts(&apply(&database, &updating).await?),
        [("products", 0, 0, 1)]
    );
    assert_eq!(written(&database, "products")?, before);
    Ok(())
}

#[tokio::test]
async fn the_administrator_of_the_schema_seeds_it_and_others_do_not() -> TestResult {
    let _one = ROLES.lock().await;
    let database = created("seed_roles", &SHOP)?;
    for (role, may) in [
        ("shop_owner", false),
        ("shop_app", false),
        ("shop_admin", true),
    ] {
        let mut connection = PgConnection::connect(&database.url()).await?;
        let become_role = format!("SET ROLE {role}");
        sqlx::query(sqlx::AssertSqlSafe(become_role))
            .execute(&mut connection)
            .await?;
        let found = message(seed::shop().apply(&mut connection).await);
        let is_refused = found.contains(&format!("`{role}` is under row-level security"));
        assert_eq!(is_refused, !may, "{role}: {found}");
    }
    Ok(())
}

#[tokio::test]
async fn a_dry_run_shows_the_statements_and_writes_nothing() -> TestResult {
    let _one = ROLES.lock().await;
    let database = created("seed_dry", &SHOP)?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let report = seed::shop().dry_run(&mut connection).await?;
    assert_eq!(counts(&report)[0], ("products", 2, 0, 0));
    let user = report.statements().iter().find(|it| it.table() == "users");
    let user = user.ok_or("no statement for the user")?;
    assert!(
        user.sql().starts_with("INSERT INTO users"),
        "{}",
        user.sql()
    );
    assert!(
        user.sql().ends_with("ON CONFLICT (id) DO NOTHING"),
        "{}",
        user.sql()
    );
    let value = |name: &str| {
        let mut values = user.values().iter();
        values
            .find(|(column, _)| column == name)
            .map(|(_, value)| value.as_str())
    };
    assert_eq!(value("email"), Some("'ada@example.com'"));
    assert_eq!(value("password_hash"), Some("(secret)"));
    assert_eq!(value("id"), Some("'00000000-0000-0000-0000-000000000ada'"));
    assert_eq!(database.psql("SELECT count(*) FROM users")?, "0");
    Ok(())
}

fn task_of(owner: u128, id: u128, title: &str) -> Seed {
    let new = tasks::NewTask {
        title: title.into(),
    };
    let task = tasks::Task::insert(new).set(|t| {
        (
            t.id.to(tasks::TaskId::from(Uuid::from_u128(id))),
            t.status.to(tasks::TaskStatus::InProgress),
        )
    });
    let owner = tasks::UserId::from(Uuid::from_u128(owner));
    let user = tasks::NewUser {
        email: format!("{id}@example.com"),
    };
    // The rows of the referenced table come later: their order is that of the references.
    Seed::new(&TASKS)
        .of_owner(owner, rows([task]))
        .of_owner(owner, rows([user]))
}

#[tokio::test]
async fn the_tasks_are_seeded_once() -> TestResult {
    let database = created("seed_tasks", &TASKS)?;
    let seed = task_of(1, 2, "water the plants");
    assert_eq!(
        counts(&apply(&database, &seed).await?),
        [("users", 1, 0, 0), ("tasks", 1, 0, 0)]
    );
    let before = written(&database, "tasks")?;
    assert_eq!(
        counts(&apply(&database, &seed).await?),
        [("users", 0, 0, 1), ("tasks", 0, 0, 1)]
    );
    assert_eq!(written(&database, "tasks")?, before);
    assert_eq!(database.psql("SELECT status FROM tasks")?, "in_progress");
    Ok(())
}

#[tokio::test]
async fn a_refused_row_is_named_and_leaves_no_row() -> TestResult {
    let database = created("seed_refused", &TASKS)?;
    let found = message(apply(&database, &task_of(1, 2, "  ")).await);
    let row = "row 1 of `tasks` (id = '00000000-0000-0000-0000-000000000002')";
    assert!(
        found.contains(row) && found.contains("title_not_empty"),
        "{found}"
    );
    assert_eq!(database.psql("SELECT count(*) FROM users")?, "0");
    Ok(())
}

fn order(owner: u128, id: u128, address: u128) -> Seed {
    let uuid = Uuid::from_u128;
    let new = orders::NewOrder {
        total_amount: Decimal::new(14_999, 2),
        shipping_address_id: uuid(address).into(),
        payment_method_id: uuid(4).into(),
    };
    let order = orders::Order::insert(new).set(|o| o.id.to(orders::OrderId::from(uuid(id))));
    let owner = orders::UserId::from(uuid(owner));
    Seed::new(&ORDERS)
        .of_owner(owner, rows([orders::NewUser {}]))
        .without_owner(rows([orders::Address::insert(orders::NewAddress {})
            .set(|a| a.id.to(orders::AddressId::from(uuid(3))))]))
        .without_owner(rows([orders::PaymentMethod::insert(
            orders::NewPaymentMethod {},
        )
        .set(|m| m.id.to(orders::PaymentMethodId::from(uuid(4))))]))
        .of_owner(owner, rows([order]))
}

/// An item of an order, whose owner is that of the order.
fn item(owner: u128, order: u128) -> Seed {
    let uuid = Uuid::from_u128;
    let new = orders::NewOrderItem {
        order_id: uuid(order).into(),
        product_id: uuid(5).into(),
        quantity: 2,
        price: Decimal::new(7_499, 2),
    };
    let item = orders::OrderItem::insert(new).set(|i| i.id.to(orders::OrderItemId::from(uuid(6))));
    Seed::new(&ORDERS)
        .without_owner(rows([orders::Product::insert(orders::NewProduct {})
            .set(|p| p.id.to(orders::ProductId::from(uuid(5))))]))
        .of_owner(orders::UserId::from(uuid(owner)), rows([item]))
}

#[tokio::test]
async fn the_orders_are_seeded_once() -> TestResult {
    let database = created("seed_orders", &ORDERS)?;
    for (run, expected) in [("first", (1, 0, 0)), ("second", (0, 0, 1))] {
        for seed in [order(1, 2, 3), item(1, 2)] {
            let report = apply(&database, &seed).await?;
            for (table, inserted, updated, unchanged) in counts(&report) {
                assert_eq!((inserted, updated, unchanged), expected, "{run}: {table}");
            }
        }
    }
    let total = "SELECT total_amount || ' ' || price FROM orders, order_items";
    assert_eq!(database.psql(total)?, "149.99 74.99");
    Ok(())
}

#[tokio::test]
async fn a_row_of_another_owner_is_not_referenced() -> TestResult {
    let database = created("seed_other", &ORDERS)?;
    apply(&database, &order(1, 2, 3)).await?;
    apply(&database, &order(7, 8, 3)).await?;
    let found = message(apply(&database, &item(7, 2)).await);
    assert!(found.contains("row 1 of `order_items`"), "{found}");
    assert_eq!(database.psql("SELECT count(*) FROM order_items")?, "0");
    let found = message(apply(&database, &order(1, 9, 99)).await);
    assert!(found.contains("row 1 of `orders`"), "{found}");
    Ok(())
}
