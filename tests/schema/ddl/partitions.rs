use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines};

#[derive(SqlEnum)]
enum Region {
    Eu,
    Us,
    Asia,
}

#[derive(Table)]
#[table(name = events, schema = log, shared, allow(timestamps), primary_key(id, year, month))]
#[table(partition_by = range(year, month), index(month))]
#[table(partition(name = events_old, from(minvalue, minvalue), to(2025, 1)))]
#[table(partition(name = "Events 2025", from(2025, 1), to(2026, maxvalue)))]
#[table(partition(name = events_rest, default))]
struct Event {
    id: Uuid,
    year: i32,
    month: i32,
}

#[derive(Table)]
#[table(name = orders, shared, allow(timestamps), primary_key(id, region), partition_by = list(region))]
#[table(partition(name = orders_west, in(Region::Eu, Region::Us)))]
#[table(partition(name = orders_east, in("asia")))]
struct Order {
    id: Uuid,
    region: Region,
}

#[derive(Table)]
#[table(name = clicks, shared, allow(timestamps), partition_by = hash(id))]
#[table(partition(name = clicks_0, modulus = 2, remainder = 0))]
#[table(partition(name = clicks_1, modulus = 2, remainder = 1))]
struct Click {
    #[column(primary_key)]
    id: Uuid,
}

schema!(PARTITIONED = [Event, Order, Click]);

#[test]
fn a_partition_accepts_what_its_attribute_declares() -> TestResult {
    let database = database_with(&PARTITIONED)?;
    let partitions = lines(
        &database,
        "SELECT inhparent::regclass || ' ' || inhrelid::regclass || ' ' || pg_get_expr(relpartbound, inhrelid)
         FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE relkind = 'r'
         ORDER BY inhparent::regclass::text COLLATE \"C\", inhrelid::regclass::text COLLATE \"C\"",
    )?;
    assert_eq!(
        partitions,
        [
            "clicks clicks_0 FOR VALUES WITH (modulus 2, remainder 0)",
            "clicks clicks_1 FOR VALUES WITH (modulus 2, remainder 1)",
            "log.events log.\"Events 2025\" FOR VALUES FROM (2025, 1) TO (2026, MAXVALUE)",
            "log.events log.events_old FOR VALUES FROM (MINVALUE, MINVALUE) TO (2025, 1)",
            "log.events log.events_rest DEFAULT",
            "orders orders_east FOR VALUES IN ('asia')",
            "orders orders_west FOR VALUES IN ('eu', 'us')",
        ]
    );
    Ok(())
}

#[test]
fn down_drops_the_partitions() -> TestResult {
    assert_down_leaves_nothing(&PARTITIONED)
}
