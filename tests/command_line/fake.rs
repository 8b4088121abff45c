//! `schema fake`: made-up rows in a database.

use super::{Shop, TestResult};

#[test]
fn the_tables_are_filled_and_listed() -> TestResult {
    let shop = Shop::open()?;
    let fake = [
        "fake",
        "--rows",
        "50",
        "--owners",
        "5",
        "--table",
        "products=7",
    ];
    let (status, printed) = shop.schema(&fake)?;
    assert_eq!(status, 0, "{printed}");
    let count = |table: &str| shop.database.psql(&format!("SELECT count(*) FROM {table}"));
    for (table, rows) in [("users", "5"), ("orders", "50"), ("products", "7")] {
        assert_eq!(count(table)?, rows, "rows of `{table}`");
        let line = printed.lines().find(|line| line.starts_with(table));
        assert!(
            line.is_some_and(|line| line.contains(&format!(" {rows} rows"))),
            "no line for `{table}`:\n{printed}"
        );
    }
    Ok(())
}

#[test]
fn tables_with_rows_are_refused() -> TestResult {
    let shop = Shop::open()?;
    shop.schema(&["fake", "--rows", "5"])?;
    let (status, printed) = shop.schema(&["fake", "--rows", "5"])?;
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("already has rows"), "{printed}");
    Ok(())
}

#[test]
fn a_role_under_row_level_security_is_refused() -> TestResult {
    let shop = Shop::open()?;
    let url = shop.database.url().replace("//postgres@", "//shop_login@");
    let (status, printed) = shop.schema(&["fake", "--rows", "5", "--database", &url])?;
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("`shop_login`"), "{printed}");
    Ok(())
}

#[test]
fn rows_that_are_no_number_are_refused() -> TestResult {
    let shop = Shop::empty()?;
    let (status, printed) = shop.schema(&["fake", "--table", "users=many"])?;
    assert_eq!(status, 2, "{printed}");
    assert!(printed.contains("--table users=1000"), "{printed}");
    Ok(())
}

#[test]
fn the_help_says_the_default_of_each_option() -> TestResult {
    let shop = Shop::empty()?;
    let (_, help) = shop.schema(&["fake", "--help"])?;
    for default in ["[default: 100]", "[default: 0]", "[default: 2026-01-01]"] {
        assert!(help.contains(default), "no {default} in:\n{help}");
    }
    Ok(())
}
