//! The header of a migration, for its reviewers.

use std::collections::BTreeMap;

use super::part::Part;
use crate::plan::{Lock, LockMode};
use freehold_schema_core::ir::QualifiedName;

/// What the header of a migration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// Why the change is made, if the author gave a reason.
    pub reason: Option<String>,
    /// What each step does.
    pub does: Vec<String>,
}

const REASON: &str = "reason: ";
const DOES: &str = "does: ";

impl Header {
    /// Reads the comment at the start of an up file. A file that is written by hand has no such lines.
    pub fn of(sql: &str) -> Self {
        let mut header = Self::default();
        for line in sql.lines().map_while(|line| line.strip_prefix("-- ")) {
            if let Some(reason) = line.strip_prefix(REASON) {
                header.reason = Some(reason.to_owned());
            }
            header
                .does
                .extend(line.strip_prefix(DOES).map(str::to_owned));
        }
        header
    }
}

/// The lines, without the comment marker: what it does, why, the impact on existing rows, and the locks.
pub(super) fn lines(part: &Part<'_>) -> Vec<String> {
    let mut lines = vec![one_line(&part.title)];
    lines.extend(
        part.about
            .reason
            .iter()
            .map(|reason| format!("{REASON}{}", one_line(reason))),
    );
    let steps = &part.stage.steps;
    lines.extend(
        steps
            .iter()
            .map(|step| format!("{DOES}{}", one_line(&step.title))),
    );
    lines.extend(impact(part));
    lines.extend(locks("", steps.iter().flat_map(|step| &step.locks)));
    lines.extend(locks(
        "down: ",
        steps.iter().flat_map(|step| &step.locks_back),
    ));
    lines.extend(steps.iter().filter_map(|step| {
        let lost = step.lost.as_ref()?;
        Some(format!("down: does not restore {}", one_line(lost)))
    }));
    lines.extend(steps.iter().filter_map(|step| {
        let condition = step.fails_back.as_ref()?;
        Some(format!("down: fails if {}", one_line(condition)))
    }));
    lines
}

/// The lines as SQL comments.
pub(super) fn comment(part: &Part<'_>) -> String {
    let lines = lines(part).into_iter();
    lines.map(|line| format!("-- {line}\n")).collect()
}

/// The impact on existing rows.
fn impact(part: &Part<'_>) -> Vec<String> {
    let steps = &part.stage.steps;
    let rewritten = steps.iter().flat_map(|step| &step.rewrites);
    let mut lines: Vec<_> = rewritten
        .map(|table| format!("impact: rewrites `{table}`"))
        .collect();
    let read = steps.iter().flat_map(|step| &step.scans);
    lines.extend(read.map(|table| format!("impact: reads all of `{table}`")));
    let hazards = steps.iter().flat_map(|step| &step.hazards);
    lines.extend(hazards.map(|hazard| one_line(&format!("hazard: {hazard}"))));
    if lines.is_empty() {
        lines.push("impact: none on existing rows".to_owned());
    }
    dedup(lines)
}

/// The strongest lock on each table.
fn locks<'a>(which: &str, locks: impl Iterator<Item = &'a Lock>) -> Vec<String> {
    let mut strongest: BTreeMap<&QualifiedName, LockMode> = BTreeMap::new();
    for lock in locks {
        let mode = strongest.entry(&lock.table).or_insert(lock.mode);
        *mode = (*mode).max(lock.mode);
    }
    let line = |(table, mode): (&QualifiedName, LockMode)| {
        format!(
            "{which}locks: `{table}` {} ({})",
            mode.words(),
            mode.effect()
        )
    };
    strongest.into_iter().map(line).collect()
}

fn dedup(lines: Vec<String>) -> Vec<String> {
    let mut seen = Vec::new();
    for line in lines {
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    seen
}

/// A text without line breaks, so that it cannot end the comment.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
