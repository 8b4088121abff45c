//! The outputs: text, JSON, SARIF and metrics.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant, UNIX_EPOCH};

use freehold::Postgres;
use freehold::operations::{
    CHECKS, Options, Report, Severity, TextForm, json, metrics, sarif, text,
};
use freehold_test_support::Server;

use crate::TestResult;
use crate::case::Shop;

/// A name that each format has to escape.
const NASTY: &str = "CREATE TABLE \"a\\b \"\"c\"\"\nd\" (id bigint); CREATE UNLOGGED TABLE cache (id bigint PRIMARY KEY)";

fn report() -> Result<Report, Box<dyn std::error::Error>> {
    let shop = Shop::open()?;
    shop.database.psql(NASTY)?;
    let mut options = Options::default();
    for check in [
        "no_primary_key",
        "unlogged_table",
        "index_unused",
        "schema_create_public",
    ] {
        options = options.only(check)?;
    }
    shop.examine(&options)
}

#[test]
fn the_text_fits_the_terminal_and_has_colours_only_there() -> TestResult {
    let report = report()?;
    for width in [80, 120] {
        let plain = text(
            &report,
            TextForm {
                width,
                is_coloured: false,
            },
        );
        let longest = plain.lines().map(|line| line.chars().count()).max();
        assert!(
            longest <= Some(width),
            "a line has {longest:?} of {width} columns:\n{plain}"
        );
        assert!(!plain.contains('\u{1b}'), "{plain:?}");
        assert!(plain.contains("skipped  index_unused: "), "{plain}");
        let coloured = text(
            &report,
            TextForm {
                width,
                is_coloured: true,
            },
        );
        assert!(
            coloured.contains("\u{1b}[1m\u{1b}[33mwarning\u{1b}[0m"),
            "{coloured:?}"
        );
    }
    let plain = text(
        &report,
        TextForm {
            width: 80,
            is_coloured: false,
        },
    );
    let summary = plain.lines().last().unwrap_or_default();
    assert!(
        summary.starts_with("1 warning, 1 advice; 3 checks in "),
        "{summary}"
    );
    assert!(summary.ends_with(" s, 1 skipped"), "{summary}");
    Ok(())
}

#[test]
fn json_has_each_finding_and_what_was_not_judged() -> TestResult {
    let value = json(&report()?);
    assert_eq!(value["findings"][0]["check"], "unlogged_table");
    assert_eq!(value["findings"][0]["severity"], "warning");
    assert_eq!(value["findings"][0]["object"], "public.cache");
    assert_eq!(value["findings"][1]["check"], "no_primary_key");
    assert_eq!(value["not_judged"][0]["check"], "index_unused");
    assert_eq!(value["judged"].as_array().map(Vec::len), Some(3));
    Ok(())
}

#[test]
fn sarif_names_a_rule_and_a_stable_fingerprint() -> TestResult {
    let (first, second) = (sarif(&report()?, CHECKS), sarif(&report()?, CHECKS));
    let results = &first["runs"][0]["results"];
    assert_eq!(results[0]["ruleId"], "unlogged_table");
    assert_eq!(results[0]["level"], "warning");
    assert_eq!(results[1]["level"], "note");
    let index = results[0]["ruleIndex"].as_u64().ok_or("no index")?;
    let rule = &first["runs"][0]["tool"]["driver"]["rules"][usize::try_from(index)?];
    assert_eq!(rule["id"], "unlogged_table");
    assert_eq!(
        results[0]["partialFingerprints"],
        second["runs"][0]["results"][0]["partialFingerprints"]
    );
    let notes = &first["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(notes[0]["associatedRule"]["id"], "index_unused");
    Ok(())
}

/// Read by Prometheus's own program where it is installed, else line by line as its documentation describes the format.
#[test]
fn the_metrics_are_what_prometheus_reads() -> TestResult {
    let metrics = metrics(&report()?, UNIX_EPOCH + Duration::from_hours(500_000))?;
    let lines: Vec<_> = metrics
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    for line in [
        "freehold_findings{check=\"unlogged_table\",severity=\"warning\"} 1.0",
        "freehold_findings{check=\"schema_create_public\",severity=\"error\"} 0.0",
        "freehold_check_judged{check=\"index_unused\"} 0.0",
        "freehold_doctor_last_run_timestamp_seconds 1800000000.0",
    ] {
        assert!(lines.contains(&line), "`{line}` is missing in\n{metrics}");
    }
    let mut series: Vec<_> = lines
        .iter()
        .filter_map(|line| Some(line.rsplit_once(' ')?.0))
        .collect();
    let count = series.len();
    series.sort_unstable();
    series.dedup();
    assert_eq!(series.len(), count, "a series is there twice:\n{metrics}");
    for line in &lines {
        expect_sample(line)?;
    }
    match promtool(&metrics)? {
        Some(errors) => assert_eq!(errors, "", "promtool refuses\n{metrics}"),
        None => eprintln!("note: `promtool` is not installed, and did not read the metrics"),
    }
    Ok(())
}

/// `name{label="value",..} number`, with `\`, `"` and newlines escaped.
fn expect_sample(line: &str) -> TestResult {
    let (series, number) = line.rsplit_once(' ').ok_or("no number")?;
    number
        .parse::<f64>()
        .map_err(|_| format!("`{number}` is no number"))?;
    let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
    let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let labels = labels.strip_suffix('}').ok_or("the labels do not end")?;
    let unescaped = labels
        .replace("\\\\", "")
        .replace("\\\"", "")
        .replace("\\n", "");
    let is_whole = unescaped.matches('"').count() % 2 == 0 && !unescaped.contains('\\');
    assert!(is_name && is_whole, "`{line}` is no sample");
    Ok(())
}

/// What promtool prints of the metrics, or `None` without promtool.
fn promtool(metrics: &str) -> Result<Option<String>, Box<dyn std::error::Error>> {
    let command = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = command else {
        return Ok(None);
    };
    let mut input = child.stdin.take().ok_or("no input")?;
    std::io::Write::write_all(&mut input, metrics.as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    Ok(Some(
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
    ))
}

/// The limit is two seconds in an optimised build; the programs of tests are not optimised, and share the machine.
#[test]
fn a_thousand_tables_are_examined_in_seconds() -> TestResult {
    let server = Server::start()?;
    let database = server.create_database("large")?;
    database.psql(&crate::schema::SHOP.schema()?.up(&Postgres))?;
    // In several transactions, because each object that is made holds a lock.
    for first in (1..1000).step_by(100) {
        database.psql(&format!(
            "SET ROLE shop_owner; DO $$ BEGIN FOR n IN {first}..{first} + 99 LOOP
                EXECUTE format('CREATE TABLE t%s (id bigserial PRIMARY KEY, user_id uuid REFERENCES users, a text, b text)', n);
                EXECUTE format('CREATE INDEX ON t%s (user_id, a)', n);
                EXECUTE format('CREATE INDEX ON t%s (a, b)', n);
            END LOOP; END $$"
        ))?;
    }
    let shop = Shop { database };
    let begin = Instant::now();
    let report = shop.examine(&Options::default())?;
    let took = begin.elapsed();
    eprintln!(
        "1,000 tables: {} findings in {:.2} s",
        report.findings.len(),
        took.as_secs_f64()
    );
    assert_eq!(
        report.count(Severity::Error),
        3,
        "{:?}",
        report.findings.iter().take(5).collect::<Vec<_>>()
    );
    assert!(took < Duration::from_secs(20), "it took {took:?}");
    Ok(())
}
