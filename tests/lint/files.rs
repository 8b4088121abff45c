//! Facts that are known across the files of a directory.

use std::fs;

use freehold::lint::{self, Options};
use freehold::migrate::Directory;

use crate::{TestResult, directory, found};

#[test]
fn a_table_of_an_earlier_pending_file_is_new() -> TestResult {
    let make = "CREATE TABLE jobs (id bigint PRIMARY KEY, n integer);";
    let index = "CREATE INDEX jobs_n ON jobs (n);";
    assert_eq!(found(&[make, index])?, []);
    assert_eq!(found(&[&format!("{make}\n{index}")])?, []);
    assert_eq!(found(&[index])?, [("IX01", 1)]);
    let rename = "ALTER TABLE jobs RENAME TO works;";
    assert_eq!(
        found(&[make, rename, &index.replace("ON jobs", "ON works")])?,
        []
    );
    Ok(())
}

#[test]
fn a_table_of_an_applied_file_is_not_new() -> TestResult {
    let (_folder, directory) = directory(&[
        "CREATE TABLE jobs (id bigint PRIMARY KEY, n integer);",
        "CREATE INDEX jobs_n ON jobs (n);",
    ])?;
    let count = |applied: &[i64]| {
        let applied = applied.iter().copied().collect();
        let options = Options {
            applied,
            ..Options::default()
        };
        lint::lint(&directory, &options)
            .iter()
            .filter(|it| it.rule.id == "IX01")
            .count()
    };
    assert_eq!(count(&[]), 0);
    assert_eq!(count(&[1]), 0);
    assert_eq!(count(&[1, 2]), 1);
    assert_eq!(
        count(&[1, 2, 3]),
        0,
        "nothing is found in what has been applied"
    );
    Ok(())
}

#[test]
fn a_recreated_table_is_new() -> TestResult {
    let sql = "-- freehold: allow DS01, LK18 (nobody uses it)\nDROP TABLE tasks;\nCREATE TABLE tasks (id bigint PRIMARY KEY);\nALTER TABLE tasks ADD a integer NOT NULL;";
    assert_eq!(found(&[sql])?, []);
    let exists = "CREATE TABLE IF NOT EXISTS tasks (id bigint PRIMARY KEY);\nALTER TABLE tasks ADD a integer NOT NULL;";
    assert_eq!(
        found(&[exists])?,
        [("LK02", 2)],
        "`IF NOT EXISTS` makes nothing here"
    );
    Ok(())
}

#[test]
fn a_column_of_one_file_is_known_in_the_next() -> TestResult {
    let add = "ALTER TABLE tasks ADD CONSTRAINT n_there CHECK (n IS NOT NULL) NOT VALID;";
    let validate = "ALTER TABLE tasks VALIDATE CONSTRAINT n_there;";
    let set = "ALTER TABLE tasks ALTER n SET NOT NULL;\nALTER TABLE tasks DROP CONSTRAINT n_there;";
    let set_alone = "ALTER TABLE tasks ALTER n SET NOT NULL;";
    assert_eq!(found(&[add, validate, set_alone])?, []);
    assert_eq!(found(&[add, set_alone])?, [("LK04", 1)]);
    assert_eq!(found(&[add, validate, set])?, [("LK14", 2)]);
    let widen = "ALTER TABLE tasks ALTER note TYPE varchar(40);";
    let shrink = "ALTER TABLE tasks ALTER note TYPE varchar(30);";
    assert_eq!(found(&[widen, shrink])?, [("DS08", 1), ("LK06", 1)]);
    Ok(())
}

#[test]
fn a_migration_without_a_way_back_is_found() -> TestResult {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("1_it.sql"), "SELECT 1;")?;
    let directory = Directory::read(folder.path())?;
    let ids = |options| {
        let findings = lint::lint(&directory, &options);
        findings.iter().map(|it| it.rule.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(Options::default()), ["HX06"]);
    let disabled = ["HX06".to_owned()].into();
    assert_eq!(
        ids(Options {
            disabled,
            ..Options::default()
        }),
        [""; 0]
    );
    let allowed = "-- freehold: allow HX06 (seed data)\nSELECT 1;";
    fs::write(folder.path().join("1_it.sql"), allowed)?;
    let directory = Directory::read(folder.path())?;
    assert_eq!(lint::lint(&directory, &Options::default()), []);
    Ok(())
}

#[test]
fn a_mistake_in_a_way_back_is_found() -> TestResult {
    let folder = tempfile::tempdir()?;
    let down = "DROP TABLE tasks;\nCOPY users FROM stdin;\n1\t'\n\\.\n";
    fs::write(folder.path().join("1_it.up.sql"), "SELECT 1;")?;
    let path = folder.path().join("1_it.down.sql");
    fs::write(&path, down)?;
    let lint = |options: &Options| -> Result<Vec<_>, Box<dyn std::error::Error>> {
        let findings = lint::lint(&Directory::read(folder.path())?, options);
        let found = findings.iter().map(|it| (it.rule.id, it.line));
        assert!(findings.iter().all(|it| it.path == path));
        Ok(found.collect())
    };
    assert_eq!(lint(&Options::default())?, [("TX06", 2)]);
    let applied = [1].into();
    assert_eq!(
        lint(&Options {
            applied,
            ..Options::default()
        })?,
        []
    );
    let allowed = "-- freehold: allow DS01 (it is empty)\nDROP TABLE tasks;\nCOMMIT;";
    fs::write(&path, allowed)?;
    assert_eq!(
        lint(&Options::default())?,
        [("TX01", 3)],
        "no rule looks for DS01 there"
    );
    Ok(())
}

#[test]
fn statements_after_a_syntax_error_are_still_looked_at() -> TestResult {
    let sql = "CREATE TABEL a (;\n\nDROP TABLE old_events;";
    let found = found(&[sql])?;
    assert!(found.iter().any(|it| it.0 == "HX07"), "{found:?}");
    Ok(())
}

#[test]
fn no_file_stops_the_lint() -> TestResult {
    let nested = |depth| format!("SELECT {}1{};", "(".repeat(depth), ")".repeat(depth));
    let chain = |length| format!("SELECT {}1;", "NOT ".repeat(length));
    for sql in [
        nested(5_000).as_str(),
        nested(500_000).as_str(),
        chain(5_000).as_str(),
        "",
        ";;;",
        "\u{feff}SELECT 1;",
        "ALTER TABLE",
        "ALTER TABLE tasks ADD",
        "CREATE TABLE (",
        "DROP TABLE ;",
        "CREATE INDEX ON",
        "SELECT 'ü",
        "SELECT $$",
        "/* ü",
        "-- freehold:",
        "-- freehold: allow ü",
        "\\d tasks",
        "COPY tasks FROM stdin;\n1\t2\n\\.\n",
    ] {
        let _ = found(&[sql])?;
    }
    Ok(())
}
