//! The examples that ask a database, run as programs.

#![cfg(feature = "postgres")]

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

use freehold_test_support::Server;

type TestResult = Result<(), Box<dyn Error>>;

/// Cargo puts examples beside the directory of the tests, and builds them before it runs the tests.
fn program(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let test = env::current_exe()?;
    let profile = test
        .ancestors()
        .nth(2)
        .ok_or("the test is in no target directory")?;
    let program = profile
        .join("examples")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if !program.exists() {
        let missing = program.display();
        return Err(format!("`{missing}` is missing: run `cargo build --examples`").into());
    }
    Ok(program)
}

/// What it prints, where it ends well.
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

/// By itself, and twice on a database that is given.
#[test]
fn the_quickstart_walks_through() -> TestResult {
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
fn the_queries_of_the_schemas_are_run() -> TestResult {
    let printed = printed(&mut Command::new(program("seed-queries")?))?;
    let statements = printed
        .lines()
        .filter(|line| line.starts_with("   SELECT "))
        .count();
    assert_eq!(statements, 19, "{printed}");
    Ok(())
}
