//! The command line that an application embeds, for its own schema.
//!
//! ```no_run
//! # use freehold_schema_core::SchemaDef;
//! # static SHOP: SchemaDef = SchemaDef::new("SHOP", &[]);
//! fn main() -> std::process::ExitCode {
//!     freehold_schema_cli::main(&SHOP)
//! }
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod arguments;
#[cfg(feature = "docs")]
mod doc_files;
#[cfg(feature = "docs")]
mod docs;
#[cfg(feature = "operations")]
mod doctor;
mod failure;
#[cfg(feature = "fake")]
mod fake;
#[cfg(feature = "lint")]
mod lint;
#[cfg(feature = "docs")]
mod measured;
mod migrate;
mod output;
mod progress;
#[cfg(feature = "seed")]
mod seed;
mod source;
mod sql;
mod words;

use std::error::Error as _;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use serde_json::json;

use self::arguments::{Arguments, Command, Ddl, Diff, Looking};
use self::failure::Failure;
use self::output::Output;
use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::SchemaDef;
use freehold_schema_migrate::drift::{Drift, Source, Unmodelled};
use freehold_schema_migrate::inspect::UnsupportedKind;
use freehold_schema_migrate::migrate::DIALECT;

/// Runs the command that the process's arguments name, and returns the exit status of the process.
///
/// Results go to standard output, messages to standard error. `--help` lists the commands and the exit statuses.
pub fn main(schema: &'static SchemaDef) -> ExitCode {
    main_of(&Application {
        schema,
        #[cfg(feature = "seed")]
        seed: None,
    })
}

/// The same, with the rows that `schema seed` writes. `seed` is called only for that command.
///
/// ```no_run
/// # use freehold_schema_core::SchemaDef;
/// # static SHOP: SchemaDef = SchemaDef::new("SHOP", &[]);
/// use freehold_schema_core::seed::Seed;
///
/// fn seed() -> Seed {
///     Seed::new(&SHOP)
/// }
///
/// fn main() -> std::process::ExitCode {
///     freehold_schema_cli::main_with_seed(&SHOP, seed)
/// }
/// ```
#[cfg(feature = "seed")]
pub fn main_with_seed(
    schema: &'static SchemaDef,
    seed: fn() -> freehold_schema_core::seed::Seed,
) -> ExitCode {
    main_of(&Application {
        schema,
        seed: Some(seed),
    })
}

/// What the application gives.
struct Application {
    schema: &'static SchemaDef,
    #[cfg(feature = "seed")]
    seed: Option<fn() -> freehold_schema_core::seed::Seed>,
}

fn main_of(application: &Application) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return print_usage_error(&error),
    };
    let is_json = arguments.json;
    match run(application, arguments) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            print_failure(&failure, is_json);
            ExitCode::from(failure.status())
        }
    }
}

/// Prints help, the version, or what is wrong with the arguments; errors as JSON if the arguments contain `--json`.
#[allow(clippy::print_stderr)] // The command prints its message here.
fn print_usage_error(error: &clap::Error) -> ExitCode {
    let is_json = std::env::args_os().any(|argument| argument == "--json");
    if !is_json || !error.use_stderr() {
        // If standard error is closed, there is no place to report that.
        drop(error.print());
    } else {
        let text = error.to_string();
        // The usage lines are for people.
        let message = text.split("\n\nUsage:").next().unwrap_or(&text);
        let message = message.strip_prefix("error: ").unwrap_or(message).trim();
        eprintln!(
            "{}",
            json!({ "error": message, "status": error.exit_code() })
        );
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(1))
}

/// Prints the failure and its causes, without a cause whose text is already printed.
#[allow(clippy::print_stderr)] // The command prints its message here.
fn print_failure(failure: &Failure, is_json: bool) {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(error) = cause {
        let why = error.to_string();
        if !text.contains(&why) {
            text = format!("{text}: {why}");
        }
        cause = error.source();
    }
    if is_json {
        eprintln!("{}", json!({ "error": text, "status": failure.status() }));
    } else {
        eprintln!("error: {text}");
    }
}

