//! The queries of `examples/seed-queries`, with a million rows in each table: PostgreSQL's plan must use the intended
//! index.

use std::error::Error;

use freehold::prelude::*;
use freehold_test_support::{Database, Server};

use crate::TestResult;

#[path = "../../examples/seed-queries/patterns.rs"]
mod patterns;

/// Creates the function for ids, and disables foreign keys, which do not matter here.
const BEFORE: &str = "
SET session_replication_role = replica;
CREATE FUNCTION id(of bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(of), 12, '0'))::uuid $$;
";

const ORDERS: &str = "
INSERT INTO users (id) SELECT id(n) FROM generate_series(0, 9999) AS n;
INSERT INTO orders (id, user_id, status, total_amount, shipping_address_id, payment_method_id, created_at)
    SELECT id(n), id(n % 10000), (ARRAY['pending', 'processing', 'shipped', 'delivered', 'cancelled'])[n / 10000 % 5 + 1],
        n % 1000, id(0), id(0), now() - n * interval '1 minute'
    FROM generate_series(0, 999999) AS n;
INSERT INTO order_items (id, order_id, product_id, quantity, price)
    SELECT id(n), id(n), id(0), 1, 1 FROM generate_series(0, 999999) AS n;
ANALYZE;";

const TASKS: &str = "
INSERT INTO users (id, email) SELECT id(n), n || '@example.com' FROM generate_series(0, 9999) AS n;
INSERT INTO tasks (id, user_id, title, status, due_date, created_at)
    SELECT id(n), id(n % 10000), 'task ' || n, (ARRAY['todo', 'in_progress', 'done'])[n / 10000 % 3 + 1]::task_status,
        current_date + (n / 10000) % 60 - 5, now() - n * interval '1 minute'
    FROM generate_series(0, 999999) AS n;
ANALYZE;";

const ECOMMERCE: &str = "
INSERT INTO users (id, email, password_hash, first_name, last_name, created_at)
    SELECT id(n), n || '@example.com', repeat('x', 60), 'A', 'B', now() - n * interval '1 minute' FROM generate_series(0, 999999) AS n;
INSERT INTO orders (id, customer_id, order_number, status, subtotal, total, shipping_address_id, billing_address_id, created_at)
    SELECT id(n), id(n % 10000), 'N' || n,
        (CASE WHEN n % 100 = 0 THEN 'shipped' ELSE 'delivered' END)::order_status, 1, 1, id(0), id(0), now() - n * interval '1 minute'
    FROM generate_series(0, 999999) AS n;
INSERT INTO order_items (id, order_id, product_id, quantity, unit_price, line_total)
    SELECT id(n), id(n), id(n % 5000), 1, 1, 1 FROM generate_series(0, 999999) AS n;
INSERT INTO payments (id, order_id, payment_method_id, amount, status, created_at)
    SELECT id(n), id(n), id(0), 1, (CASE WHEN n % 100 = 0 THEN 'failed' ELSE 'succeeded' END)::payment_status, now() - n * interval '1 minute'
    FROM generate_series(0, 999999) AS n;
INSERT INTO inventory (id, product_id, quantity_on_hand, reorder_point)
    SELECT id(n), id(n), n % 10000, 20 FROM generate_series(0, 999999) AS n;
INSERT INTO audit_logs (id, user_id, entity_type, entity_id, action, created_at)
    SELECT id(n), id(n % 10000), 'order', id(n % 50000), 'update', '2024-01-01'::timestamptz + n * interval '2 seconds'
    FROM generate_series(0, 999999) AS n;
ANALYZE;";

/// A database with a million rows in each table, and a connection to it.
async fn filled(
    schema: &'static freehold::SchemaDef,
    rows: &str,
) -> Result<(Database, Db), Box<dyn Error>> {
    let database = Server::shared().create_database("seed_queries")?;
    Db::setup(schema, &database.url()).await?;
    database.psql(&format!("{BEFORE}{rows}"))?;
    let db = Db::builder(&database.url())
        .schema(schema)
        .connect()
        .await?;
    Ok((database, db))
}

/// The id that `id(of)` returns.
fn id(of: u64) -> Uuid {
    let text = format!("00000000-0000-4000-8000-{of:012x}");
    Uuid::parse_str(&text).unwrap_or_default()
}

/// Asserts that the plan reads the table by the index.
macro_rules! uses {
    ($index:literal, $executor:expr, $statement:expr) => {{
        let plan = $statement.explain($executor).await?;
        assert!(
            plan.contains($index),
            "{} does not use `{}`:\n{plan}",
            stringify!($statement),
            $index
        );
        assert!(
            !plan.contains("Seq Scan"),
            "{} reads a whole table:\n{plan}",
            stringify!($statement)
        );
    }};
}

