//! Views and functions, which may read with the rights of another role.

use crate::TestResult;
use crate::shop::{A, B, DENIED, Shop, refused, rows};

/// Two defences: the view reads with the rights of the querying role, and row-level security also applies to the owner
/// of the tables.
#[test]
fn a_view_returns_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let read = "SELECT user_id, items, total FROM order_summaries ORDER BY 1";
    let (of_a, of_b) = (format!("{A}|1|500"), format!("{B}|1|1000"));
    shop.holds(read, &rows([&of_a]), "a view shows the orders of B");
    shop.change("ALTER VIEW order_summaries SET (security_invoker = false)")?;
    shop.holds(
        read,
        &rows([]),
        "a view with its owner's rights shows the orders of B",
    );
    shop.falls(
        "ALTER TABLE orders NO FORCE ROW LEVEL SECURITY;
         ALTER TABLE order_items NO FORCE ROW LEVEL SECURITY",
        read,
        &rows([&of_a, &of_b]),
    )
}

#[test]
fn a_security_invoker_view_needs_no_forced_row_security() -> TestResult {
    let shop = Shop::open()?;
    let read = "SELECT id FROM active_users ORDER BY 1";
    shop.change("ALTER TABLE users NO FORCE ROW LEVEL SECURITY")?;
    shop.holds(read, &rows([A]), "the view of active users shows B");
    shop.falls(
        "ALTER VIEW active_users SET (security_invoker = false)",
        read,
        &rows([A, B]),
    )
}

/// A materialized view has no policies; the defence is that no role of the application has a right on it.
#[test]
fn a_materialized_view_is_denied() -> TestResult {
    let shop = Shop::open()?;
    shop.change("CREATE MATERIALIZED VIEW all_orders AS SELECT user_id FROM orders")?;
    let read = "SELECT user_id FROM all_orders ORDER BY 1";
    shop.holds(
        read,
        &refused(DENIED),
        "a materialized view shows the orders of B",
    );
    shop.falls(
        "GRANT SELECT ON all_orders TO shop_app",
        read,
        &rows([A, B]),
    )
}

#[test]
fn a_function_returns_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let call = "SELECT order_total(:'b_order')";
    shop.holds(
        call,
        &rows(["0"]),
        "a function tells the total of B's order",
    );
    shop.holds(
        "SELECT order_total(:'a_order')",
        &rows(["500"]),
        "A has an order",
    );
    shop.falls(
        "ALTER TABLE order_items DISABLE ROW LEVEL SECURITY",
        call,
        &rows(["1000"]),
    )
}

/// It runs as the owner of the tables, to whom row-level security applies too.
#[test]
fn a_security_definer_function_returns_no_row() -> TestResult {
    let shop = Shop::open()?;
    shop.change(
        "CREATE FUNCTION all_orders() RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
             AS 'SELECT user_id FROM orders ORDER BY 1';
         ALTER FUNCTION all_orders OWNER TO shop_owner",
    )?;
    let call = "SELECT all_orders()";
    shop.holds(
        call,
        &rows([]),
        "a function with its owner's rights gives the orders of B",
    );
    shop.falls(
        "ALTER TABLE orders NO FORCE ROW LEVEL SECURITY",
        call,
        &rows([A, B]),
    )
}
