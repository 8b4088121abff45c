//! `schema diff --sql`: a script for psql, with its hazards, and its reverse as a comment.

use serde_json::json;

use crate::failure::Failure;
use crate::output::{self, Output};
use freehold_schema_migrate::drift::{Drift, Source};
use freehold_schema_migrate::migrate::DIALECT;
use freehold_schema_migrate::migrate::files::{self, About, Format, MigrationFile};
use freehold_schema_migrate::plan::Plan;

/// The first line of a file that runs outside a transaction.
const ALONE: &str = "-- no-transaction\n";

pub(super) fn print(
    drift: &Drift,
    from: &Source,
    to: &Source,
    output: Output,
) -> Result<(), Failure> {
    let plan = Plan::between(from.schema(), to.schema(), DIALECT).with_hanging(&from.hanging());
    let mut value = output::plan(&plan);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("drift".to_owned(), json!(output::drift_value(drift)));
    }
    output.print(&script(drift, &plan), &value)
}

fn script(drift: &Drift, plan: &Plan) -> String {
    let about = About {
        version: 1,
        description: "stage".to_owned(),
        reason: None,
        after: None,
    };
    let files = files::files(plan, &about, Format::Sqlx, DIALECT);
    let of = |direction: &'static str| {
        let of_direction = files
            .iter()
            .filter(move |file| file.path.ends_with(direction));
        of_direction.map(stage)
    };
    let mut script = commented(&drift.to_string());
    let hanging = plan.hanging.iter();
    script.extend(hanging.map(|hazard| format!("-- hazard: {hazard}\n")));
    for up in of(".up.sql") {
        script.push('\n');
        script.push_str(&up);
    }
    if !plan.is_empty() {
        script.push_str("\n-- The reverse:\n");
    }
    for down in of(".down.sql").collect::<Vec<_>>().into_iter().rev() {
        script.push_str("--\n");
        script.push_str(&commented(&down));
    }
    script
}

/// A stage between `BEGIN` and `COMMIT`, or marked as outside a transaction.
fn stage(file: &MigrationFile) -> String {
    match file.contents.strip_prefix(ALONE) {
        Some(statement) => format!("-- outside a transaction\n{statement}"),
        None => format!("BEGIN;\n{}COMMIT;\n", file.contents),
    }
}

fn commented(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "--\n".to_owned(),
        line => format!("-- {line}\n"),
    });
    lines.collect()
}
