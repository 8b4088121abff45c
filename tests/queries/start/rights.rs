//! Rights that policies do not control.

use freehold::scope::Refusal;

use super::{Broken, Case};
use crate::TestResult;

fn right(role: &str, right: &str, relation: &str, reason: &'static str) -> Refusal {
    Refusal::Right {
        role: role.to_owned(),
        right: right.to_owned(),
        relation: relation.to_owned(),
        reason,
    }
}

const ON_PARTITION: &str =
    "the policies of a table do not apply to a partition that is queried directly";
const TRUNCATES: &str = "it removes the rows of every owner, whatever the policies are";

#[tokio::test]
async fn truncate_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    broken
        .case(Case {
            broken: "GRANT TRUNCATE ON order_items TO shop_app",
            attack: Some("TRUNCATE order_items; RESET ROLE; SELECT 'gone'"),
            through: "gone",
            refusal: right("shop_app", "TRUNCATE", "order_items", TRUNCATES),
        })
        .await?;
    // Granted to everyone, and to the login itself, which SQL can become again.
    broken
        .case(Case {
            broken: "GRANT TRUNCATE ON order_items TO PUBLIC",
            attack: Some("TRUNCATE order_items; SELECT 'gone'"),
            through: "gone",
            refusal: right("public", "TRUNCATE", "order_items", TRUNCATES),
        })
        .await?;
    broken
        .case(Case {
            broken: "GRANT TRUNCATE ON order_items TO shop_login",
            attack: Some(
                "SELECT set_config('role', 'none', true); TRUNCATE order_items; SELECT 'gone'",
            ),
            through: "none\ngone",
            refusal: right("shop_login", "TRUNCATE", "order_items", TRUNCATES),
        })
        .await
}

/// A trigger of `A` would run its function when `B` writes; a foreign key would reveal whether `B` has the row.
#[tokio::test]
async fn triggers_and_references_are_refused() -> TestResult {
    let broken = Broken::open().await?;
    broken
        .case(Case {
            broken: "GRANT TRIGGER ON addresses TO shop_app",
            attack: Some(
                "CREATE TRIGGER of_a BEFORE UPDATE ON addresses FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger(); SELECT 'made'",
            ),
            through: "made",
            refusal: right(
                "shop_app",
                "TRIGGER",
                "addresses",
                "a trigger sees the rows that any user writes, with that user's rights",
            ),
        })
        .await?;
    broken
        .case(Case {
            broken: "GRANT REFERENCES (id) ON users TO shop_app",
            attack: None,
            through: "",
            refusal: right(
                "shop_app",
                "REFERENCES",
                "users",
                "a foreign key is checked without the policies, and reveals whether a row exists",
            ),
        })
        .await
}

#[tokio::test]
async fn a_right_on_a_partition_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    let events = "INSERT INTO order_events (user_id, order_id, status, created_at) SELECT user_id, id, 'pending', '2026-01-02' FROM orders";
    broken.change(events)?;
    let read = "SELECT count(DISTINCT user_id) FROM order_events_2026_01";
    broken
        .case(Case {
            broken: "GRANT SELECT ON order_events_2026_01 TO shop_app; ALTER TABLE order_events_2026_01 DISABLE ROW LEVEL SECURITY",
            attack: Some(read),
            through: "2",
            refusal: right("shop_app", "SELECT", "order_events_2026_01", ON_PARTITION),
        })
        .await?;
    // A right on a column, and a partition that was attached later.
    let attached = "SELECT count(DISTINCT user_id) FROM order_events_old";
    broken
        .case(Case {
            broken: "CREATE TABLE order_events_old PARTITION OF order_events FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
                INSERT INTO order_events (user_id, order_id, status, created_at) SELECT user_id, id, 'pending', '2025-01-02' FROM orders;
                GRANT SELECT (user_id) ON order_events_old TO shop_app",
            attack: Some(attached),
            through: "2",
            refusal: right("shop_app", "SELECT", "order_events_old", ON_PARTITION),
        })
        .await
}

/// The trail contains everything that any user wrote.
#[tokio::test]
async fn a_right_on_the_audit_trail_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    broken
        .case(Case {
            broken: "GRANT USAGE ON SCHEMA audit TO shop_app; GRANT SELECT ON audit.log TO shop_app",
            attack: Some("SELECT count(DISTINCT row_key) > 1 FROM audit.log WHERE table_name LIKE '%orders'"),
            through: "t",
            refusal: right(
                "shop_app",
                "SELECT",
                "audit.log",
                "its rows are those of every owner, and the schema grants no right on it",
            ),
        })
        .await
}
