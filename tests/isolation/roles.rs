//! The roles: the login of the application, and what it can become.
//!
//! Roles belong to the whole server, which the other tests use too. So a control that changes a role does it in a
//! transaction that is rolled back.

use crate::TestResult;
use crate::shop::{A, B, DENIED, Outcome, Shop, refused, rows};

const READ: &str = "SELECT user_id FROM orders ORDER BY 1";

/// Inheritance of rights belongs to the role until PostgreSQL 15, and to the membership from 16 on.
const INHERIT: &str = "DO $$ BEGIN
    IF current_setting('server_version_num')::integer < 160000 THEN
        ALTER ROLE shop_login INHERIT;
    ELSE
        EXECUTE 'GRANT shop_app TO shop_login WITH INHERIT TRUE';
    END IF;
END $$";

#[test]
fn the_login_has_no_rights_before_set_role() -> TestResult {
    let shop = Shop::open()?;
    assert_eq!(
        shop.as_login(READ),
        refused(DENIED),
        "a statement that does not say for whom it runs is not refused"
    );
    let inherits = format!(
        "BEGIN; {INHERIT}; SET LOCAL app.user_id = :'b'; \
         SET LOCAL SESSION AUTHORIZATION shop_login; {READ}; ROLLBACK"
    );
    assert_eq!(
        shop.truth(&inherits),
        rows([B]),
        "`NOINHERIT` was not the defence"
    );
    Ok(())
}

#[test]
fn a_right_of_the_login_shows_no_row() -> TestResult {
    let shop = Shop::open()?;
    shop.change("GRANT SELECT ON orders TO shop_login")?;
    let read = format!("SET app.user_id = :'a'; {READ}");
    assert_eq!(
        shop.as_login(&read),
        rows([]),
        "a right that the login got by mistake shows orders"
    );
    shop.change("ALTER TABLE orders DISABLE ROW LEVEL SECURITY")?;
    assert_eq!(
        shop.as_login(&read),
        rows([A, B]),
        "row-level security was not the defence"
    );
    Ok(())
}

#[test]
fn the_login_cannot_become_the_owner() -> TestResult {
    let opens = format!("ALTER TABLE orders NO FORCE ROW LEVEL SECURITY; {READ}");
    does_not_become("shop_owner", &opens, &rows([A, B]))
}

#[test]
fn the_login_cannot_become_the_admin() -> TestResult {
    does_not_become("shop_admin", READ, &rows([A, B]))
}

#[test]
fn the_login_cannot_become_another_role() -> TestResult {
    does_not_become("pg_read_server_files", "SELECT 'became'", &rows(["became"]))
}

#[test]
fn the_login_cannot_set_its_session_to_another_role() -> TestResult {
    let shop = Shop::open()?;
    let signs_in = format!("SET SESSION AUTHORIZATION shop_admin; {READ}");
    assert_eq!(
        shop.as_login(&signs_in),
        refused(DENIED),
        "the login signs in as the admin"
    );
    assert_eq!(
        shop.truth(&signs_in),
        rows([A, B]),
        "the missing right was not the defence"
    );
    Ok(())
}

/// Asserts that the login cannot become the role. As the control, it becomes a member, and `sql` then succeeds.
#[track_caller]
fn does_not_become(role: &str, sql: &str, through: &Outcome) -> TestResult {
    let shop = Shop::open()?;
    assert_eq!(
        shop.as_login(&format!("SET ROLE {role}")),
        refused(DENIED),
        "the login becomes `{role}`"
    );
    shop.holds(
        &format!("SET LOCAL ROLE {role}"),
        &refused(DENIED),
        "A becomes another role in mid-transaction",
    );
    let member = format!(
        "BEGIN; GRANT {role} TO shop_login; SET LOCAL SESSION AUTHORIZATION shop_login; SET LOCAL ROLE {role}; {sql}; ROLLBACK"
    );
    assert_eq!(
        shop.truth(&member),
        *through,
        "the missing membership was not the defence"
    );
    Ok(())
}
