//! What is printed, for people or for machines.

use std::io::{self, Write as _};

use serde_json::{Value, json};

use super::failure::Failure;
use crate::diff::Diff;
use crate::plan::{Lock, Plan, Step};

/// Prints to the standard output, as lines or as JSON.
#[derive(Clone, Copy)]
pub(super) struct Output {
    pub(super) json: bool,
}

impl Output {
    /// One of the two: the text for people, with its newlines, or the value for machines.
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

    pub(super) fn diff(self, diff: &Diff) -> Result<(), Failure> {
        let changes: Vec<_> = diff.changes.iter().map(ToString::to_string).collect();
        let stale: Vec<_> = diff.stale.iter().map(ToString::to_string).collect();
        let mut text: String = changes.iter().map(|change| format!("{change}\n")).collect();
        if changes.is_empty() {
            text.push_str("nothing is different\n");
        }
        text.extend(stale.iter().map(|stale| format!("warning: {stale}\n")));
        self.print(&text, &json!({ "changes": changes, "stale": stale }))
    }
}

/// A plan as a value.
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
        "allowances": allowances.collect::<Vec<_>>(),
    })
}

fn step(step: &Step) -> Value {
    let locks = |locks: &[Lock]| {
        let locks = locks.iter().map(|lock| {
            json!({ "table": lock.table.to_string(), "mode": lock.mode.words(), "effect": lock.mode.effect() })
        });
        locks.collect::<Vec<_>>()
    };
    let hazards = step.hazards.iter().map(|hazard| {
        let places = hazard
            .places
            .iter()
            .map(|place| json!({ "table": place.table.to_string(), "column": place.column }));
        json!({
            "name": hazard.kind.name(),
            "message": hazard.message,
            "refused": hazard.kind.is_refused(),
            "allowed": hazard.allowed,
            "places": places.collect::<Vec<_>>(),
        })
    });
    let names =
        |all: &[crate::ir::QualifiedName]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({
        "title": step.title,
        "cause": step.cause,
        "up": step.up,
        "down": step.down,
        "locks": locks(&step.locks),
        "locks_back": locks(&step.locks_back),
        "rewrites": names(&step.rewrites),
        "scans": names(&step.scans),
        "hazards": hazards.collect::<Vec<_>>(),
        "lost": step.lost,
        "fails_back": step.fails_back,
    })
}
