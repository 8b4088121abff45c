//! Prints the DDL of one of the example schemas, or writes it as numbered migration files.
//!
//! ```text
//! cargo run --example dump-ddl                       # the SQL that creates the schema `tasks`
//! cargo run --example dump-ddl -- orders --down      # the SQL that drops the schema `orders`
//! cargo run --example dump-ddl -- shop --down --roles  # the same, and the SQL that drops its roles
//! cargo run --example dump-ddl -- orders --out DIR   # a file for each step, with its SQL for up and down
//! cargo run --example dump-ddl -- shop --partitions order_events --from 2026-12 --months 3
//! cargo run --example dump-ddl -- --list             # the names of the schemas
//! ```
//!
//! `--out` overwrites a file whose contents differ only with `--force`. Roles belong to the whole cluster, so
//! `--down` alone keeps them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use clap::builder::PossibleValuesParser;
use freehold::{DdlFile, Month, PartitionError, Postgres, Schema, SchemaDef, SchemaError};

mod schemas;

const STATUSES: &str = "\
Exit status:
  0  the DDL is printed or written
  1  a schema is wrong, or a file is there already or cannot be written
  2  the arguments are wrong";

/// Prints the PostgreSQL DDL of an example schema.
#[derive(Parser)]
#[command(after_help = STATUSES)]
#[allow(clippy::struct_excessive_bools)] // Each is a flag of its own.
struct Arguments {
    /// The schema to print
    #[arg(default_value = "tasks", value_parser = PossibleValuesParser::new(names()))]
    name: String,
    /// Print the SQL that drops the schema, instead of the SQL that creates it
    #[arg(long, conflicts_with = "out")]
    down: bool,
    /// Also print the SQL that drops the schema's roles, which belong to the whole cluster
    #[arg(long, requires = "down")]
    roles: bool,
    /// Print the SQL that creates the monthly partitions of TABLE
    #[arg(long, value_name = "TABLE", requires = "from", conflicts_with_all = ["down", "out"])]
    partitions: Option<String>,
    /// The first month of the partitions
    #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "partitions")]
    from: Option<Month>,
    /// How many months to create partitions for
    #[arg(long, default_value_t = 3, requires = "partitions")]
    months: u32,
    /// Write a numbered file for each step into DIR, and print their paths
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Overwrite files that have other contents
    #[arg(long, requires = "out")]
    force: bool,
    /// Print the names of the schemas and how many tables each has
    #[arg(long, conflicts_with_all = ["name", "down", "out"])]
    list: bool,
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("no schema is named `{0}`: use a name that `--list` prints")]
    Unknown(String),
    #[error("`{name}` is not a schema: {violations}")]
    Schema {
        name: &'static str,
        violations: SchemaError,
    },
    #[error(transparent)]
    Partitions(#[from] PartitionError),
    #[error("`{}` already exists with other contents: use `--force` to overwrite it, or another `--out`", .0.display())]
    Exists(PathBuf),
    #[error("could not read or write `{}`: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("could not write the output: {0}")]
    Output(#[from] io::Error),
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader closed the pipe, as `head` does. That is not a failure.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            // If the message cannot be written, the exit status is all that is left.
            let _ = writeln!(io::stderr(), "error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let text = match &arguments.out {
        _ if arguments.list => list()?,
        Some(directory) => write_files(&schema(&arguments.name)?, directory, arguments.force)?,
        None if arguments.down => down(&schema(&arguments.name)?, arguments.roles),
        None => up(&schema(&arguments.name)?, arguments)?,
    };
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    Ok(output.flush()?)
}

fn up(schema: &Schema, arguments: &Arguments) -> Result<String, Failure> {
    match (&arguments.partitions, arguments.from) {
        (Some(table), Some(first)) => {
            Ok(schema.plan_monthly_partitions(&Postgres, table, first, arguments.months)?)
        }
        _ => Ok(schema.up(&Postgres)),
    }
}

fn down(schema: &Schema, roles: bool) -> String {
    let mut sql = schema.down(&Postgres);
    if roles {
        sql.push_str(&schema.drop_roles(&Postgres));
    }
    sql
}

/// Parses a month in the form of ISO 8601, `2026-12`.
fn month(text: &str) -> Result<Month, String> {
    let parsed = text
        .split_once('-')
        .and_then(|(year, month)| Month::new(year.parse().ok()?, month.parse().ok()?));
    parsed.ok_or_else(|| "expected a month such as `2026-12`".to_owned())
}

fn names() -> impl Iterator<Item = &'static str> {
    schemas::ALL.iter().map(|(name, _)| *name)
}

fn schema(name: &str) -> Result<Schema, Failure> {
    let known = schemas::ALL.iter().find(|(known, _)| *known == name);
    let (name, def) = known.ok_or_else(|| Failure::Unknown(name.to_owned()))?;
    owned(name, def)
}

fn owned(name: &'static str, def: &SchemaDef) -> Result<Schema, Failure> {
    Schema::from_def(def).map_err(|violations| Failure::Schema { name, violations })
}

fn list() -> Result<String, Failure> {
    let width = names().map(str::len).max().unwrap_or_default();
    let line = |(name, def): &(&'static str, &SchemaDef)| {
        let count = owned(name, def)?.tables().len();
        Ok(format!("{name:width$}  {count:2} tables\n"))
    };
    schemas::ALL.iter().map(line).collect()
}

/// Writes all files, or none if one would be overwritten without `force`. Returns their paths, one a line.
fn write_files(schema: &Schema, directory: &Path, force: bool) -> Result<String, Failure> {
    let files = schema.files(&Postgres);
    if !force {
        files
            .iter()
            .try_for_each(|file| refuse_other(&directory.join(&file.name), &file.contents))?;
    }
    fs::create_dir_all(directory).map_err(at(directory))?;
    files
        .iter()
        .map(|file| write_file(file, directory))
        .collect()
}

fn refuse_other(path: &Path, contents: &str) -> Result<(), Failure> {
    match fs::read(path) {
        Ok(there) if there != contents.as_bytes() => Err(Failure::Exists(path.to_owned())),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

fn write_file(file: &DdlFile, directory: &Path) -> Result<String, Failure> {
    let path = directory.join(&file.name);
    fs::write(&path, &file.contents).map_err(at(&path))?;
    Ok(format!("{}\n", path.display()))
}

/// Adds the path to an I/O error.
fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    move |error| Failure::File {
        path: path.to_owned(),
        error,
    }
}
