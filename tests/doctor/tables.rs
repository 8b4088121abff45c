//! Tables.

use freehold::operations::Severity::{Advice, Warning};

use crate::TestResult;
use crate::case::{case, planted, planted_for_people};

/// A table that no autovacuum changes while a test runs.
const ITEMS: &str = "CREATE TABLE items (id bigint PRIMARY KEY, a text) WITH (autovacuum_enabled = off); \
    INSERT INTO items SELECT n, repeat('x', 100) FROM generate_series(1, 20000) n;";

#[test]
fn a_table_over_its_volume_is_found() -> TestResult {
    planted_for_people(
        &case("table_over_volume")?.limit("times", 0.000_01)?,
        "INSERT INTO users (email, password_hash, name) VALUES ('a@example.com', 'x', 'A'); ANALYZE users",
        Warning,
        "public.users",
        "volume(rows = 1, ..)",
    )
}

#[test]
fn a_table_with_empty_pages_is_found() -> TestResult {
    planted(
        &case("table_bloat")?.limit("bytes", 1_000_000.0)?,
        &format!("{ITEMS} DELETE FROM items WHERE id % 4 > 0; VACUUM ANALYZE items"),
        Advice,
        "public.items",
        "VACUUM (FULL) public.items",
    )
}

#[test]
fn a_table_that_is_read_without_an_index_is_found() -> TestResult {
    planted_for_people(
        &case("seq_scan_large")?
            .limit("days", 0.0)?
            .limit("rows", 1_000.0)?
            .limit("times", 2.0)?,
        &format!(
            "{ITEMS} SELECT count(*) FROM items WHERE a = '1'; SELECT count(*) FROM items WHERE a = '2'; SELECT count(*) FROM items WHERE a = '3'"
        ),
        Warning,
        "public.items",
        "statement_slow",
    )
}

#[test]
fn dead_rows_are_found() -> TestResult {
    planted(
        &case("dead_rows")?,
        &format!("{ITEMS} DELETE FROM items WHERE id % 4 > 0; ANALYZE items"),
        Warning,
        "public.items",
        "VACUUM public.items",
    )
}

#[test]
fn a_table_that_was_never_analyzed_is_found() -> TestResult {
    planted(
        &case("never_analyzed")?,
        ITEMS,
        Warning,
        "public.items",
        "ANALYZE public.items",
    )
}

#[test]
fn a_table_without_autovacuum_is_found() -> TestResult {
    planted(
        &case("autovacuum_off")?,
        ITEMS,
        Warning,
        "public.items",
        "ALTER TABLE public.items RESET (autovacuum_enabled)",
    )
}

#[test]
fn an_unlogged_table_is_found() -> TestResult {
    planted(
        &case("unlogged_table")?,
        "CREATE UNLOGGED TABLE items (id bigint PRIMARY KEY)",
        Warning,
        "public.items",
        "ALTER TABLE public.items SET LOGGED",
    )
}

#[test]
fn a_table_without_a_primary_key_is_found() -> TestResult {
    planted_for_people(
        &case("no_primary_key")?,
        "CREATE TABLE items (id bigint) PARTITION BY LIST (id); CREATE TABLE items_1 PARTITION OF items FOR VALUES IN (1)",
        Advice,
        "public.items",
        "#[column(primary_key)]",
    )
}
