//! `schema seed`: the rows of the example `seed`, written twice.

use super::{Shop, TestResult};

#[test]
fn the_rows_are_written_once() -> TestResult {
    let shop = Shop::open()?;
    let (status, printed) = shop.schema(&["seed"])?;
    assert_eq!(status, 0, "{printed}");
    assert!(
        printed.contains("products     2 inserted, 0 updated, 0 unchanged\n"),
        "{printed}"
    );
    let (status, again) = shop.json(&["seed", "--json"])?;
    assert_eq!(status, 0, "{again}");
    let first = &again["tables"][0];
    assert_eq!(first["table"], "products", "{again}");
    assert_eq!(first["inserted"], 0, "{again}");
    assert_eq!(first["unchanged"], 2, "{again}");
    Ok(())
}

/// The output is SQL: the rest is comments.
#[test]
fn a_dry_run_prints_sql_without_secrets_and_writes_nothing() -> TestResult {
    let shop = Shop::open()?;
    let (status, printed) = shop.schema(&["seed", "--dry-run"])?;
    assert_eq!(status, 0, "{printed}");
    for line in [
        "-- row 1 of users",
        "--   email = 'ada@example.com'",
        "--   password_hash = (secret)",
        "-- users        1 inserted, 0 updated, 0 unchanged",
    ] {
        assert!(
            printed.lines().any(|it| it == line),
            "no `{line}` in:\n{printed}"
        );
    }
    assert!(!printed.contains("$2b$"), "{printed}");
    assert_eq!(shop.database.psql("SELECT count(*) FROM users")?, "0");
    Ok(())
}

#[test]
fn a_row_that_is_refused_is_named() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql(
        "ALTER TABLE order_items ADD CONSTRAINT few CHECK (product_id::text NOT LIKE '%2')",
    )?;
    let (status, printed) = shop.schema(&["seed"])?;
    assert_eq!(status, 1, "{printed}");
    assert!(
        printed.contains("error: row 2 of `order_items` (") && printed.contains("few"),
        "{printed}"
    );
    assert_eq!(shop.database.psql("SELECT count(*) FROM users")?, "0");
    Ok(())
}
