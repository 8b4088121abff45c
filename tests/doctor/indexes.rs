//! Indexes.

use freehold::operations::Severity::{Advice, Warning};

use crate::TestResult;
use crate::case::{Shop, case, planted};

const PARENT_AND_CHILD: &str = "CREATE TABLE parents (id bigint PRIMARY KEY); \
    CREATE TABLE children (id bigint PRIMARY KEY, parent_id bigint REFERENCES parents);";
const ITEMS: &str = "CREATE TABLE items (id bigint PRIMARY KEY, a text, b text);";

#[test]
fn a_foreign_key_without_an_index_is_found() -> TestResult {
    planted(
        &case("foreign_key_without_index")?,
        &format!(
            "{PARENT_AND_CHILD} INSERT INTO children SELECT n FROM generate_series(1, 10001) n; ANALYZE children; \
             CREATE INDEX ON children (parent_id) WHERE id > 5"
        ),
        Warning,
        "public.children.children_parent_id_fkey",
        "CREATE INDEX CONCURRENTLY ON public.children (parent_id)",
    )
}

#[test]
fn an_index_of_a_foreign_key_that_leaves_out_null_is_enough() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql(&format!(
        "{PARENT_AND_CHILD} CREATE INDEX ON children (parent_id) WHERE parent_id IS NOT NULL"
    ))?;
    case("foreign_key_without_index")?.expect_none(&shop, "with a partial index")
}

#[test]
fn an_invalid_index_is_found() -> TestResult {
    planted(
        &case("index_invalid")?,
        &format!(
            "{ITEMS} CREATE INDEX items_a ON items (a); \
             UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'items_a'::regclass"
        ),
        Warning,
        "public.items_a",
        "REINDEX INDEX CONCURRENTLY public.items_a",
    )
}

#[test]
fn an_index_that_is_there_twice_is_found() -> TestResult {
    planted(
        &case("index_duplicate")?,
        &format!(
            "{ITEMS} CREATE INDEX items_a ON items (a); CREATE UNIQUE INDEX items_a_key ON items (a)"
        ),
        Advice,
        "public.items_a",
        "DROP INDEX CONCURRENTLY public.items_a",
    )
}

#[test]
fn indexes_with_another_collation_order_or_condition_are_no_duplicates() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql(&format!(
        "{ITEMS} CREATE INDEX ON items (a); CREATE INDEX ON items (a COLLATE \"C\"); CREATE INDEX ON items (a text_pattern_ops); \
         CREATE INDEX ON items (a) WHERE b IS NULL; CREATE INDEX ON items (lower(a)); CREATE INDEX ON items (upper(a)); \
         CREATE INDEX ON items USING hash (a)"
    ))?;
    case("index_duplicate")?.expect_none(&shop, "of different indexes")
}

#[test]
fn an_index_that_another_one_begins_with_is_found() -> TestResult {
    planted(
        &case("index_prefix")?,
        &format!(
            "{ITEMS} CREATE INDEX items_a ON items (a); CREATE INDEX items_a_b ON items (a, b)"
        ),
        Advice,
        "public.items_a",
        "DROP INDEX CONCURRENTLY public.items_a",
    )
}

#[test]
fn a_unique_index_is_no_prefix() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql(&format!(
        "{ITEMS} CREATE UNIQUE INDEX ON items (a); CREATE INDEX ON items (a, b)"
    ))?;
    case("index_prefix")?.expect_none(&shop, "of a unique index")
}

#[test]
fn an_unused_index_is_found() -> TestResult {
    planted(
        &case("index_unused")?
            .limit("days", 0.0)?
            .limit("bytes", 100_000.0)?,
        &format!(
            "{ITEMS} INSERT INTO items SELECT n, n FROM generate_series(1, 20000) n; CREATE INDEX items_a ON items (a)"
        ),
        Advice,
        "public.items_a",
        "DROP INDEX CONCURRENTLY public.items_a",
    )
}

#[test]
fn young_statistics_are_not_judged() -> TestResult {
    let shop = Shop::open()?;
    let judged = case("index_unused")?.findings(&shop);
    let why = judged
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(
        why.contains("--limit index_unused.days=0"),
        "young statistics are judged: {why}"
    );
    Ok(())
}
