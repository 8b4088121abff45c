//! The examples that use a database, run as programs.

use std::error::Error;
use std::process::Command;

use freehold_test_support::Server;

use crate::{TestResult, program};

/// The output of a successful run.
fn printed(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let output = command.output()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "it ended with {}:\n{stderr}",
        output.status
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// On a server of its own, and twice on a given database.
#[test]
fn the_quickstart_runs() -> TestResult {
    let database = Server::shared().create_database("quickstart")?;
    let mut alone = Command::new(program("quickstart")?);
    let mut given = Command::new(program("quickstart")?);
    given.env("DATABASE_URL", database.url());
    for command in [alone.env_remove("DATABASE_URL"), &mut given] {
        for _ in 0..2 {
            let printed = printed(command)?;
            for line in [
                "INSERT INTO quickstart_tasks AS t0 (user_id, title, due_on) VALUES ($1, $2, $3)",
                "99 rows",
                "(t0.created_at, t0.id) < ($2, $3)",
                "Some(Doing)",
                "[(0,)]",
                "does not permit this",
            ] {
                assert!(printed.contains(line), "`{line}` is missing in:\n{printed}");
            }
        }
    }
    Ok(())
}

#[cfg(feature = "testing")]
#[test]
fn the_queries_of_the_schemas_run() -> TestResult {
    let printed = printed(&mut Command::new(program("seed-queries")?))?;
    let statements = printed
        .lines()
        .filter(|line| line.starts_with("   SELECT "))
        .count();
    assert_eq!(statements, 19, "{printed}");
    Ok(())
}

/// The exit status, and both outputs.
#[cfg(feature = "cli")]
fn ended(command: &mut Command) -> Result<(i32, String), Box<dyn Error>> {
    let output = command.output()?;
    let printed = [output.stdout, output.stderr].concat();
    let status = output.status.code().ok_or("a signal ended it")?;
    Ok((status, String::from_utf8(printed)?))
}

/// From the structs to a database, a difference, and back.
#[cfg(feature = "cli")]
#[test]
fn the_schema_command_line_runs() -> TestResult {
    let directory = tempfile::tempdir()?;
    let database = Server::shared().create_database("schema_cli")?;
    let program = program("schema")?;
    let schema = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).env("DATABASE_URL", database.url());
        command.current_dir(directory.path());
        ended(&mut command)
    };
    let expect = |arguments: &[&str], status: i32, words: &str| -> TestResult {
        let (found, printed) = schema(arguments)?;
        assert_eq!(
            found,
            status,
            "`schema {}` printed:\n{printed}",
            arguments.join(" ")
        );
        assert!(
            printed.contains(words),
            "`schema {}` printed:\n{printed}",
            arguments.join(" ")
        );
        Ok(())
    };
    expect(
        &["migrate", "new", "open the shop", "--reason", "we begin"],
        0,
        "_open_the_shop.up.sql",
    )?;
    expect(&["diff"], 0, "no differences")?;
    expect(&["migrate", "status"], 3, "pending")?;
    expect(&["check"], 3, "add table `orders`")?;
    expect(
        &["migrate", "verify"],
        0,
        "migrations verified: 1 (up gives the schema",
    )?;
    expect(&["migrate", "up"], 0, "open the shop")?;
    expect(&["migrate", "status"], 0, "applied")?;
    expect(&["check"], 0, "no differences")?;
    database.psql("ALTER TABLE products ADD COLUMN by_hand text")?;
    expect(&["check"], 3, "in `products`: drop column `by_hand`")?;
    let (_, printed) = schema(&["check", "--json"])?;
    let value: serde_json::Value = serde_json::from_str(&printed)?;
    assert_eq!(value["changes"][0], "in `products`: drop column `by_hand`");
    database.psql("ALTER TABLE products DROP COLUMN by_hand")?;
    expect(&["migrate", "down"], 0, "down")?;
    assert_eq!(database.psql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'")?, "0");
    expect(
        &["migrate", "new", "x", "--allow", "courage"],
        2,
        "no hazard is named `courage`; the names are data_loss,",
    )?;
    // As if the structs had lost a column since then.
    let snapshot = directory.path().join("migrations/schema.json");
    let mut value: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&snapshot)?)?;
    let tables = value["schema"]["tables"].as_array_mut();
    let mut tables = tables.into_iter().flatten();
    let products = tables.find(|table| table["name"]["name"] == "products");
    let columns = products.and_then(|table| table["columns"].as_array_mut());
    let lost = serde_json::json!({ "name": "lost", "sql_type": { "scalar": "text" } });
    columns.ok_or("the snapshot has no `products`")?.push(lost);
    std::fs::write(&snapshot, value.to_string())?;
    expect(
        &["migrate", "new", "lose it"],
        3,
        "allow what you intend with `--allow breaks_running_code --allow data_loss`, or in the structs:\n  \
            `#[table(allow(breaks_running_code))]` of `products`\n  `#[table(allow(data_loss))]` of `products`\n",
    )?;
    Ok(())
}

/// A column that the structs no longer have stays for the running release, and the next migration drops it.
#[cfg(feature = "cli")]
#[test]
fn a_migration_over_two_releases_is_planned() -> TestResult {
    let directory = tempfile::tempdir()?;
    let program = program("schema")?;
    let schema = |arguments: &[&str]| {
        ended(
            Command::new(&program)
                .args(arguments)
                .current_dir(directory.path()),
        )
    };
    schema(&["migrate", "new", "open the shop"])?;
    let snapshot = directory.path().join("migrations/schema.json");
    let mut value: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&snapshot)?)?;
    let columns = value["schema"]["tables"]
        .as_array_mut()
        .and_then(|tables| {
            tables
                .iter_mut()
                .find(|table| table["name"]["name"] == "products")
        })
        .and_then(|table| table["columns"].as_array_mut())
        .ok_or("the snapshot has no table `products`")?;
    columns.push(serde_json::json!({ "name": "shelf", "sql_type": { "scalar": "text" } }));
    std::fs::write(&snapshot, value.to_string())?;
    let (status, printed) = schema(&["migrate", "new", "no shelves"])?;
    assert_eq!(status, 3, "{printed}");
    assert!(printed.contains("plan with `--expand`"), "{printed}");
    let (status, printed) = schema(&["migrate", "new", "no shelves", "--expand"])?;
    assert_eq!(status, 0, "{printed}");
    for line in [
        "_no_shelves.up.sql",
        "after the release that runs now has ended",
        "  in `products`: drop column `shelf`",
    ] {
        assert!(printed.contains(line), "`{line}` is missing in:\n{printed}");
    }
    let (status, printed) = schema(&["migrate", "new", "the release is gone"])?;
    assert_eq!(status, 3, "{printed}");
    assert!(printed.contains("--allow data_loss"), "{printed}");
    assert!(!printed.contains("breaks_running_code"), "{printed}");
    Ok(())
}
