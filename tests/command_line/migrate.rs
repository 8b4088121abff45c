//! `schema migrate up` and `down`.

use crate::{Shop, TestResult};

/// The output without durations, which differ each time.
fn without_seconds(printed: &str) -> Vec<String> {
    let lines = printed.lines();
    lines
        .map(|line| line.split(" (").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn each_migration_is_a_line_and_each_statement_on_request() -> TestResult {
    let shop = Shop::empty()?;
    shop.write(
        "1_rooms.up.sql",
        "CREATE TABLE rooms (id int); CREATE TABLE beds (id int);",
    )?;
    shop.write("1_rooms.down.sql", "DROP TABLE beds; DROP TABLE rooms;")?;
    shop.write("2_guests.up.sql", "CREATE TABLE guests (id int);")?;
    shop.write("2_guests.down.sql", "DROP TABLE guests;")?;
    let (status, printed) = shop.schema(&["migrate", "up"])?;
    assert_eq!(status, 0, "{printed}");
    assert_eq!(without_seconds(&printed), ["up 1 rooms", "up 2 guests"]);
    let (_, printed) = shop.schema(&["migrate", "up"])?;
    assert_eq!(printed, "nothing is pending\n");
    let (_, printed) = shop.schema(&["migrate", "down", "2", "-v"])?;
    for line in ["DROP TABLE beds", "down 1 rooms", "down 2 guests"] {
        assert!(printed.contains(line), "`{line}` is missing in:\n{printed}");
    }
    let (_, printed) = shop.schema(&["migrate", "down"])?;
    assert_eq!(printed, "nothing is applied\n");
    Ok(())
}

/// `migrate new` writes several files if a statement needs its own transaction; together they are one migration.
#[test]
fn down_counts_migrations_and_not_files() -> TestResult {
    let shop = Shop::empty()?;
    for (version, name) in [
        (10, "phase_2"),
        (11, "add_due"),
        (12, "add_due_2"),
        (13, "add_due_3"),
        (15, "add_due_4"),
        (16, "last"),
        (17, "last_3"),
    ] {
        shop.write(
            &format!("{version}_{name}.up.sql"),
            &format!("CREATE TABLE t{version} ();"),
        )?;
        shop.write(
            &format!("{version}_{name}.down.sql"),
            &format!("DROP TABLE t{version};"),
        )?;
    }
    for (count, applied) in [
        ("7", "10 11 12 13 15 16 17"),
        ("1", "10 11 12 13 15 16"),
        ("1", "10 11 12 13 15"),
        ("1", "10 11 12 13"),
        ("1", "10"),
        ("1", ""),
    ] {
        let command = if count == "7" { "up" } else { "down" };
        let (status, printed) = shop.schema(&["migrate", command, count])?;
        assert_eq!(status, 0, "{printed}");
        assert_eq!(shop.applied()?, applied, "after:\n{printed}");
    }
    Ok(())
}

/// The client would have to send the rows: the server would wait for them forever.
#[test]
fn a_copy_from_stdin_is_refused_before_anything_runs() -> TestResult {
    let shop = Shop::empty()?;
    shop.write(
        "1_rows.sql",
        "CREATE TABLE a (i int);\nCOPY a FROM stdin;\n1\n\\.\n",
    )?;
    let (status, printed) = shop.schema(&["migrate", "up"])?;
    assert_eq!(status, 1, "{printed}");
    for words in ["1_rows.sql:2` (`COPY a FROM stdin`)", "`INSERT`"] {
        assert!(
            printed.contains(words),
            "`{words}` is missing in:\n{printed}"
        );
    }
    let there = shop.database.psql("SELECT to_regclass('a') IS NULL")?;
    assert_eq!(there.trim(), "t", "something of the file ran");
    Ok(())
}

#[test]
fn a_byte_order_mark_is_ignored() -> TestResult {
    let shop = Shop::empty()?;
    shop.write("1_a.sql", "\u{feff}CREATE TABLE a (i int);")?;
    shop.write(
        "2_b.sql",
        "\u{feff}-- no-transaction\nCREATE INDEX CONCURRENTLY a_i ON a (i);",
    )?;
    let (status, printed) = shop.schema(&["migrate", "up"])?;
    assert_eq!(status, 0, "{printed}");
    assert_eq!(shop.applied()?, "1 2");
    Ok(())
}

#[test]
fn out_of_order_applies_an_older_file() -> TestResult {
    let shop = Shop::empty()?;
    shop.write("2_b.sql", "CREATE TABLE b ();")?;
    shop.schema(&["migrate", "up"])?;
    shop.write("1_a.sql", "CREATE TABLE a ();")?;
    let (status, printed) = shop.schema(&["migrate", "up"])?;
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("`--out-of-order`"), "{printed}");
    let (status, printed) = shop.schema(&["migrate", "up", "--out-of-order"])?;
    assert_eq!(status, 0, "{printed}");
    assert_eq!(shop.applied()?, "1 2");
    Ok(())
}

/// Programs read failures too.
#[test]
fn a_wrong_argument_is_json_if_json_is_requested() -> TestResult {
    let shop = Shop::empty()?;
    for (arguments, words) in [
        (["lint", "--json", "--sinse", "1"], "`--sinse`"),
        (["lint", "--json", "--since", "one"], "invalid value 'one'"),
        (["--json", "migrate", "down", "-x"], "'-x'"),
    ] {
        let (status, value) = shop.json(&arguments)?;
        assert_eq!(status, 2, "{value}");
        assert_eq!(value["status"], 2, "{value}");
        let error = value["error"].as_str().unwrap_or_default();
        assert!(error.contains(&words.replace('`', "'")), "{error}");
        assert!(!error.contains("Usage"), "{error}");
    }
    let (status, printed) = shop.schema(&["lint", "--sinse"])?;
    assert_eq!(status, 2, "{printed}");
    assert!(printed.contains("Usage:"), "{printed}");
    let (status, printed) = shop.schema(&["--json", "--help"])?;
    assert_eq!(status, 0, "{printed}");
    Ok(())
}

#[test]
fn a_failure_is_json_if_json_is_requested() -> TestResult {
    let shop = Shop::empty()?;
    shop.write("1_a.sql", "CREATE TABLE a (b nonsense);")?;
    let (status, printed) = shop.schema(&["migrate", "up", "--json"])?;
    assert_eq!(status, 1, "{printed}");
    let last = printed.lines().last().unwrap_or_default();
    let value: serde_json::Value =
        serde_json::from_str(last).map_err(|error| format!("{error}: {printed}"))?;
    assert_eq!(value["status"], 1);
    let error = value["error"].as_str().unwrap_or_default();
    assert!(
        error.contains("type \"nonsense\" does not exist"),
        "{error}"
    );
    Ok(())
}
