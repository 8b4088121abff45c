//! `A` cannot notice `B`: the same statements give the same output, byte by byte, including errors.
//!
//! The exception is the e-mail address, which the schema declares unique over all users.
//!
//! The rows of `B` are those that would interfere most: they have the ids, numbers and texts of rows that `A` has or
//! creates.

use crate::TestResult;
use crate::shop::Shop;

/// Rows of `B` that look like those of `A`, and like those that `A` is about to create.
const ROWS_LIKE_THOSE_OF_A: &str = "
INSERT INTO users (id, email, password_hash, name) VALUES (:'b', 'b@example.com', 'hash of A', 'A');
INSERT INTO addresses (user_id, id, street, city, postal_code, country) VALUES
    (:'b', :'a_address', 'street of A', 'Bern', '3000', 'CH'), (:'b', :'b_address', 'new street', 'Bern', '3000', 'CH');
INSERT INTO orders (user_id, id, number, address_id, note) VALUES
    (:'b', :'a_order', 1, :'a_address', 'note of A'), (:'b', :'b_order', 2, :'b_address', 'new order');
INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price)
    SELECT :'b', id, :'product', 7, 500 FROM orders WHERE user_id = :'b';
INSERT INTO order_events (user_id, order_id, status, created_at)
    SELECT :'b', id, 'pending', month::timestamptz FROM orders, (VALUES ('2020-01-01'), ('2026-01-02')) AS months (month)
    WHERE user_id = :'b';";

/// The statements of `A`, one transaction each. None prints a clock or a random id.
const STATEMENTS: [&str; 40] = [
    "SELECT id, email, name FROM users",
    "SELECT name FROM active_users",
    "SELECT user_id, id, street FROM addresses ORDER BY id",
    "SELECT user_id, id, number, status, note FROM orders ORDER BY id",
    "SELECT order_id, quantity FROM order_items ORDER BY 1, 2",
    "SELECT order_id, status, created_at FROM order_events ORDER BY 2",
    "SELECT * FROM order_summaries ORDER BY id",
    "SELECT order_total(:'a_order'), order_total(:'b_order'), order_total(:'unknown')",
    "SELECT count(*), min(number), max(number), string_agg(note, ',') FROM orders",
    "SELECT p.sku, sum(i.quantity) FROM products AS p LEFT JOIN order_items AS i ON i.product_id = p.id GROUP BY p.sku",
    "SELECT EXISTS (SELECT FROM orders WHERE id = :'b_order'), EXISTS (SELECT FROM orders WHERE number = 2)",
    "SELECT note FROM orders WHERE id = :'a_order' FOR UPDATE",
    "SELECT sku, name FROM products WHERE search @@ websearch_to_tsquery('english', 'tea')",
    // Keys that B has, and keys that no row has.
    "INSERT INTO orders (user_id, id, number, address_id) VALUES (:'b', :'b_order', 2, :'b_address')",
    "INSERT INTO orders (user_id, number, address_id) VALUES (:'a', 3, :'b_address')",
    "INSERT INTO orders (user_id, number, address_id) VALUES (:'a', 3, :'unknown')",
    "INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'a', :'b_order', :'product', 1, 1)",
    "INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'a', :'unknown', :'product', 1, 1)",
    "INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'a', :'a_order', :'unknown', 1, 1)",
    "INSERT INTO orders (user_id, number, address_id) VALUES (:'a', 1, :'a_address')",
    "INSERT INTO orders (user_id, id, number, address_id) VALUES (:'a', :'a_order', 4, :'a_address')",
    "INSERT INTO orders (user_id, number, address_id) VALUES (:'a', 0, :'a_address')",
    "INSERT INTO users (id, email, password_hash, name) VALUES (:'b', 'c@example.com', '', 'C')",
    "INSERT INTO users (id, email, password_hash, name) VALUES (:'a', 'c@example.com', '', 'C')",
    // Rows that B already has.
    "INSERT INTO addresses (user_id, id, street, city, postal_code, country) VALUES (:'a', :'b_address', 'new street', 'Bern', '3000', 'CH') RETURNING id",
    "INSERT INTO orders (user_id, id, number, address_id, note) VALUES (:'a', :'b_order', 2, :'b_address', 'new order') ON CONFLICT DO NOTHING RETURNING number",
    "INSERT INTO orders (user_id, id, number, address_id) VALUES (:'a', :'b_order', 2, :'b_address') ON CONFLICT (user_id, number) DO UPDATE SET note = 'again' RETURNING note",
    "INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'a', :'b_order', :'product', 2, 500) RETURNING quantity",
    "INSERT INTO order_events (user_id, order_id, status, created_at) VALUES (:'a', :'b_order', 'pending', '2020-01-01') RETURNING status",
    // Changes.
    "UPDATE orders SET note = 'all' RETURNING number",
    "UPDATE orders SET status = 'confirmed' WHERE number = 1 RETURNING id",
    "UPDATE orders SET status = 'pending' WHERE number = 1",
    "UPDATE orders SET number = 2 WHERE number = 1",
    "UPDATE orders SET user_id = :'b'",
    "UPDATE order_items SET order_id = :'unknown'",
    "UPDATE addresses SET city = 'Basel' WHERE id = :'b_address' RETURNING city",
    "DELETE FROM addresses WHERE id = :'a_address'",
    "DELETE FROM orders WHERE id = :'b_order' RETURNING number",
    "DELETE FROM addresses WHERE id = :'b_address' RETURNING street",
    "DELETE FROM users RETURNING name",
];

#[test]
fn no_output_for_a_depends_on_b() -> TestResult {
    let (alone, beside_b) = (Shop::open_for_a_alone()?, Shop::open_for_a_alone()?);
    beside_b.change(ROWS_LIKE_THOSE_OF_A)?;
    for statement in STATEMENTS {
        assert_eq!(
            beside_b.seen_by_a(statement),
            alone.seen_by_a(statement),
            "A sees in `{statement}` whether B is there"
        );
    }
    Ok(())
}

/// The control: without row-level security the same comparison finds most of the statements.
#[test]
fn without_row_level_security_output_depends_on_b() -> TestResult {
    let (alone, beside_b) = (Shop::open_for_a_alone()?, Shop::open_for_a_alone()?);
    beside_b.change(ROWS_LIKE_THOSE_OF_A)?;
    for shop in [&alone, &beside_b] {
        shop.change(
            "ALTER TABLE users DISABLE ROW LEVEL SECURITY; ALTER TABLE addresses DISABLE ROW LEVEL SECURITY;
             ALTER TABLE orders DISABLE ROW LEVEL SECURITY; ALTER TABLE order_items DISABLE ROW LEVEL SECURITY;
             ALTER TABLE order_events DISABLE ROW LEVEL SECURITY",
        )?;
    }
    let told = STATEMENTS
        .iter()
        .filter(|statement| beside_b.seen_by_a(statement) != alone.seen_by_a(statement));
    let told = told.count();
    assert!(
        told > STATEMENTS.len() / 2,
        "only {told} statements tell of B"
    );
    Ok(())
}
