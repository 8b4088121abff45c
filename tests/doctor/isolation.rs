//! What keeps owners apart.

use freehold::operations::Severity::{Error, Warning};
use freehold_test_support::Server;

use crate::TestResult;
use crate::case::{Shop, case, planted, planted_for_people};

#[test]
fn each_way_to_weaken_the_isolation_is_found() -> TestResult {
    let case = case("isolation_differs")?;
    let shop = Shop::open()?;
    case.expect_none(&shop, "before the faults")?;
    for (fault, object, mend) in [
        (
            "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
            "orders",
            "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
        ),
        (
            "ALTER TABLE orders NO FORCE ROW LEVEL SECURITY",
            "orders",
            "ALTER TABLE orders FORCE ROW LEVEL SECURITY",
        ),
        (
            "GRANT TRUNCATE ON orders TO shop_app",
            "orders",
            "REVOKE TRUNCATE ON orders FROM shop_app",
        ),
        (
            "GRANT SELECT ON order_events_2026_01 TO shop_app",
            "order_events_2026_01",
            "REVOKE SELECT ON order_events_2026_01 FROM shop_app",
        ),
        (
            "GRANT SELECT ON orders TO PUBLIC",
            "orders",
            "REVOKE SELECT ON orders FROM PUBLIC",
        ),
        (
            "CREATE POLICY wide ON orders USING (true)",
            "orders",
            "DROP POLICY wide ON orders",
        ),
    ] {
        shop.database.psql(fault)?;
        let findings = case.findings(&shop)?;
        let is_named = |text: &str| text.contains(object);
        assert!(!findings.is_empty(), "`{fault}` is not found");
        for finding in &findings {
            assert_eq!(finding.severity, Error, "`{fault}`");
            assert!(
                is_named(&finding.object) || is_named(&finding.message),
                "`{fault}` is found as {finding:?}"
            );
        }
        shop.database.psql(mend)?;
        case.expect_none(&shop, mend)?;
    }
    Ok(())
}

/// On a server of its own, because roles belong to the server.
#[test]
fn a_membership_that_the_schema_does_not_declare_is_found() -> TestResult {
    let server = Server::start()?;
    let shop = Shop::on(&server)?;
    let case = case("isolation_differs")?;
    let finding = case.finds(
        &shop,
        "GRANT pg_write_all_data TO shop_app",
        Error,
        "shop_app",
    )?;
    assert!(finding.fix.contains("schema diff"), "{}", finding.fix);
    Ok(())
}

#[test]
fn a_difference_from_the_schema_is_found() -> TestResult {
    planted_for_people(
        &case("schema_differs")?,
        "DROP INDEX idx_orders_user_id_status",
        Warning,
        "orders",
        "schema diff --from URL --to structs --sql",
    )
}

#[test]
fn an_extension_that_the_schema_does_not_declare_is_no_difference() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql("INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) \
        SELECT 99999, 'stats', extowner, extnamespace, false, '1' FROM pg_extension WHERE extname = 'plpgsql'")?;
    case("schema_differs")?.expect_none(&shop, "with an extension")
}

#[test]
fn a_view_that_shows_the_rows_of_all_owners_is_found() -> TestResult {
    planted(
        &case("view_without_invoker")?,
        "CREATE VIEW every_order AS SELECT * FROM orders",
        Error,
        "public.every_order",
        "ALTER VIEW public.every_order SET (security_invoker = true)",
    )
}

#[test]
fn a_routine_whose_caller_chooses_its_objects_is_found() -> TestResult {
    planted(
        &case("definer_search_path")?,
        "CREATE FUNCTION loose() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public AS 'SELECT 1'",
        Error,
        "public.loose()",
        "ALTER ROUTINE public.loose() SET search_path = ''",
    )
}

#[test]
fn a_schema_in_which_everyone_may_create_objects_is_found() -> TestResult {
    planted(
        &case("schema_create_public")?,
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        Error,
        "public",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    )
}
