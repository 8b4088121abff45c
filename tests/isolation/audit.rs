//! The audit trail: only triggers write it, and no role of the application reads it.

use crate::TestResult;
use crate::shop::{A, DENIED, Shop, refused, rows};

/// Attacks on the trail: each is a leak or a forgery.
const REACHES: [&str; 5] = [
    "SELECT count(*) > 0 FROM audit.log WHERE old_row IS NULL",
    "INSERT INTO audit.log (table_name, action, session_role) VALUES ('orders', 'delete', 'shop_admin') RETURNING true",
    "UPDATE audit.log SET actor = 'nobody' WHERE action = 'insert' RETURNING true",
    "DELETE FROM audit.log WHERE id = (SELECT max(id) FROM audit.log) RETURNING true",
    "TRUNCATE audit.log; SELECT true",
];

#[test]
fn the_trail_is_out_of_reach() -> TestResult {
    let shop = Shop::open()?;
    for reach in REACHES {
        shop.holds(reach, &refused(DENIED), "A reaches the audit trail");
    }
    shop.change("GRANT USAGE ON SCHEMA audit TO shop_app")?;
    for reach in REACHES {
        shop.holds(
            reach,
            &refused(DENIED),
            "A reaches the audit trail by the right on its schema",
        );
    }
    shop.change("GRANT ALL ON audit.log TO shop_app")?;
    for reach in REACHES {
        let outcome = shop.as_a(reach);
        let Some(first) = outcome.first() else {
            return Err(format!("the missing right was not the defence: {outcome}").into());
        };
        assert_eq!(first, "t", "{reach}");
    }
    Ok(())
}

/// A trigger on a table of the attacker would write entries that the attacker chooses.
#[test]
fn no_entry_can_be_forged() -> TestResult {
    let shop = Shop::open()?;
    let forge = "CREATE TEMPORARY TABLE forged (LIKE orders) ON COMMIT DROP;
        CREATE TRIGGER forge AFTER INSERT ON forged FOR EACH ROW
            EXECUTE FUNCTION audit.record_orders_change();
        INSERT INTO forged (user_id, id, number, status, address_id, note, created_at, updated_at)
            VALUES (:'b', :'b_order', 2, 'cancelled', :'b_address', 'forged', now(), now());
        SELECT 'forged'";
    let forged = "SELECT table_name FROM audit.log WHERE new_row ->> 'note' = 'forged'";
    shop.holds(
        forge,
        &refused(DENIED),
        "A forges an entry of the audit trail",
    );
    shop.change("GRANT USAGE ON SCHEMA audit TO shop_app")?;
    shop.holds(
        forge,
        &refused(DENIED),
        "A forges an entry of the audit trail by the right on its schema",
    );
    assert_eq!(shop.truth(forged), rows([]));
    shop.falls(
        "GRANT EXECUTE ON FUNCTION audit.record_orders_change TO shop_app",
        forge,
        &rows(["forged"]),
    )?;
    assert_eq!(shop.truth(forged), rows(["orders"]));
    Ok(())
}

#[test]
fn the_triggers_cannot_be_disabled() -> TestResult {
    let shop = Shop::open()?;
    let switches = [
        "ALTER TABLE orders DISABLE TRIGGER audit_orders",
        "SET LOCAL session_replication_role = replica",
    ];
    for switch in switches {
        shop.holds(
            switch,
            &refused(DENIED),
            "A changes orders without an entry in the audit trail",
        );
        assert_eq!(
            shop.truth(&format!("BEGIN; {switch}; ROLLBACK")),
            rows([]),
            "the missing right was not the defence"
        );
    }
    Ok(())
}

#[test]
fn the_trail_names_the_actor() -> TestResult {
    let shop = Shop::open()?;
    shop.as_a("UPDATE orders SET note = 'new'");
    shop.as_a("DELETE FROM orders");
    let written = "SELECT action, actor, session_user = session_role, changed_columns FROM audit.log \
                   WHERE table_name = 'orders' AND actor IS NOT NULL ORDER BY id";
    let (update, delete) = (
        format!("update|{A}|f|{{note,updated_at}}"),
        format!("delete|{A}|f|"),
    );
    assert_eq!(
        shop.truth(written),
        rows([&update, &delete]),
        "the audit trail does not say that A changed the order"
    );
    Ok(())
}

#[test]
fn a_cascade_is_recorded_too() -> TestResult {
    let shop = Shop::open()?;
    shop.as_a("DELETE FROM users");
    let (orders, users) = (format!("orders|{A}"), format!("users|{A}"));
    assert_eq!(
        shop.truth("SELECT table_name, actor FROM audit.log WHERE action = 'delete' ORDER BY 1"),
        rows([&orders, &users]),
        "an order that went with its user is not in the audit trail"
    );
    Ok(())
}

#[test]
fn the_trail_contains_no_secret() -> TestResult {
    let shop = Shop::open()?;
    shop.as_a("UPDATE users SET password_hash = 'new hash of A'");
    let holds = |text| {
        let entries = format!("SELECT count(*) > 0 FROM audit.log WHERE log::text LIKE '%{text}%'");
        shop.truth(&entries)
    };
    assert_eq!(
        holds("hash of A"),
        rows(["f"]),
        "the audit trail holds a password's hash"
    );
    assert_eq!(
        holds("a@example.com"),
        rows(["t"]),
        "the audit trail does not hold what is no secret"
    );
    assert_eq!(
        shop.truth("SELECT changed_columns FROM audit.log WHERE actor IS NOT NULL"),
        rows(["{password_hash,updated_at}"]),
        "the audit trail does not say that the hash was changed"
    );
    Ok(())
}
