//! Triggers, constraints and partitions.

use freehold::operations::Severity::{Error, Warning};

use crate::TestResult;
use crate::case::{Shop, case, planted, planted_for_people};

#[test]
fn a_disabled_trigger_is_found() -> TestResult {
    planted(
        &case("trigger_disabled")?,
        "ALTER TABLE orders DISABLE TRIGGER set_orders_updated_at",
        Warning,
        "public.orders.set_orders_updated_at",
        "ALTER TABLE public.orders ENABLE TRIGGER set_orders_updated_at",
    )
}

#[test]
fn a_foreign_key_whose_triggers_are_disabled_is_found() -> TestResult {
    planted(
        &case("trigger_disabled")?,
        "CREATE TABLE parents (id bigint PRIMARY KEY); CREATE TABLE children (id bigint PRIMARY KEY REFERENCES parents); \
         ALTER TABLE children DISABLE TRIGGER ALL",
        Error,
        "public.children.children_id_fkey",
        "ALTER TABLE public.children ENABLE TRIGGER ALL",
    )
}

#[test]
fn a_constraint_that_is_not_validated_is_found() -> TestResult {
    planted(
        &case("constraint_not_valid")?,
        "ALTER TABLE orders ADD CONSTRAINT small CHECK (number < 1000000) NOT VALID",
        Warning,
        "public.orders.small",
        "ALTER TABLE public.orders VALIDATE CONSTRAINT small",
    )
}

/// The partitions of the shop end in the past, on purpose: its documents must not change with the date.
#[test]
fn a_table_whose_partitions_end_is_found() -> TestResult {
    let shop = Shop::open()?;
    let case = case("partition_running_out")?;
    let finding = case.found(&shop, Warning, "public.order_events")?;
    assert!(
        finding.message.contains("default partition"),
        "{}",
        finding.message
    );
    assert!(
        finding.fix.contains("monthly_partitions"),
        "{}",
        finding.fix
    );
    shop.database.psql("CREATE TABLE later PARTITION OF order_events FOR VALUES FROM ('2026-02-01') TO ('2099-01-01')")?;
    case.expect_none(&shop, "with a partition for later rows")?;
    shop.database.psql(
        "CREATE TABLE days (id bigint, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day); \
         CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2020-01-01') TO ('2020-01-02')",
    )?;
    case.found(&shop, Error, "public.days")?;
    Ok(())
}

#[test]
fn a_default_partition_with_rows_is_found() -> TestResult {
    planted_for_people(
        &case("default_partition_has_rows")?,
        "CREATE TABLE days (id bigint, PRIMARY KEY (id)) PARTITION BY LIST (id); \
         CREATE TABLE other_days PARTITION OF days DEFAULT; INSERT INTO days VALUES (1)",
        Warning,
        "public.other_days",
        "detach `public.other_days`",
    )
}
