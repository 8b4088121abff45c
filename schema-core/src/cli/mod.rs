//! The command line that an application embeds, for its own schema.
//!
//! ```no_run
//! # use freehold_schema_core::SchemaDef;
//! # static SHOP: SchemaDef = SchemaDef::new("SHOP", &[]);
//! fn main() -> std::process::ExitCode {
//!     freehold_schema_core::cli::main(&SHOP)
//! }
//! ```

mod arguments;
mod failure;
mod lint;
mod migrate;
mod output;
mod progress;
mod source;
mod words;

use std::error::Error as _;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use serde_json::json;

use self::arguments::{Arguments, Command, Ddl, Diff};
use self::failure::Failure;
use self::output::Output;
use crate::ddl::Postgres;
use crate::ir::Schema;
use crate::model::SchemaDef;
use crate::plan::Plan;
use crate::{diff, plan};

/// Reads the arguments of the process, does what they say, and gives back the status that the process ends with.
///
/// Messages go to the standard error, results to the standard output. `--help` tells the commands and the statuses.
pub fn main(schema: &SchemaDef) -> ExitCode {
    let arguments = Arguments::parse();
    match run(schema, arguments) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            tell(&failure);
            ExitCode::from(failure.status())
        }
    }
}

/// What failed, and why: each cause that says more than the one above it.
#[allow(clippy::print_stderr)] // It is the message of the command.
fn tell(failure: &Failure) {
    let mut text = failure.to_string();
    let mut cause = failure.source();
    while let Some(error) = cause {
        let why = error.to_string();
        if !text.contains(&why) {
            text = format!("{text}: {why}");
        }
        cause = error.source();
    }
    eprintln!("error: {text}");
}

fn run(def: &SchemaDef, arguments: Arguments) -> Result<u8, Failure> {
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
            } => check(&schema, &directory.path, &database.url, output).await,
            Command::Lint { sarif, directory } => lint::run(&directory.path, sarif, output),
        }
    })
}

fn print_ddl(schema: &Schema, ddl: &Ddl, output: Output) -> Result<u8, Failure> {
    let sql = if ddl.down {
        schema.down(&Postgres)
    } else {
        schema.up(&Postgres)
    };
    output.print(&sql, &json!({ "sql": sql }))?;
    Ok(0)
}

async fn print_diff(schema: &Schema, sides: &Diff, output: Output) -> Result<u8, Failure> {
    let from = source::schema(&sides.from, schema).await?;
    let to = source::schema(&sides.to, schema).await?;
    let diff = diff::Diff::between(&from, &to);
    if sides.sql {
        let plan = Plan::between(&from, &to, &Postgres);
        output.print(&sql(&plan), &output::plan(&plan))?;
    } else {
        output.diff(&diff)?;
    }
    Ok(if diff.is_empty() { 0 } else { 3 })
}

fn sql(plan: &Plan) -> String {
    let of_stage = |stage: &plan::Stage| {
        let statements = plan.up(stage, &Postgres);
        statements
            .iter()
            .map(|sql| format!("{sql};\n"))
            .collect::<String>()
    };
    plan.stages
        .iter()
        .map(of_stage)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What would have to happen to the database for it to have the schema.
async fn check(
    schema: &Schema,
    directory: &Path,
    url: &str,
    output: Output,
) -> Result<u8, Failure> {
    let wanted = crate::migrate::wanted(directory, schema)?;
    let found = source::of_database(url, &wanted).await?;
    let diff = diff::Diff::between(&found, &wanted);
    output.diff(&diff)?;
    Ok(if diff.is_empty() { 0 } else { 3 })
}
