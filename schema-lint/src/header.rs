//! The header of a generated file (`migrate::files` writes it).

use super::name::Name;
use super::rule::{LintRule, ReportedBy};

/// The header lines that report hazards and locks.
#[derive(Debug, Default)]
pub(super) struct Header {
    is_generated: bool,
    hazards: Vec<String>,
    locks: Vec<String>,
}

impl Header {
    pub(super) fn read(comments: &str) -> Self {
        let mut header = Self::default();
        for line in comments.lines().filter_map(|line| line.strip_prefix("-- ")) {
            header.add(line);
        }
        header
    }

    fn add(&mut self, line: &str) {
        match line.split_once(": ") {
            Some(("impact" | "does", _)) => self.is_generated = true,
            Some(("hazard", hazard)) => {
                self.is_generated = true;
                let name = hazard.split(':').next().unwrap_or_default();
                self.hazards.push(name.to_owned());
            }
            Some(("locks", lock)) => self.locks.extend(lock.split('`').nth(1).map(str::to_owned)),
            _ => {}
        }
    }

    pub(super) fn is_generated(&self) -> bool {
        self.is_generated
    }

    /// Whether the header already reports what the rule finds.
    pub(super) fn reports(&self, rule: &LintRule, table: Option<&Name>) -> bool {
        match rule.reported_by {
            ReportedBy::Nothing => false,
            ReportedBy::Structs => self.is_generated,
            ReportedBy::Hazard(kinds) => {
                let mut kinds = kinds.iter().map(|kind| kind.name());
                kinds.any(|name| self.hazards.iter().any(|hazard| hazard == name))
            }
            ReportedBy::Locks => match table {
                Some(table) => self.locks.iter().any(|lock| table.is(lock)),
                None => !self.locks.is_empty(),
            },
        }
    }
}
