//! Changes of another user's rows.

use crate::TestResult;
use crate::shop::{B, DENIED, Shop, refused, rows};

const OPEN_ORDERS: &str = "ALTER TABLE orders DISABLE ROW LEVEL SECURITY";
const OPEN_ADDRESSES: &str = "ALTER TABLE addresses DISABLE ROW LEVEL SECURITY";

#[test]
fn an_update_changes_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let update = "UPDATE orders SET note = 'taken' WHERE note <> 'taken' RETURNING user_id";
    let notes = "SELECT note FROM orders ORDER BY user_id";
    shop.as_a(update);
    assert_eq!(
        shop.truth(notes),
        rows(["taken", "note of B"]),
        "an update without the owner changes the orders of B"
    );
    shop.falls(OPEN_ORDERS, update, &rows([B]))?;
    assert_eq!(shop.truth(notes), rows(["taken", "taken"]));
    Ok(())
}

#[test]
fn a_delete_removes_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let delete = "DELETE FROM order_items RETURNING user_id";
    let left = "SELECT user_id FROM order_items";
    shop.as_a(delete);
    assert_eq!(
        shop.truth(left),
        rows([B]),
        "a delete without the owner takes the items of B"
    );
    shop.falls(
        "ALTER TABLE order_items DISABLE ROW LEVEL SECURITY",
        delete,
        &rows([B]),
    )
}

#[test]
fn a_locking_read_returns_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    let read = "SELECT note FROM orders FOR UPDATE";
    shop.holds(read, &rows(["note of A"]), "A locks the orders of B");
    shop.falls(OPEN_ORDERS, read, &rows(["note of A", "note of B"]))
}

/// Two defences: the missing right to change the column, and the policy. Each is sufficient alone.
#[test]
fn a_row_cannot_be_given_to_another_user() -> TestResult {
    const LEAK: &str = "A gives an event to B, in whose history it then stands";
    let moves = "UPDATE order_events SET user_id = :'b', order_id = :'b_order' \
                 WHERE user_id = :'a' AND status = 'pending' RETURNING user_id";
    let by_rights = Shop::open()?;
    by_rights.change("ALTER TABLE order_events DISABLE ROW LEVEL SECURITY")?;
    by_rights.holds(moves, &refused(DENIED), LEAK);

    let by_policy = Shop::open()?;
    by_policy.change("GRANT UPDATE (user_id) ON order_events TO shop_app")?;
    by_policy.holds(moves, &refused(DENIED), LEAK);

    by_policy.falls(
        "ALTER TABLE order_events DISABLE ROW LEVEL SECURITY",
        moves,
        &rows([B]),
    )
}

#[test]
fn no_row_is_inserted_for_another_user() -> TestResult {
    let shop = Shop::open()?;
    let insert = "INSERT INTO addresses (user_id, street, city, postal_code, country) \
                  VALUES (:'b', 'trap', 'Bern', '3000', 'CH') RETURNING user_id";
    shop.holds(insert, &refused(DENIED), "A gives B an address");
    shop.falls(OPEN_ADDRESSES, insert, &rows([B]))
}

#[test]
fn an_upsert_does_not_change_another_users_row() -> TestResult {
    let shop = Shop::open()?;
    let upsert = "INSERT INTO orders (user_id, id, number, address_id) VALUES (:'b', :'b_order', 2, :'b_address') \
                  ON CONFLICT (user_id, id) DO UPDATE SET note = 'taken' RETURNING note";
    shop.holds(upsert, &refused(DENIED), "an upsert changes an order of B");
    shop.falls(OPEN_ORDERS, upsert, &rows(["taken"]))
}

/// With a key over all users the statement would conflict with B's row, and its refusal would reveal that row.
#[test]
fn an_upsert_under_another_users_id_adds_an_own_row() -> TestResult {
    let shop = Shop::open()?;
    let upsert = "INSERT INTO orders (user_id, id, number, address_id, note) \
                  VALUES (:'a', :'b_order', 7, :'a_address', 'mine') ON CONFLICT DO NOTHING RETURNING note";
    shop.holds(
        upsert,
        &rows(["mine"]),
        "an upsert tells that B has an order of this id",
    );
    shop.change("DELETE FROM orders WHERE number = 7")?;
    shop.falls("ALTER TABLE orders ADD UNIQUE (id)", upsert, &rows([]))
}

#[test]
fn a_merge_does_not_match_another_users_row() -> TestResult {
    let shop = Shop::open()?;
    let merge = "MERGE INTO orders USING (VALUES (:'b_order'::uuid)) AS wanted (id) ON orders.id = wanted.id \
                 WHEN MATCHED THEN UPDATE SET note = 'taken'";
    let note = "SELECT note FROM orders WHERE user_id = :'b'";
    shop.holds(merge, &rows([]), "a merge is refused by B's order");
    assert_eq!(
        shop.truth(note),
        rows(["note of B"]),
        "a merge changes an order of B"
    );
    shop.falls(OPEN_ORDERS, merge, &rows([]))?;
    assert_eq!(shop.truth(note), rows(["taken"]));
    Ok(())
}

/// `TRUNCATE` ignores row-level security; the only defence is the missing right.
#[test]
fn truncate_is_denied() -> TestResult {
    let shop = Shop::open()?;
    let left = "SELECT DISTINCT user_id FROM order_items WHERE user_id = :'b'";
    shop.holds(
        "TRUNCATE order_items",
        &refused(DENIED),
        "A empties the items of all",
    );
    assert_eq!(shop.truth(left), rows([B]));
    shop.falls(
        "GRANT TRUNCATE ON order_items TO shop_app",
        "TRUNCATE order_items",
        &rows([]),
    )?;
    assert_eq!(shop.truth(left), rows([]));
    Ok(())
}

/// PostgreSQL refuses `COPY .. FROM` on every table with row-level security (0A000).
#[test]
fn copy_from_adds_no_row_for_another_user() -> TestResult {
    let shop = Shop::open()?;
    let copy = "COPY addresses (user_id, street, city, postal_code, country) FROM STDIN;
bbbbbbbb-0000-4000-8000-000000000000\ttrap\tBern\t3000\tCH
\\.
SELECT 'copied'";
    shop.holds(copy, &refused("0A000"), "`COPY .. FROM` gives B an address");
    shop.falls(OPEN_ADDRESSES, copy, &rows(["copied"]))
}
