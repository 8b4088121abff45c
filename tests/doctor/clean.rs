//! A shop without a fault, and the completeness of these tests.

use freehold::operations::{CHECKS, Options};
use freehold_test_support::Server;

use crate::TestResult;
use crate::case::Shop;

#[test]
fn nothing_is_found_in_a_shop_without_faults() -> TestResult {
    let server = Server::start()?;
    let shop = Shop::on(&server)?;
    shop.database
        .psql("ALTER ROLE shop_login SET idle_in_transaction_session_timeout = '60s'")?;
    // The last partition of the shop is of a past month, and the servers of tests run without `fsync`.
    let mut options = Options::default()
        .skip("partition_running_out")?
        .skip("settings_unsafe")?;
    // With the limit 0 also young statistics are judged.
    for check in ["index_unused", "seq_scan_large", "cache_hit"] {
        options = options.limit(check, "days", 0.0)?;
    }
    let report = shop.examine(&options)?;
    assert!(report.findings.is_empty(), "found {:?}", report.findings);
    let not_judged: Vec<_> = report.not_judged.iter().map(|one| one.check.id).collect();
    assert_eq!(not_judged, ["statement_slow"], "{:?}", report.not_judged);
    Ok(())
}

#[test]
fn every_check_has_a_test_with_a_planted_fault() {
    let tests = [
        include_str!("activity.rs"),
        include_str!("finders.rs"),
        include_str!("indexes.rs"),
        include_str!("integrity.rs"),
        include_str!("isolation.rs"),
        include_str!("keys.rs"),
        include_str!("server.rs"),
        include_str!("tables.rs"),
    ];
    for check in CHECKS {
        let call = format!("case(\"{}\")", check.id);
        assert!(
            tests.iter().any(|test| test.contains(&call)),
            "no test plants a fault for `{}`",
            check.id
        );
    }
}

#[test]
fn every_check_says_what_it_finds_and_why() {
    let mut ids: Vec<_> = CHECKS.iter().map(|check| check.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CHECKS.len(), "two checks have the same name");
    for check in CHECKS {
        let texts = [check.finds, check.why, check.fix];
        assert!(
            texts
                .iter()
                .all(|text| !text.is_empty() && !text.ends_with('.')),
            "the texts of `{}`",
            check.id
        );
    }
}
