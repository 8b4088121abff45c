//! `schema doctor`

use std::io::IsTerminal as _;
use std::time::SystemTime;

use serde_json::{Value, json};
use sqlx::Connection as _;

use crate::arguments::Doctor as Arguments;
use crate::failure::Failure;
use crate::output::Output;
use crate::source;
use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::SchemaDef;
use freehold_schema_migrate::migrate::target_schema;
use freehold_schema_operations::{
    self as operations, CHECKS, Check, Doctor, Options, Report, TextForm,
};

/// The width of a text that goes to a file or another program.
const WIDTH: usize = 120;

/// Prints what the checks find; the exit status is 3 if an error or a warning is among it.
pub(super) async fn run(
    def: &'static SchemaDef,
    schema: &Schema,
    arguments: &Arguments,
    output: Output,
) -> Result<u8, Failure> {
    let Some(url) = arguments.url.as_deref().filter(|_| !arguments.list) else {
        return list(output);
    };
    let options = options(arguments)?;
    let target = target_schema(&arguments.directory.path, schema)?;
    let mut connection = source::connect(url).await?;
    let report = Doctor::new(def, &target)
        .examine(&mut connection, &options)
        .await;
    let report = report.map_err(|error| {
        Failure::Examine(freehold_schema_core::error::without_source_line(error))
    })?;
    connection.close().await.map_err(Failure::connect)?;
    print(&report, arguments, output)?;
    Ok(if report.needs_attention() { 3 } else { 0 })
}

fn options(arguments: &Arguments) -> Result<Options, Failure> {
    let mut options = Options::default().namespaces(&arguments.schemas);
    for id in &arguments.only {
        options = options.only(id)?;
    }
    for id in &arguments.skip {
        options = options.skip(id)?;
    }
    for (check, limit, value) in &arguments.limits {
        options = options.limit(check, limit, *value)?;
    }
    Ok(options)
}

fn print(report: &Report, arguments: &Arguments, output: Output) -> Result<(), Failure> {
    if arguments.sarif {
        return Output { json: true }.print("", &operations::sarif(report, CHECKS));
    }
    if arguments.metrics {
        let text = operations::metrics(report, SystemTime::now()).map_err(Failure::Metrics)?;
        return output.print(&text, &Value::Null);
    }
    output.print(&operations::text(report, form()), &operations::json(report))
}

/// Colours only on a terminal, unless `NO_COLOR` is set.
fn form() -> TextForm {
    let is_terminal = std::io::stdout().is_terminal();
    let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0));
    TextForm {
        width: if is_terminal { width } else { WIDTH },
        is_coloured: is_terminal
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

fn list(output: Output) -> Result<u8, Failure> {
    let name = CHECKS.iter().map(|check| check.id.len()).max().unwrap_or(0);
    let lines = CHECKS.iter().map(|check| {
        format!(
            "{:name$}  {:7}  {}\n",
            check.id,
            check.severity.word(),
            check.finds
        )
    });
    let values = CHECKS.iter().map(value);
    output.print(
        &lines.collect::<String>(),
        &json!(values.collect::<Vec<_>>()),
    )?;
    Ok(0)
}

fn value(check: &Check) -> Value {
    let limits = check.limits.iter();
    let limits =
        limits.map(|limit| json!({ "name": limit.name, "value": limit.value, "unit": limit.unit }));
    json!({
        "check": check.id,
        "severity": check.severity.word(),
        "finds": check.finds,
        "why": check.why,
        "fix": check.fix,
        "limits": limits.collect::<Vec<_>>(),
    })
}
