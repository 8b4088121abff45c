//! The queries that the schemas of `examples/schemas` are made for, each as a typed call, run on a temporary
//! PostgreSQL server: `cargo run --example seed-queries --features testing`.
//!
//! Start with `patterns.rs`, which holds the queries. `tests/schema/seed_queries.rs` proves which index serves each of
//! them, on a million rows.

#![allow(missing_docs, dead_code, unreachable_pub, clippy::print_stdout)] // This is an example.

use std::error::Error;

use freehold::prelude::*;
use freehold::testing::TestDatabase;
use freehold_test_support::Server;

mod patterns;
#[path = "../schemas/mod.rs"]
mod schemas;

use patterns::{ecommerce, orders, tasks};

/// Runs a statement, and prints its SQL and the number of its rows.
macro_rules! show {
    ($executor:expr, $statement:expr) => {
        show!($executor, $statement, fetch_all)
    };
    ($executor:expr, $statement:expr, $verb:ident) => {{
        let sql = $statement.to_sql($executor)?;
        let rows = $statement.$verb($executor).await?.into_iter().count();
        println!("{}: {rows} rows\n   {sql}", stringify!($statement));
    }};
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let admin_url = format!(
        "postgres://postgres@127.0.0.1:{}/postgres",
        Server::shared().port()
    );
    orders(&admin_url).await?;
    tasks(&admin_url).await?;
    ecommerce(&admin_url).await
}

async fn orders(admin_url: &str) -> Result<(), Box<dyn Error>> {
    use schemas::orders::{ORDERS, OrderItem, OrderStatus, UserId};
    let database = TestDatabase::new(&ORDERS, admin_url).await?;
    let user = UserId::from(Uuid::from_u128(1));
    let me = database.db().scope(user);
    let item: OrderItem = database.factory().await?.row(&user).await?;
    let (_, items) = orders::order_with_items(item.order_id)
        .fetch_optional(&me)
        .await?
        .ok_or("the order is not there")?;
    println!(
        "orders::order_with_items(item.order_id): {} items",
        items.len()
    );
    show!(&me, orders::orders_by_status(OrderStatus::Pending, 20, 0));
    let page = orders::page_of_orders_by_status(OrderStatus::Pending, 20);
    println!(
        "orders::page_of_orders_by_status: {} rows",
        page.fetch_page(&me).await?.rows.len()
    );
    Ok(())
}

async fn tasks(admin_url: &str) -> Result<(), Box<dyn Error>> {
    use schemas::tasks::{TASKS, Task, TaskStatus, UserId};
    let database = TestDatabase::new(&TASKS, admin_url).await?;
    let user = UserId::from(Uuid::from_u128(1));
    let me = database.db().scope(user);
    let _: Task = database.factory().await?.row(&user).await?;
    show!(&me, tasks::all_tasks());
    show!(&me, tasks::tasks_by_status(TaskStatus::Todo));
    show!(&me, tasks::overdue_tasks(Utc::now().date_naive()));
    Ok(())
}

async fn ecommerce(admin_url: &str) -> Result<(), Box<dyn Error>> {
    use schemas::ecommerce::{
        AuditEntityType, AuditLog, ECOMMERCE, Inventory, Order, OrderItem, OrderStatus, Payment,
        UserId,
    };
    let database = TestDatabase::new(&ECOMMERCE, admin_url).await?;
    let user = UserId::from(Uuid::from_u128(1));
    let (me, admin) = (
        database.db().scope(user),
        database.db().unscoped("shows the queries"),
    );
    let mut factory = database.factory().await?;
    let item: OrderItem = factory.row(&user).await?;
    let payment: Payment = factory.row(&user).await?;
    let stock: Inventory = factory.shared_row().await?;
    let entry: AuditLog = factory.shared_row().await?;
    let order = Order::get(item.order_id).fetch_one(&me).await?;
    let midnight = Utc::now() - TimeDelta::days(1);
    show!(
        &admin,
        ecommerce::user_by_email("a@example.com"),
        fetch_optional
    );
    show!(&admin, ecommerce::users_created_since(midnight));
    show!(&me, ecommerce::orders_of_user());
    show!(&admin, ecommerce::orders_by_status(OrderStatus::Shipped));
    show!(
        &me,
        ecommerce::order_by_number(&order.order_number),
        fetch_optional
    );
    show!(&me, ecommerce::count_of_orders_since(midnight));
    show!(&me, ecommerce::items_of_order(item.order_id));
    show!(
        &admin,
        ecommerce::count_of_orders_of_product(item.product_id)
    );
    show!(
        &me,
        ecommerce::stock_of_product(stock.product_id),
        fetch_optional
    );
    show!(&admin, ecommerce::low_stock(50));
    show!(&me, ecommerce::successful_payment(payment.order_id));
    show!(&admin, ecommerce::failed_payments(50));
    show!(&admin, ecommerce::actions_of_user(user));
    show!(
        &admin,
        ecommerce::history_of(AuditEntityType::Order, entry.entity_id)
    );
    show!(&admin, ecommerce::entries_between(midnight, Utc::now()));
    Ok(())
}
