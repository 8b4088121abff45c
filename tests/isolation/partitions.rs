//! Queries of partitions themselves: PostgreSQL does not apply the policies of their table.

use freehold::{Month, Postgres};

use crate::TestResult;
use crate::shop::{A, B, DENIED, Shop, refused, rows};

#[test]
fn a_declared_partition_is_out_of_reach() -> TestResult {
    closed(&Shop::open()?, "order_events_2026_01")
}

#[test]
fn the_default_partition_is_out_of_reach() -> TestResult {
    closed(&Shop::open()?, "order_events_default")
}

#[test]
fn a_planned_partition_is_out_of_reach() -> TestResult {
    let shop = Shop::open()?;
    let first = Month::new(2026, 2).ok_or("February is a month")?;
    let plan = Shop::schema()?.plan_monthly_partitions(&Postgres, "order_events", first, 1)?;
    shop.change(&plan)?;
    shop.change(&events_in("'2026-02-03'"))?;
    closed(&shop, "order_events_2026_02")
}

#[test]
fn a_partition_that_the_database_created_is_out_of_reach() -> TestResult {
    const NEXT_MONTH: &str = "date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month'";
    let shop = Shop::open()?;
    shop.change("SET ROLE shop_owner; SELECT create_order_event_partitions()")?;
    shop.change(&events_in(&format!("({NEXT_MONTH}) AT TIME ZONE 'UTC'")))?;
    let name = shop.truth(&format!(
        "SELECT 'order_events' || to_char({NEXT_MONTH}, '_YYYY_MM')"
    ));
    closed(&shop, name.first().ok_or("the partition has no name")?)
}

#[test]
fn the_application_creates_no_partition() -> TestResult {
    let shop = Shop::open()?;
    let make = "SELECT create_order_event_partitions()";
    shop.holds(make, &refused(DENIED), "A makes tables");
    shop.change("GRANT EXECUTE ON FUNCTION create_order_event_partitions TO shop_app")?;
    shop.holds(
        make,
        &refused(DENIED),
        "A makes tables in the schema of the shop",
    );
    shop.falls(
        "ALTER FUNCTION create_order_event_partitions SECURITY DEFINER RESET role",
        make,
        &rows([]),
    )
}

fn events_in(month: &str) -> String {
    format!(
        "INSERT INTO order_events (user_id, order_id, status, created_at) VALUES
            (:'a', :'a_order', 'shipped', {month}), (:'b', :'b_order', 'shipped', {month})"
    )
}

/// Two defences: no role has a right on a partition, and even with a right it returns no row. The table itself returns
/// the rows.
fn closed(shop: &Shop, partition: &str) -> TestResult {
    let read = format!("SELECT user_id FROM {partition} ORDER BY 1");
    let through_table = format!(
        "SELECT user_id FROM order_events WHERE tableoid = '{partition}'::regclass ORDER BY 1"
    );
    let leak = format!("`{partition}` shows the events of B");
    shop.holds(&through_table, &rows([A]), &leak);
    shop.holds(&read, &refused(DENIED), &leak);
    let insert = format!(
        "INSERT INTO {partition} SELECT user_id, gen_random_uuid(), order_id, status, note, created_at FROM order_events"
    );
    shop.holds(&insert, &refused(DENIED), &leak);

    shop.change(&format!("GRANT ALL ON {partition} TO shop_app"))?;
    shop.holds(&read, &rows([]), &leak);
    shop.holds(
        &format!("UPDATE {partition} SET note = 'taken' RETURNING note"),
        &rows([]),
        &leak,
    );
    let removal = format!("ALTER TABLE {partition} DISABLE ROW LEVEL SECURITY");
    shop.falls(&removal, &read, &rows([A, B]))
}
