//! The policies, and changes of them by hand.

use crate::TestResult;
use crate::shop::{A, B, DENIED, Shop, refused, rows};

const READ: &str = "SELECT user_id FROM orders ORDER BY 1";

/// PostgreSQL combines permissive policies with `OR`. The isolation policy is restrictive, so no permissive one adds
/// rows.
#[test]
fn another_permissive_policy_shows_no_more_rows() -> TestResult {
    let shop = Shop::open()?;
    shop.change("CREATE POLICY generous ON orders USING (true) WITH CHECK (true)")?;
    shop.holds(
        READ,
        &rows([A]),
        "a permissive policy shows the orders of B",
    );
    shop.holds(
        "INSERT INTO orders (user_id, number, address_id) VALUES (:'b', 4, :'b_address')",
        &refused(DENIED),
        "a permissive policy lets A order for B",
    );
    shop.falls(
        "DROP POLICY orders_isolation ON orders",
        READ,
        &rows([A, B]),
    )
}

#[test]
fn row_security_cannot_be_disabled() -> TestResult {
    let shop = Shop::open()?;
    let read = format!("SET LOCAL row_security = off; {READ}");
    shop.holds(
        &read,
        &refused(DENIED),
        "a setting switches the policies off",
    );
    shop.falls(
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
        &read,
        &rows([A, B]),
    )
}

#[test]
fn the_application_changes_no_policy() -> TestResult {
    const OPENINGS: [&str; 4] = [
        "DROP POLICY orders_isolation ON orders",
        "ALTER POLICY orders_isolation ON orders USING (true)",
        "ALTER TABLE orders NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
    ];
    let shop = Shop::open()?;
    for opening in OPENINGS {
        shop.holds(opening, &refused(DENIED), "A takes the policies away");
    }
    for opening in OPENINGS {
        assert_eq!(
            shop.truth(&format!(
                "BEGIN; SET LOCAL ROLE shop_owner; {opening}; ROLLBACK"
            )),
            rows([]),
            "the missing ownership was not the defence"
        );
    }
    Ok(())
}

/// Row-level security applies to the owner of the tables too, so a mistake in a migration shows no rows.
#[test]
fn the_owner_sees_no_row() -> TestResult {
    let shop = Shop::open()?;
    let read = format!("SET ROLE shop_owner; {READ}");
    assert_eq!(
        shop.truth(&read),
        rows([]),
        "the owner sees the orders of all"
    );
    shop.change("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY")?;
    assert_eq!(
        shop.truth(&read),
        rows([A, B]),
        "`FORCE` was not the defence"
    );
    Ok(())
}
