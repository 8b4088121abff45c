//! Reads of another user's rows.

use crate::TestResult;
use crate::shop::{A, B, DENIED, Shop, refused, rows};

/// The tables with owners, and the column of each that contains the owner.
const OWNED: [(&str, &str); 5] = [
    ("users", "id"),
    ("addresses", "user_id"),
    ("orders", "user_id"),
    ("order_items", "user_id"),
    ("order_events", "user_id"),
];

#[test]
fn a_read_without_where_returns_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    for (table, owner) in OWNED {
        let read = format!("SELECT DISTINCT {owner} FROM {table} ORDER BY 1");
        let leak = format!("a read without `WHERE` shows the {table} of B");
        shop.holds(&read, &rows([A]), &leak);
        let removal = format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY");
        shop.falls(&removal, &read, &rows([A, B]))?;
    }
    Ok(())
}

#[test]
fn a_read_by_another_users_key_returns_no_row() -> TestResult {
    let shop = Shop::open()?;
    let read = "SELECT note FROM orders WHERE user_id = :'b' AND id = :'b_order'";
    shop.holds(read, &rows([]), "the key of an order is enough to read it");
    shop.falls(
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
        read,
        &rows(["note of B"]),
    )
}

#[test]
fn a_join_returns_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let read = "SELECT theirs.user_id FROM order_items AS own \
                JOIN order_items AS theirs ON theirs.product_id = own.product_id \
                WHERE own.user_id = :'a' ORDER BY 1";
    shop.holds(read, &rows([A]), "a join shows who else bought the product");
    shop.falls(
        "ALTER TABLE order_items DISABLE ROW LEVEL SECURITY",
        read,
        &rows([A, B]),
    )
}

#[test]
fn a_subquery_counts_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let read = "SELECT name, (SELECT count(*) FROM orders) FROM products";
    shop.holds(
        read,
        &rows(["Tea|1"]),
        "an aggregate counts the orders of B",
    );
    shop.falls(
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
        read,
        &rows(["Tea|2"]),
    )
}

/// PostgreSQL evaluates a cheap condition first; it could reveal its arguments before the policy is checked.
#[test]
fn a_leaky_condition_sees_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let read = "CREATE TEMPORARY TABLE seen (note text) ON COMMIT DROP;
        CREATE FUNCTION pg_temp.leak(note text) RETURNS boolean LANGUAGE plpgsql COST 0.0001
            AS 'BEGIN INSERT INTO seen VALUES (note); RETURN false; END';
        SELECT id FROM orders WHERE pg_temp.leak(note);
        SELECT note FROM seen ORDER BY 1";
    shop.holds(
        read,
        &rows(["note of A"]),
        "a function in `WHERE` is called with the rows of B",
    );
    shop.falls(
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
        read,
        &rows(["note of A", "note of B"]),
    )
}

#[test]
fn copy_to_returns_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let read = "COPY orders (note) TO STDOUT";
    shop.holds(
        read,
        &rows(["note of A"]),
        "`COPY .. TO` shows the orders of B",
    );
    shop.falls(
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
        read,
        &rows(["note of A", "note of B"]),
    )
}

#[test]
fn copy_to_a_program_is_denied() -> TestResult {
    let shop = Shop::open()?;
    shop.holds(
        "COPY orders TO PROGRAM 'cat'",
        &refused(DENIED),
        "the server runs a program for A",
    );
    assert_eq!(
        shop.truth("COPY orders TO PROGRAM 'cat >/dev/null'"),
        rows([]),
        "the missing right was not the defence"
    );
    Ok(())
}
