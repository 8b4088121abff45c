//! The description of a rule.

use freehold_schema_migrate::plan::HazardKind;

/// How serious the finding of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Other sessions wait, or a release breaks, if the table is large or in use.
    Warning,
    /// The statement fails, loses rows, or stops the application.
    Error,
}

impl Severity {
    /// Returns `note`, `warning` or `error`, which are also the levels of SARIF.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Which line in the header of a generated file already reports what a rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportedBy {
    /// No line does.
    Nothing,
    /// A `hazard:` line with one of these hazards.
    Hazard(&'static [HazardKind]),
    /// A `locks:` line with the table.
    Locks,
    /// The header of any generated file: the structs declare the change, and no one wrote the SQL by hand.
    Structs,
}

/// A rule of the lint.
#[derive(Debug, PartialEq, Eq)]
pub struct LintRule {
    /// The id that an `allow` comment names, such as `LK01`. It never changes.
    pub id: &'static str,
    /// The name in words, such as `volatile_default`.
    pub name: &'static str,
    /// How serious a finding is.
    pub severity: Severity,
    /// What the rule finds.
    pub summary: &'static str,
    /// Why the finding is a problem.
    pub why: &'static str,
    /// What to write instead.
    pub instead: &'static str,
    /// Whether the rule runs only if [`Options::enabled`](super::Options::enabled) names it.
    pub is_opt_in: bool,
    pub(super) reported_by: ReportedBy,
}

impl LintRule {
    pub(super) const fn error(id: &'static str, name: &'static str, summary: &'static str) -> Self {
        Self {
            id,
            name,
            severity: Severity::Error,
            summary,
            why: "",
            instead: "",
            is_opt_in: false,
            reported_by: ReportedBy::Nothing,
        }
    }

    pub(super) const fn warning(
        id: &'static str,
        name: &'static str,
        summary: &'static str,
    ) -> Self {
        let rule = Self::error(id, name, summary);
        Self {
            severity: Severity::Warning,
            ..rule
        }
    }

    pub(super) const fn note(id: &'static str, name: &'static str, summary: &'static str) -> Self {
        let rule = Self::error(id, name, summary);
        Self {
            severity: Severity::Note,
            ..rule
        }
    }

    pub(super) const fn why(self, why: &'static str) -> Self {
        Self { why, ..self }
    }

    pub(super) const fn instead(self, instead: &'static str) -> Self {
        Self { instead, ..self }
    }

    pub(super) const fn reported_by(self, reported_by: ReportedBy) -> Self {
        Self {
            reported_by,
            ..self
        }
    }

    pub(super) const fn opt_in(self) -> Self {
        Self {
            is_opt_in: true,
            ..self
        }
    }

    /// Returns the link to the rule's description, such as `docs/lint.md#lk01`.
    pub fn docs(&self) -> String {
        format!("docs/lint.md#{}", self.id.to_ascii_lowercase())
    }
}
