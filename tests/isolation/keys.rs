//! Keys: foreign-key checks, cascades and unique constraints see all rows, because they ignore row-level security.

use crate::TestResult;
use crate::shop::{A, B, NO_PARENT, NOT_UNIQUE, Shop, refused, rows};

const ORDER_TO_ADDRESS: &str = "INSERT INTO orders (user_id, number, address_id) \
                                VALUES (:'a', 9, :'b_address') RETURNING user_id";

/// The foreign key without the scope.
const SINGLE_KEY_TO_ADDRESSES: &str = "ALTER TABLE addresses ADD UNIQUE (id);
    ALTER TABLE orders DROP CONSTRAINT fk_orders_address_id,
        ADD CONSTRAINT fk_orders_address_id FOREIGN KEY (address_id) REFERENCES addresses (id)";

#[test]
fn no_new_row_references_another_users_row() -> TestResult {
    let shop = Shop::open()?;
    shop.holds(
        ORDER_TO_ADDRESS,
        &refused(NO_PARENT),
        "an order of A goes to the address of B",
    );
    shop.falls(SINGLE_KEY_TO_ADDRESSES, ORDER_TO_ADDRESS, &rows([A]))
}

#[test]
fn no_row_can_be_changed_to_reference_another_users_row() -> TestResult {
    let shop = Shop::open()?;
    let update = "UPDATE orders SET address_id = :'b_address' RETURNING user_id";
    shop.holds(
        update,
        &refused(NO_PARENT),
        "an order of A is sent to the address of B",
    );
    shop.falls(SINGLE_KEY_TO_ADDRESSES, update, &rows([A]))
}

/// The whole message is the same for another user's id and for an id that does not exist.
#[test]
fn a_foreign_key_does_not_reveal_existing_ids() -> TestResult {
    let shop = Shop::open()?;
    let taken = ORDER_TO_ADDRESS;
    let free = taken.replace("b_address", "unknown");
    assert_eq!(
        shop.seen_by_a(taken),
        shop.seen_by_a(&free),
        "the error of a foreign key tells that B has an address of this id"
    );
    shop.change(SINGLE_KEY_TO_ADDRESSES)?;
    assert_ne!(
        shop.as_a(taken),
        shop.as_a(&free),
        "the composite key was not the defence"
    );
    Ok(())
}

#[test]
fn a_cascade_stays_with_its_user() -> TestResult {
    let shop = Shop::open()?;
    // B has an order of the same id, with an item.
    shop.change(
        "INSERT INTO orders (user_id, id, number, address_id) VALUES (:'b', :'a_order', 3, :'b_address');
         INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'b', :'a_order', :'product', 9, 500)",
    )?;
    let delete = "DELETE FROM orders WHERE id = :'a_order' RETURNING user_id";
    let left = "SELECT user_id, quantity FROM order_items WHERE order_id = :'a_order'";
    shop.holds(delete, &rows([A]), "A deletes an order of B");
    let of_b = format!("{B}|9");
    assert_eq!(
        shop.truth(left),
        rows([&of_b]),
        "deleting an order of A takes an item of B with it"
    );

    let without_scope = Shop::open()?;
    without_scope.change(
        "ALTER TABLE orders ADD UNIQUE (id);
         ALTER TABLE order_items DROP CONSTRAINT fk_order_items_order_id,
             ADD FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE;
         INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'b', :'a_order', :'product', 9, 500)",
    )?;
    without_scope.holds(delete, &rows([A]), "A deletes an order of B");
    assert_eq!(
        without_scope.truth(left),
        rows([]),
        "the composite key was not the defence"
    );
    Ok(())
}

/// If a row of another user could reference A's row, it would prevent its deletion and so reveal itself.
#[test]
fn no_row_of_another_user_prevents_a_deletion() -> TestResult {
    let shop = Shop::open()?;
    let spare = "INSERT INTO addresses (user_id, id, street, city, postal_code, country) VALUES (:'a', :'unknown', 'spare', 'Bern', '3000', 'CH')";
    shop.change(spare)?;
    let hang = "INSERT INTO orders (user_id, number, address_id) VALUES (:'b', 8, :'unknown')";
    let delete = "DELETE FROM addresses WHERE street = 'spare' RETURNING street";
    assert_eq!(
        shop.truth(hang),
        refused(NO_PARENT),
        "an order of B hangs on an address of A"
    );
    shop.holds(delete, &rows(["spare"]), "A cannot delete an own address");

    shop.change(spare)?;
    shop.change(SINGLE_KEY_TO_ADDRESSES)?;
    shop.falls(hang, delete, &refused(NO_PARENT))
}

#[test]
fn a_number_of_another_user_can_be_used() -> TestResult {
    tells_nothing(
        "INSERT INTO orders (user_id, number, address_id) VALUES (:'a', 2, :'a_address') RETURNING number",
        "2",
        "ALTER TABLE orders ADD UNIQUE (number)",
    )
}

#[test]
fn an_id_of_another_user_can_be_used() -> TestResult {
    tells_nothing(
        "INSERT INTO orders (user_id, id, number, address_id) VALUES (:'a', :'b_order', 5, :'a_address') RETURNING number",
        "5",
        "ALTER TABLE orders ADD UNIQUE (id)",
    )
}

/// The only value that reveals something: the schema declares it unique over all users.
#[test]
fn an_email_of_another_user_is_taken() -> TestResult {
    let shop = Shop::open()?;
    let update = "UPDATE users SET email = 'b@example.com' RETURNING name";
    assert_eq!(shop.as_a(update), refused(NOT_UNIQUE));
    shop.falls(
        "ALTER TABLE users DROP CONSTRAINT uq_users_email",
        update,
        &rows(["A"]),
    )
}

/// `insert` uses a value that B has. It succeeds, and fails once the value is unique over all users.
fn tells_nothing(insert: &str, inserted: &str, unique: &str) -> TestResult {
    Shop::open()?.holds(
        insert,
        &rows([inserted]),
        "a unique constraint tells that B has this value",
    );
    Shop::open()?.falls(unique, insert, &refused(NOT_UNIQUE))
}
