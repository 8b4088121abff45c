//! Views that read with the rights of a role to which row-level security does not apply.

use freehold::scope::Refusal;

use super::{Broken, Case};
use crate::TestResult;

fn open(view: &str, owner: &str) -> Refusal {
    Refusal::OpenView {
        view: view.to_owned(),
        owner: owner.to_owned(),
        role: "shop_app".to_owned(),
    }
}

const SEEN: &str = "SELECT count(DISTINCT id) FROM active_users";

#[tokio::test]
async fn a_view_of_a_superuser_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    broken
        .case(Case {
            broken: "ALTER VIEW active_users RESET (security_invoker); ALTER VIEW active_users OWNER TO postgres",
            attack: Some(SEEN),
            through: "2",
            refusal: open("active_users", "postgres"),
        })
        .await?;
    broken
        .case(Case {
            broken: "ALTER VIEW active_users SET (security_invoker = off); ALTER VIEW active_users OWNER TO shop_admin",
            attack: Some(SEEN),
            through: "2",
            refusal: open("active_users", "shop_admin"),
        })
        .await
}

/// Every spelling of the option is accepted, and every owner to whom row-level security applies.
#[tokio::test]
async fn a_view_with_restricted_rights_is_accepted() -> TestResult {
    let broken = Broken::open().await?;
    broken.change("ALTER VIEW active_users OWNER TO postgres")?;
    for on in ["true", "on", "1", "yes"] {
        broken.change(&format!(
            "ALTER VIEW active_users SET (security_invoker = {on})"
        ))?;
        broken.is_accepted(on).await?;
        assert_eq!(broken.as_a(SEEN)?, "1", "{on}");
    }
    broken.change("ALTER VIEW active_users RESET (security_invoker); ALTER VIEW active_users OWNER TO shop_owner")?;
    broken
        .is_accepted("a view of the tables' owner, whom they hold")
        .await?;
    assert_eq!(broken.as_a(SEEN)?, "0");
    Ok(())
}

/// Views that the schema does not contain, over views over tables, and over partitions.
#[tokio::test]
async fn views_that_the_schema_does_not_know_are_checked() -> TestResult {
    let broken = Broken::open().await?;
    broken.change("CREATE VIEW start_mine AS SELECT user_id FROM addresses")?;
    broken
        .is_accepted("a view on which the application has no right")
        .await?;
    let read = |of: &str| format!("SELECT count(DISTINCT user_id) FROM {of}");
    let held = "CREATE VIEW start_held WITH (security_invoker) AS SELECT user_id FROM addresses; GRANT SELECT ON start_held TO shop_app";
    broken.change(held)?;
    broken
        .is_accepted("a view with the rights of who asks")
        .await?;
    broken
        .case(Case {
            broken: "GRANT SELECT ON start_mine TO shop_app",
            attack: Some(&read("start_mine")),
            through: "2",
            refusal: open("start_mine", "postgres"),
        })
        .await?;
    // Row-level security applies to its owner, who may read a view without it.
    broken
        .case(Case {
            broken: "CREATE VIEW start_below AS SELECT user_id FROM addresses; GRANT SELECT ON start_below TO shop_owner;
                CREATE VIEW start_between AS SELECT * FROM start_below; ALTER VIEW start_between OWNER TO shop_owner;
                CREATE VIEW start_above AS SELECT * FROM start_between; ALTER VIEW start_above OWNER TO shop_owner;
                GRANT SELECT ON start_above TO shop_app",
            attack: Some(&read("start_above")),
            through: "2",
            refusal: open("start_above", "shop_owner"),
        })
        .await?;
    // A `security_invoker` view reads with the rights of the application, through whatever view it is read.
    broken.change(
        "CREATE VIEW start_asks WITH (security_invoker) AS SELECT user_id FROM addresses;
         CREATE VIEW start_around AS SELECT * FROM start_asks; GRANT SELECT ON start_asks TO shop_app, shop_owner; GRANT SELECT ON start_around TO shop_app; ALTER VIEW start_around OWNER TO shop_owner",
    )?;
    broken
        .is_accepted("a view around one with the rights of who asks")
        .await?;
    assert_eq!(broken.as_a(&read("start_around"))?, "1");
    Ok(())
}

#[tokio::test]
async fn a_materialized_view_that_the_application_reads_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    broken.change("CREATE MATERIALIZED VIEW start_stored AS SELECT user_id FROM addresses")?;
    broken
        .is_accepted("a materialized view on which the application has no right")
        .await?;
    broken
        .case(Case {
            broken: "GRANT SELECT ON start_stored TO shop_app",
            attack: Some("SELECT count(DISTINCT user_id) FROM start_stored"),
            through: "2",
            refusal: Refusal::Right {
                role: "shop_app".to_owned(),
                right: "SELECT".to_owned(),
                relation: "start_stored".to_owned(),
                reason: "a materialized view has no policies, and the schema grants no right on it",
            },
        })
        .await
}
