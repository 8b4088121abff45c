//! The example `dump-ddl`, run as a program.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use freehold_test_support::Server;
use tempfile::TempDir;

use crate::{TestResult, program};

const NAMES: [&str; 6] = [
    "tasks",
    "orders",
    "patterns",
    "storefront",
    "ecommerce",
    "shop",
];

/// The output of the program and its exit status.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

fn run(arguments: &[&str]) -> Result<Run, Box<dyn Error>> {
    Ok(Command::new(program("dump-ddl")?)
        .args(arguments)
        .output()?
        .into())
}

/// Runs it with `--out` and further `arguments`.
fn write(directory: &Path, arguments: &[&str]) -> Result<Run, Box<dyn Error>> {
    let mut command = Command::new(program("dump-ddl")?);
    Ok(command
        .arg("--out")
        .arg(directory)
        .args(arguments)
        .output()?
        .into())
}

fn stdout_of(run: Run) -> String {
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    run.stdout
}

#[test]
fn tasks_are_printed_without_arguments() -> TestResult {
    let printed = stdout_of(run(&[])?);
    assert!(printed.contains("CREATE TABLE tasks"), "{printed}");
    assert_eq!(printed, stdout_of(run(&["tasks"])?));
    Ok(())
}

#[test]
fn down_prints_the_ddl_that_removes_the_schema() -> TestResult {
    let printed = stdout_of(run(&["orders", "--down"])?);
    assert!(printed.contains("DROP TABLE orders"), "{printed}");
    assert!(!printed.contains("CREATE TABLE"), "{printed}");
    Ok(())
}

#[test]
fn list_names_every_schema_in_columns() -> TestResult {
    let printed = stdout_of(run(&["--list"])?);
    let names: Vec<_> = printed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(names, NAMES);
    let widths: Vec<_> = printed.lines().map(str::len).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{printed}");
    assert!(printed.starts_with("tasks        2 tables\n"), "{printed}");
    Ok(())
}

#[test]
fn an_unknown_name_is_a_wrong_argument() -> TestResult {
    let run = run(&["taks"])?;
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    for name in NAMES {
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
    Ok(())
}

#[test]
fn arguments_that_exclude_each_other_are_wrong() -> TestResult {
    for arguments in [
        &["--list", "tasks"][..],
        &["--down", "--out", "x"],
        &["--force"],
    ] {
        assert_eq!(run(arguments)?.status, Some(2), "{arguments:?}");
    }
    Ok(())
}

#[test]
fn help_has_the_exit_statuses() -> TestResult {
    let printed = stdout_of(run(&["--help"])?);
    assert!(printed.contains("Exit status:\n  0  "), "{printed}");
    Ok(())
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() -> TestResult {
    let mut command = Command::new(program("dump-ddl")?);
    command
        .arg("ecommerce")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn()?;
    drop(child.stdout.take());
    let mut message = String::new();
    child
        .stderr
        .take()
        .ok_or("no stderr")?
        .read_to_string(&mut message)?;
    assert_eq!((child.wait()?.code(), message.as_str()), (Some(0), ""));
    Ok(())
}

/// The printed files in their order, with their `-- UP` and `-- DOWN` halves.
fn halves(printed: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut halves = Vec::new();
    for path in printed.lines() {
        let contents = fs::read_to_string(path)?;
        let missing = || format!("`{path}` lacks `-- UP` or `-- DOWN`");
        let (head, both) = contents.split_once("-- UP\n").ok_or_else(missing)?;
        assert!(
            head.lines()
                .all(|line| line.is_empty() || line.starts_with("-- ")),
            "{head}"
        );
        let (up, down) = both.split_once("\n-- DOWN\n").ok_or_else(missing)?;
        halves.push((up.to_owned(), down.to_owned()));
    }
    Ok(halves)
}

fn files_load_in_order_and_unload_in_reverse(name: &str) -> TestResult {
    let directory = TempDir::new()?;
    let printed = stdout_of(write(&directory.path().join("made/here"), &[name])?);
    assert!(printed.lines().is_sorted(), "{printed}");
    let halves = halves(&printed)?;
    let database = Server::shared().create_database(name)?;
    for (up, _) in &halves {
        database.psql(up)?;
    }
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalog.sql");
    assert_eq!(database.catalog(&catalog)?, catalog_of_up(name, &catalog)?);
    for (_, down) in halves.iter().rev() {
        database.psql(down)?;
    }
    assert_eq!(database.catalog(&catalog)?, Vec::<String>::new());
    Ok(())
}

/// The catalog that the printed DDL of the same schema creates.
fn catalog_of_up(name: &str, catalog: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let database = Server::shared().create_database(name)?;
    database.psql(&stdout_of(run(&[name])?))?;
    Ok(database.catalog(catalog)?)
}

#[test]
fn files_load_in_the_order_of_their_names() -> TestResult {
    NAMES
        .into_iter()
        .try_for_each(files_load_in_order_and_unload_in_reverse)
}

#[test]
fn files_are_numbered() -> TestResult {
    let directory = TempDir::new()?;
    for path in stdout_of(write(directory.path(), &[])?).lines() {
        let name = Path::new(path).file_name().and_then(|name| name.to_str());
        assert!(
            name.is_some_and(|name| name.starts_with(|first: char| first.is_ascii_digit())),
            "{path}"
        );
    }
    Ok(())
}

#[test]
fn the_same_files_can_be_written_again() -> TestResult {
    let directory = TempDir::new()?;
    let first = stdout_of(write(directory.path(), &["orders"])?);
    assert_eq!(stdout_of(write(directory.path(), &["orders"])?), first);
    Ok(())
}

#[test]
fn a_changed_file_is_overwritten_only_by_force() -> TestResult {
    let directory = TempDir::new()?;
    let printed = stdout_of(write(directory.path(), &[])?);
    let (first, last) = (printed.lines().next(), printed.lines().last());
    let (first, last) = (first.ok_or("no file")?, last.ok_or("no file")?);
    let made = fs::read_to_string(last)?;
    fs::remove_file(first)?;
    fs::write(last, "mine")?;

    let refused = write(directory.path(), &[])?;
    assert_eq!((refused.status, refused.stdout.as_str()), (Some(1), ""));
    assert!(
        refused
            .stderr
            .starts_with(&format!("error: `{last}` already exists")),
        "{}",
        refused.stderr
    );
    assert!(refused.stderr.contains("`--force`"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(last)?, "mine");
    assert!(!Path::new(first).exists(), "a refused run wrote `{first}`");

    assert_eq!(stdout_of(write(directory.path(), &["--force"])?), printed);
    assert_eq!(fs::read_to_string(last)?, made);
    Ok(())
}

#[test]
fn a_directory_that_cannot_be_created_is_a_failure() -> TestResult {
    let directory = TempDir::new()?;
    let file = directory.path().join("file");
    fs::write(&file, "")?;
    let run = write(&file.join("below"), &[])?;
    assert_eq!(run.status, Some(1));
    assert!(
        run.stderr.starts_with("error: could not read or write `"),
        "{}",
        run.stderr
    );
    Ok(())
}
