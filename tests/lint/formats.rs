//! Text, JSON and SARIF.

use std::path::PathBuf;

use freehold::lint::{self, Finding, Options, RULES};
use freehold::migrate::Script;
use serde_json::Value;

use crate::TestResult;

fn findings() -> Vec<Finding> {
    let script = Script {
        path: PathBuf::from("a dir/1_ü.up.sql"),
        sql: "-- ü\nSELECT 'ü'; ALTER TABLE tasks ADD a timestamp;\nALTER TABLE tasks ADD b integer NOT NULL, ADD CONSTRAINT c\n  CHECK (b > 0);"
            .to_owned(),
    };
    let disabled = ["LK14", "LK17"].map(str::to_owned).into();
    lint::lint_script(
        &script,
        &Options {
            disabled,
            ..Options::default()
        },
    )
}

#[test]
fn a_finding_is_a_line_of_text() {
    let lines: Vec<_> = findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "a dir/1_ü.up.sql:2:37: TY05 `a` is not a definite point in time",
            "a dir/1_ü.up.sql:3:19: LK02 `b` is `NOT NULL`, but the existing rows of `tasks` have no value for it",
            "a dir/1_ü.up.sql:3:47: CK01 PostgreSQL reads all rows of `tasks`, and blocks reads and writes",
        ]
    );
}

#[test]
fn json_has_every_field() -> TestResult {
    let json: Value = serde_json::from_str(&lint::json(&findings()))?;
    assert_eq!(json.as_array().map(Vec::len), Some(3));
    let first = &json[0];
    assert_eq!(first["rule"], "TY05");
    assert_eq!(first["name"], "timestamp");
    assert_eq!(first["severity"], "warning");
    assert_eq!(first["path"], "a dir/1_ü.up.sql");
    assert_eq!((&first["line"], &first["column"]), (&2.into(), &37.into()));
    assert_eq!(first["statement"], "ALTER TABLE tasks ADD a timestamp");
    assert_eq!(first["fix"], "`timestamptz`");
    assert_eq!(first["edit"]["text"], "timestamptz");
    assert_eq!(first["docs"], "docs/lint.md#ty05");
    assert!(
        json[1].get("edit").is_none(),
        "there is no text that does it"
    );
    assert_eq!(
        serde_json::from_str::<Value>(&lint::json(&[]))?,
        serde_json::json!([])
    );
    Ok(())
}

#[test]
fn an_edit_does_what_the_fix_describes() -> TestResult {
    let json: Value = serde_json::from_str(&lint::json(&findings()))?;
    let edit = &json[2]["edit"];
    assert_eq!(edit["text"], " NOT VALID");
    // Behind the last parenthesis, in the second line of the statement.
    assert_eq!((&edit["line"], &edit["column"]), (&4.into(), &16.into()));
    assert_eq!(
        (&edit["end_line"], &edit["end_column"]),
        (&4.into(), &16.into())
    );
    Ok(())
}

/// The requirements of the schema of SARIF 2.1.0: 3.13, 3.14, 3.18, 3.19, 3.27, 3.28, 3.30, 3.49, 3.55 to 3.57 of the
/// specification.
#[test]
fn sarif_matches_its_schema() -> TestResult {
    let log: Value = serde_json::from_str(&lint::sarif(&findings()))?;
    assert_eq!(log["version"], "2.1.0");
    assert!(
        log["$schema"]
            .as_str()
            .is_some_and(|it| it.ends_with("sarif-2.1.0.json"))
    );
    let runs = log["runs"].as_array().ok_or("no runs")?;
    assert_eq!(runs.len(), 1);
    let driver = &runs[0]["tool"]["driver"];
    assert_eq!(driver["name"], "freehold");
    assert_eq!(runs[0]["columnKind"], "unicodeCodePoints");
    let rules = driver["rules"].as_array().ok_or("no rules")?;
    assert_eq!(rules.len(), RULES.len());
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(
                rule[key]["text"].as_str().is_some_and(|it| !it.is_empty()),
                "{rule}"
            );
        }
        assert!(rule["id"].is_string() && rule["name"].is_string());
        let level = rule["defaultConfiguration"]["level"]
            .as_str()
            .ok_or("no level")?;
        assert!(
            ["none", "note", "warning", "error"].contains(&level),
            "{level}"
        );
        assert!(rule["defaultConfiguration"]["enabled"].is_boolean());
    }
    let results = runs[0]["results"].as_array().ok_or("no results")?;
    assert_eq!(results.len(), 3);
    for result in results {
        assert!(
            result["message"]["text"]
                .as_str()
                .is_some_and(|it| !it.is_empty())
        );
        let index = result["ruleIndex"].as_u64().ok_or("no index")?;
        assert_eq!(rules[usize::try_from(index)?]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%20dir/1_%C3%BC.up.sql");
        for key in ["startLine", "startColumn"] {
            assert!(
                place["region"][key].as_u64().is_some_and(|it| it > 0),
                "{place}"
            );
        }
    }
    Ok(())
}

#[test]
fn a_fix_of_sarif_replaces_a_region() -> TestResult {
    let log: Value = serde_json::from_str(&lint::sarif(&findings()))?;
    let results = &log["runs"][0]["results"];
    let fix = &results[0]["fixes"][0];
    assert_eq!(fix["description"]["text"], "`timestamptz`");
    let change = &fix["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "a%20dir/1_%C3%BC.up.sql");
    let replacement = &change["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "timestamptz");
    assert_eq!(
        replacement["deletedRegion"],
        serde_json::json!({"startLine": 2, "startColumn": 37, "endLine": 2, "endColumn": 46})
    );
    assert!(
        results[1].get("fixes").is_none(),
        "there is no text that does it"
    );
    Ok(())
}
