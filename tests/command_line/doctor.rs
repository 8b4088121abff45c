//! `schema doctor`

use crate::{Shop, TestResult};

/// What a shop on a test server has: settings for tests, and a partition of a past month.
const OF_TESTS: [&str; 4] = [
    "--skip",
    "settings_unsafe",
    "--skip",
    "partition_running_out",
];

fn doctor(shop: &Shop, more: &[&str]) -> Result<(i32, String), Box<dyn std::error::Error>> {
    let arguments = [&["doctor"], more].concat();
    shop.schema(&arguments)
}

#[test]
fn advice_is_no_reason_for_an_exit_status() -> TestResult {
    let shop = Shop::open()?;
    let (status, printed) = doctor(&shop, &OF_TESTS)?;
    assert_eq!(status, 0, "{printed}");
    assert!(printed.contains("1 advice; "), "{printed}");
    Ok(())
}

#[test]
fn a_finding_has_the_exit_status_3_in_each_format() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql("DROP INDEX idx_orders_user_id_status")?;
    let only = ["--only", "finder_without_index"];
    let (status, printed) = doctor(&shop, &only)?;
    assert_eq!(status, 3, "{printed}");
    assert!(
        printed.starts_with("warning  no index serves `Order::by_status(status)`"),
        "{printed}"
    );
    for (format, part) in [
        ("--json", "\"check\": \"finder_without_index\""),
        ("--sarif", "\"ruleId\": \"finder_without_index\""),
        (
            "--metrics",
            "freehold_findings{check=\"finder_without_index\",severity=\"warning\"} 1.0",
        ),
    ] {
        let (status, printed) = doctor(&shop, &[&only[..], &[format]].concat())?;
        assert_eq!(status, 3, "{printed}");
        assert!(printed.contains(part), "`{format}` prints\n{printed}");
    }
    Ok(())
}

#[test]
fn names_of_checks_and_limits_are_arguments() -> TestResult {
    let shop = Shop::empty()?;
    for (arguments, message) in [
        (
            ["--only", "index_unsued"],
            "no check is named `index_unsued`",
        ),
        (
            ["--limit", "index_unused.day=1"],
            "the check `index_unused` has no limit `day`; its limits are: days, bytes",
        ),
        (
            ["--limit", "index_unused"],
            "write `--limit index_unused.days=7`",
        ),
    ] {
        let (status, printed) = doctor(&shop, &arguments)?;
        assert_eq!(status, 2, "{printed}");
        assert!(printed.contains(message), "{printed}");
    }
    Ok(())
}

#[test]
fn a_database_that_cannot_be_reached_is_a_failure() -> TestResult {
    let shop = Shop::empty()?;
    let (status, printed) = doctor(
        &shop,
        &["--database", "postgres://postgres@127.0.0.1:1/none"],
    )?;
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("cannot reach the database"), "{printed}");
    Ok(())
}

#[test]
fn the_list_names_each_check() -> TestResult {
    let shop = Shop::empty()?;
    let (status, printed) = doctor(&shop, &["--list"])?;
    assert_eq!(status, 0, "{printed}");
    let names: Vec<_> = printed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let checks: Vec<_> = freehold::operations::CHECKS
        .iter()
        .map(|check| check.id)
        .collect();
    assert_eq!(names, checks);
    Ok(())
}
