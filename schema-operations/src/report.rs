//! What a run found.

use std::time::Duration;

use crate::check::{Check, Finding, NotJudged};
use crate::severity::Severity;

/// What a run found.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Report {
    /// The findings, the most urgent first, else in the order of the checks.
    pub findings: Vec<Finding>,
    /// The checks that could not be judged.
    pub not_judged: Vec<NotJudged>,
    /// The checks that were judged.
    pub judged: Vec<&'static Check>,
    /// How long the run took.
    pub took: Duration,
}

impl Report {
    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Whether there is an error or a warning.
    pub fn needs_attention(&self) -> bool {
        self.count(Severity::Error) + self.count(Severity::Warning) > 0
    }
}
