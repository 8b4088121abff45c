//! `schema fake`

use std::fmt;
use std::io::IsTerminal as _;
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use serde_json::json;
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use crate::arguments::Fake;
use crate::failure::Failure;
use crate::output::Output;
use freehold_schema_core::model::SchemaDef;
use freehold_schema_fake::{Fakes, Observer, Report};

/// Fills the tables, and prints how many rows each has.
pub(super) async fn run(
    def: &'static SchemaDef,
    arguments: &Fake,
    output: Output,
) -> Result<u8, Failure> {
    let begin = Instant::now();
    let options = PgConnectOptions::from_str(&arguments.url).map_err(Failure::connect)?;
    let mut connection = PgConnection::connect_with(&options)
        .await
        .map_err(Failure::connect)?;
    let mut progress = Progress::new(output);
    let report = fakes(def, arguments)
        .fill(&mut connection, &mut progress)
        .await;
    progress.clear();
    let report = report?;
    connection.close().await.map_err(Failure::connect)?;
    print(&report, begin.elapsed(), output)?;
    Ok(0)
}

fn fakes(def: &'static SchemaDef, arguments: &Fake) -> Fakes {
    let fakes = Fakes::new(def)
        .rows(arguments.rows)
        .seed(arguments.seed)
        .until(arguments.until);
    let fakes = match arguments.owners {
        Some(owners) => fakes.owners(owners),
        None => fakes,
    };
    let fakes = if arguments.skewed {
        fakes.skewed()
    } else {
        fakes
    };
    let tables = arguments.tables.iter();
    tables.fold(fakes, |fakes, (name, rows)| fakes.table(name, *rows))
}

/// A bar for the table that is being filled, on a terminal.
struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new(output: Output) -> Self {
        let is_shown = !output.json && std::io::stderr().is_terminal();
        Self {
            bar: is_shown.then(|| ProgressBar::new(0)),
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The rows of a second, as a whole number.
fn rate(state: &ProgressState, text: &mut dyn fmt::Write) {
    // A text that the terminal does not take is left out.
    let _ = write!(text, "{:.0} rows/s", state.per_sec());
}

impl Observer for Progress {
    fn started(&mut self, table: &str, rows: u64) {
        let Some(bar) = &self.bar else {
            return;
        };
        let template = "{bar:30} {percent:>3}% {msg} ({rate})";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.with_key("rate", rate));
        }
        bar.reset();
        bar.set_length(rows);
        bar.set_message(table.to_owned());
    }

    fn wrote(&mut self, _table: &str, rows: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(rows);
        }
    }
}

fn print(report: &Report, took: Duration, output: Output) -> Result<(), Failure> {
    let tables = report.tables();
    let width = tables.iter().map(|(name, _)| name.chars().count());
    let width = width.max().unwrap_or(0);
    let digits = report.rows().to_string().len();
    let lines = tables
        .iter()
        .map(|(name, rows)| format!("{name:width$}  {rows:>digits$} rows\n"));
    let sum = format!("{} rows in {:.1} s\n", report.rows(), took.as_secs_f64());
    let text: String = lines.chain([sum]).collect();
    let values: Vec<_> = tables
        .iter()
        .map(|(name, rows)| json!({ "table": name, "rows": rows }))
        .collect();
    let value = json!({ "tables": values, "rows": report.rows(), "seconds": took.as_secs_f64() });
    output.print(&text, &value)
}
