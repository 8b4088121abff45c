//! Prints results, for people or as JSON.

use std::io::{self, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use crate::failure::Failure;
use freehold_schema_migrate::drift::{self, Drift, Unmodelled};
use freehold_schema_migrate::migrate::DIALECT;
use freehold_schema_migrate::plan::{Hazard, Lock, Plan, Step};

/// Where results go: standard output, as text or as JSON.
#[derive(Clone, Copy)]
pub(super) struct Output {
    pub(super) json: bool,
}

impl Output {
    /// Prints the text, which has its newlines, or with `--json` the value.
    pub(super) fn print(self, text: &str, value: &Value) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, value)?;
            writeln!(out)?;
        } else {
            out.write_all(text.as_bytes())?;
        }
        out.flush()?;
        Ok(())
    }

    /// Prints the differences, and what was not compared.
    pub(super) fn drift(self, drift: &Drift) -> Result<(), Failure> {
        self.print(&drift.to_string(), &drift_value(drift))
    }
}

/// Prints a drift as SARIF; `file` is the file that the results are about.
pub(super) fn sarif(drift: &Drift, file: &Path) -> Result<(), Failure> {
    let output = Output { json: true };
    output.print("", &drift::sarif(drift, file))
}

/// A drift as JSON.
pub(super) fn drift_value(drift: &Drift) -> Value {
    json!({
        "changes": texts(&drift.diff.changes),
        "stale": texts(&drift.diff.stale),
        "unmodelled": drift.unmodelled.iter().map(unmodelled).collect::<Vec<_>>(),
        "not_inspected": drift.other_namespaces,
        "accepted": drift.accepted.iter().map(|accepted| &accepted.title).collect::<Vec<_>>(),
        "unused_names": drift.unused_names,
    })
}

fn texts<T: ToString>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

pub(super) fn unmodelled(unmodelled: &Unmodelled) -> Value {
    let what = &unmodelled.what;
    json!({
        "kind": what.kind.name(),
        "what": what.kind.to_string(),
        "name": what.name,
        "standing": unmodelled.standing.name(),
        "is_difference": unmodelled.standing.is_difference(),
        "cure": what.cure(),
    })
}

/// A plan as JSON.
pub(super) fn plan(plan: &Plan) -> Value {
    let stages = plan.stages.iter().map(|stage| {
        json!({
            "mode": format!("{:?}", stage.mode).to_lowercase(),
            "steps": stage.steps.iter().map(step).collect::<Vec<_>>(),
        })
    });
    let allowances = plan.allowances.iter().map(|allowance| {
        let (place, name) = (&allowance.place, allowance.kind.name());
        json!({ "table": place.table.to_string(), "column": place.column, "hazard": name, "needed": allowance.is_needed })
    });
    json!({
        "stages": stages.collect::<Vec<_>>(),
        "hazards": plan.hanging.iter().map(hazard).collect::<Vec<_>>(),
        "allowances": allowances.collect::<Vec<_>>(),
    })
}

fn hazard(hazard: &Hazard) -> Value {
    let places = hazard.places.iter();
    let places =
        places.map(|place| json!({ "table": place.table.to_string(), "column": place.column }));
    json!({
        "name": hazard.kind.name(),
        "message": hazard.message,
        "refused": hazard.kind.is_refused(),
        "allowed": hazard.allowed,
        "places": places.collect::<Vec<_>>(),
    })
}

fn step(step: &Step) -> Value {
    let locks = |locks: &[Lock]| {
        let locks = locks.iter().map(|lock| {
            json!({ "table": lock.table.to_string(), "mode": lock.mode.words(), "effect": lock.mode.effect() })
        });
        locks.collect::<Vec<_>>()
    };
    let hazards = step.hazards.iter().map(hazard);
    let names = |all: &[freehold_schema_core::ir::QualifiedName]| {
        all.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    json!({
        "title": step.title,
        "cause": step.cause,
        "up": step.up_sql(DIALECT),
        "down": step.down_sql(DIALECT),
        "locks": locks(&step.locks),
        "locks_back": locks(&step.locks_back),
        "rewrites": names(&step.rewrites),
        "scans": names(&step.scans),
        "hazards": hazards.collect::<Vec<_>>(),
        "lost": step.lost,
        "fails_back": step.fails_back,
    })
}

/// The exit status: 3 if something is different, else 0.
pub(super) fn status(drift: &Drift) -> u8 {
    if drift.is_none() { 0 } else { 3 }
}