#[tokio::test]
async fn queries_of_orders_use_their_indexes() -> TestResult {
    use crate::schemas::orders::{ORDERS as SCHEMA, OrderStatus, UserId};
    use patterns::orders::{order_with_items, orders_by_status, page_of_orders_by_status};
    let (_database, db) = filled(&SCHEMA, ORDERS).await?;
    let me = db.scope(UserId::from(id(7)));
    uses!("pk_orders", &me, order_with_items(id(7).into()));
    uses!(
        "idx_order_items_order_id",
        &me,
        order_with_items(id(7).into())
    );
    uses!(
        "idx_orders_user_status",
        &me,
        orders_by_status(OrderStatus::Pending, 20, 20)
    );
    uses!(
        "idx_orders_user_status",
        &me,
        page_of_orders_by_status(OrderStatus::Pending, 20)
    );
    let (_, items) = order_with_items(id(7).into())
        .fetch_optional(&me)
        .await?
        .ok_or("no order")?;
    assert_eq!(items.len(), 1);
    assert_eq!(
        orders_by_status(OrderStatus::Pending, 100, 0)
            .fetch_all(&me)
            .await?
            .len(),
        20
    );
    Ok(())
}

#[tokio::test]
async fn queries_of_tasks_use_their_indexes() -> TestResult {
    use crate::schemas::tasks::{TASKS as SCHEMA, TaskStatus, UserId};
    use patterns::tasks::{all_tasks, overdue_tasks, tasks_by_status};
    let (_database, db) = filled(&SCHEMA, TASKS).await?;
    let me = db.scope(UserId::from(id(7)));
    uses!("idx_tasks_user", &me, all_tasks());
    uses!(
        "idx_tasks_user_status",
        &me,
        tasks_by_status(TaskStatus::Todo)
    );
    uses!(
        "idx_tasks_user_due_date",
        &me,
        overdue_tasks(Utc::now().date_naive())
    );
    assert_eq!(all_tasks().fetch_all(&me).await?.len(), 100);
    Ok(())
}

#[tokio::test]
async fn queries_of_the_shop_use_their_indexes() -> TestResult {
    use crate::schemas::ecommerce::{AuditEntityType, ECOMMERCE as SCHEMA, OrderStatus, UserId};
    use patterns::ecommerce::*;
    let (_database, db) = filled(&SCHEMA, ECOMMERCE).await?;
    let me = db.scope(UserId::from(id(7)));
    let admin = db.unscoped("explains the queries");
    let hour = Utc::now() - TimeDelta::hours(1);
    let january = |day: u32| {
        let day = NaiveDate::from_ymd_opt(2024, 1, day).and_then(|day| day.and_hms_opt(0, 0, 0));
        day.map(|day| day.and_utc()).unwrap_or_default()
    };
    uses!("uq_users_email", &admin, user_by_email("7@example.com"));
    uses!("users_created_at", &admin, users_created_since(hour));
    uses!("orders_customer_created", &me, orders_of_user());
    uses!(
        "orders_status",
        &admin,
        orders_by_status(OrderStatus::Shipped)
    );
    uses!("uq_orders_order_number", &me, order_by_number("N7"));
    uses!("orders_customer_created", &me, count_of_orders_since(hour));
    uses!("order_items_order_id", &me, items_of_order(id(7).into()));
    uses!(
        "order_items_product_id",
        &admin,
        count_of_orders_of_product(id(7).into())
    );
    uses!(
        "uq_inventory_product_id",
        &me,
        stock_of_product(id(7).into())
    );
    uses!("inventory_quantity_available", &admin, low_stock(20));
    // The partial index over successful payments is smaller than `payments_order_status`, and as good.
    uses!(
        "payments_one_success",
        &me,
        successful_payment(id(7).into())
    );
    uses!("payments_status_created", &admin, failed_payments(50));
    uses!(
        "user_id_created_at",
        &admin,
        actions_of_user(UserId::from(id(7)))
    );
    uses!(
        "entity_type_entity_id_created_at",
        &admin,
        history_of(AuditEntityType::Order, id(7))
    );
    let plan = entries_between(january(2), january(3))
        .explain(&admin)
        .await?;
    assert!(plan.contains("audit_logs_2024_01"), "{plan}");
    assert_eq!(orders_of_user().fetch_all(&me).await?.len(), 100);
    assert_eq!(failed_payments(50).fetch_all(&admin).await?.len(), 50);
    Ok(())
}
