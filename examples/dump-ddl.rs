//! Prints the DDL of one of the example schemas, or writes it as numbered migration files.
//!
//! ```text
//! cargo run --example dump-ddl                       # `tasks`, to make it
//! cargo run --example dump-ddl -- orders --down      # `orders`, to take it away
//! cargo run --example dump-ddl -- shop --down --roles  # and the roles, which belong to the whole cluster
//! cargo run --example dump-ddl -- orders --out DIR   # a file for each step, with both
//! cargo run --example dump-ddl -- shop --partitions order_events --from 2026-12 --months 3
//! cargo run --example dump-ddl -- --list             # the names
//! ```
//!
//! A file that is in DIR with other contents is overwritten only with `--force`.

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
#[allow(clippy::struct_excessive_bools)] // They are flags, and independent of each other.
struct Arguments {
    /// The schema
    #[arg(default_value = "tasks", value_parser = PossibleValuesParser::new(names()))]
    name: String,
    /// Print what takes the schema away, instead of what makes it
    #[arg(long, conflicts_with = "out")]
    down: bool,
    /// Take the roles away too, which belong to the whole cluster
    #[arg(long, requires = "down")]
    roles: bool,
    /// Print what makes the monthly partitions of TABLE
    #[arg(long, value_name = "TABLE", requires = "from", conflicts_with_all = ["down", "out"])]
    partitions: Option<String>,
    /// The first month of the partitions
    #[arg(long, value_name = "YYYY-MM", value_parser = month, requires = "partitions")]
    from: Option<Month>,
    /// How many months
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
    #[error("no schema is named `{0}`: give one that `--list` prints")]
    Unknown(String),
    #[error("`{name}` is not a schema: {violations}")]
    Schema {
        name: &'static str,
        violations: SchemaError,
    },
    #[error(transparent)]
    Partitions(#[from] PartitionError),
    #[error("`{}` is there with other contents: give `--force` to overwrite it, or another `--out`", .0.display())]
    Exists(PathBuf),
    #[error("`{}` cannot be used: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has read enough, such as `head`, is no failure.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            // Where the message cannot be written either, the status has to do.
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

/// A month, as ISO 8601 writes it.
fn month(text: &str) -> Result<Month, String> {
    let parsed = text
        .split_once('-')
        .and_then(|(year, month)| Month::new(year.parse().ok()?, month.parse().ok()?));
    parsed.ok_or_else(|| "a month is written `2026-12`".to_owned())
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

/// Writes every file or, when one would be lost, none. Gives back their paths, a line for each.
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

/// Says which path an error is about.
fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    move |error| Failure::File {
        path: path.to_owned(),
        error,
    }
}
