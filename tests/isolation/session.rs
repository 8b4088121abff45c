//! The setting that contains the user of a transaction.

use crate::TestResult;
use crate::shop::{A, B, DENIED, Shop, refused, rows};

/// `undefined_object`: the setting does not exist.
const NEVER_SET: &str = "42704";
/// `invalid_text_representation`: after its transaction the setting is an empty text.
const EMPTY: &str = "22P02";

const READ: &str = "SELECT user_id FROM orders ORDER BY 1";

#[test]
fn a_statement_without_a_user_is_refused() -> TestResult {
    let shop = Shop::open()?;
    let read = format!("BEGIN; SET LOCAL ROLE shop_app; {READ}; COMMIT");
    assert_eq!(
        shop.as_login(&read),
        refused(NEVER_SET),
        "a transaction that says no user is not refused"
    );
    shop.change(
        "ALTER POLICY orders_isolation ON orders
             USING (user_id = (SELECT nullif(current_setting('app.user_id', true), '')::uuid))",
    )?;
    assert_eq!(
        shop.as_login(&read),
        rows([]),
        "it is not the strict setting that was loud"
    );
    Ok(())
}

#[test]
fn the_user_is_unset_after_commit() -> TestResult {
    gone_after("COMMIT")
}

#[test]
fn the_user_is_unset_after_rollback() -> TestResult {
    gone_after("ROLLBACK")
}

/// The next statement of the connection usually belongs to another user.
fn gone_after(end: &str) -> TestResult {
    let shop = Shop::open()?;
    let both =
        format!("BEGIN; SET LOCAL ROLE shop_app; SET LOCAL app.user_id = :'a'; {end}; {READ}");
    assert_eq!(
        shop.as_login(&both),
        refused(DENIED),
        "the role outlives its transaction"
    );
    let setting = format!("SET ROLE shop_app; BEGIN; SET LOCAL app.user_id = :'a'; {end}; {READ}");
    assert_eq!(
        shop.as_login(&setting),
        refused(EMPTY),
        "the user outlives its transaction"
    );
    let stays = format!("SET ROLE shop_app; SET app.user_id = :'a'; BEGIN; {end}; {READ}");
    assert_eq!(
        shop.as_login(&stays),
        rows([A]),
        "`SET LOCAL` was not the defence"
    );
    Ok(())
}

/// PostgreSQL reads the setting once for each statement, not for each row.
#[test]
fn a_running_statement_keeps_its_user() -> TestResult {
    let shop = Shop::open()?;
    // A row of B is between the two of A.
    shop.change("INSERT INTO orders (user_id, number, address_id) VALUES (:'a', 3, :'a_address')")?;
    let read = "SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off;
        DECLARE orders_of_a CURSOR FOR SELECT user_id, number FROM orders;
        FETCH 1 FROM orders_of_a;
        SET LOCAL app.user_id = :'b';
        FETCH ALL FROM orders_of_a";
    let (first, second, of_b) = (format!("{A}|1"), format!("{A}|3"), format!("{B}|2"));
    shop.holds(
        read,
        &rows([&first, &second]),
        "a change of the user brings rows of B into a statement that ran already",
    );
    shop.falls(
        "ALTER POLICY orders_isolation ON orders USING (user_id = current_setting('app.user_id')::uuid)",
        read,
        &rows([&first, &of_b]),
    )
}