fn run(application: &Application, arguments: Arguments) -> Result<u8, Failure> {
    let def = application.schema;
    let schema = def.schema()?;
    let output = Output {
        json: arguments.json,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?;
    runtime.block_on(async {
        match arguments.command {
            Command::Ddl(ddl) => print_ddl(&schema, &ddl, output),
            Command::Migrate { command } => migrate::run(command, &schema, output).await,
            Command::Diff(diff) => print_diff(&schema, &diff, output).await,
            Command::Check {
                directory,
                database,
                looking,
            } => check(&schema, &directory.path, &database.url, &looking, output).await,
            #[cfg(feature = "docs")]
            Command::Docs(arguments) => docs::run(def, &schema, &arguments, output).await,
            #[cfg(feature = "fake")]
            Command::Fake(arguments) => fake::run(def, &arguments, output).await,
            #[cfg(feature = "seed")]
            Command::Seed(arguments) => seed::run(application.seed, &arguments, output).await,
            #[cfg(feature = "lint")]
            Command::Lint(arguments) => lint::run(&arguments, output).await,
            #[cfg(feature = "operations")]
            Command::Doctor(arguments) => doctor::run(def, &schema, &arguments, output).await,
        }
    })
}

fn print_ddl(schema: &Schema, ddl: &Ddl, output: Output) -> Result<u8, Failure> {
    let sql = if ddl.down {
        schema.down(DIALECT)
    } else {
        schema.up(DIALECT)
    };
    output.print(&sql, &json!({ "sql": sql }))?;
    Ok(0)
}

async fn print_diff(schema: &Schema, sides: &Diff, output: Output) -> Result<u8, Failure> {
    let looking = &sides.looking;
    let from = source::source(&sides.from, schema, &looking.schemas).await?;
    let to = source::source(&sides.to, schema, &looking.schemas).await?;
    expect_namespaces(&[&from, &to], looking)?;
    let drift = Drift::between(&from, &to).accepting(&looking.accept);
    if sides.sql {
        let between = [&from, &to].map(|side| matches!(side, Source::Database(_)));
        if between == [true, true] && !sides.leave_out_unmodelled {
            refuse_unmodelled(&drift)?;
        }
        sql::print(&drift, &from, &to, output)?;
    } else {
        print_drift(&drift, looking, Path::new(&sides.from), output)?;
    }
    Ok(strict_status(&drift, looking))
}

/// Refuses a `--schema` that no side has: it is most likely misspelled, and the comparison would skip it.
fn expect_namespaces(sides: &[&Source], looking: &Looking) -> Result<(), Failure> {
    let is_there = |name: &&String| {
        let mut sides = sides.iter();
        name.as_str() == "public" || sides.any(|side| side.schema().schemas().contains(name))
    };
    match looking.schemas.iter().find(|name| !is_there(name)) {
        Some(name) => Err(Failure::Namespace(name.clone())),
        None => Ok(()),
    }
}

/// The SQL would treat what is not modelled as absent. A plan for a table also lacks a partition that is not modelled.
fn refuse_unmodelled(drift: &Drift) -> Result<(), Failure> {
    let is_hidden = |what: &Unmodelled| {
        !drift.diff.is_empty() && what.what.kind == UnsupportedKind::PartitionSchema
    };
    let all = drift.unmodelled.iter();
    let refused = all.filter(|what| what.standing.is_difference() || is_hidden(what));
    let refused: Vec<_> = refused.cloned().collect();
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Failure::NotModelled(refused))
    }
}

fn print_drift(
    drift: &Drift,
    looking: &Looking,
    directory: &Path,
    output: Output,
) -> Result<(), Failure> {
    if !looking.sarif {
        return output.drift(drift);
    }
    let file = if directory.is_file() {
        directory.to_owned()
    } else {
        directory.join(freehold_schema_migrate::migrate::SNAPSHOT_FILE)
    };
    output::sarif(drift, &file)
}

/// The exit status; with `--strict`, 3 also if something was not compared.
fn strict_status(drift: &Drift, looking: &Looking) -> u8 {
    if looking.strict && !drift.is_complete() {
        3
    } else {
        output::status(drift)
    }
}

/// Prints the changes that would give the database the schema.
async fn check(
    schema: &Schema,
    directory: &Path,
    url: &str,
    looking: &Looking,
    output: Output,
) -> Result<u8, Failure> {
    let target = freehold_schema_migrate::migrate::target_schema(directory, schema)?;
    let found = source::of_database(url, &target, &looking.schemas).await?;
    expect_namespaces(&[&found], looking)?;
    let drift = Drift::between(&found, &Source::Declared(target)).accepting(&looking.accept);
    print_drift(&drift, looking, directory, output)?;
    Ok(strict_status(&drift, looking))
}
