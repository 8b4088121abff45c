//! What a rule is.

use freehold_schema_migrate::plan::HazardKind;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth to be known.
    Note,
    /// Somebody waits, or a release breaks, where the table is large or in use.
    Warning,
    /// It fails, it loses rows, or it stops the application.
    Error,
}

impl Severity {
    /// Its word: `note`, `warning`, `error`. They are the levels of SARIF.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The line of a generated file's header that says the same as a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToldBy {
    /// None.
    Nothing,
    /// `hazard:` with one of these.
    Hazard(&'static [HazardKind]),
    /// `locks:` with the table.
    Locks,
    /// Each: the structs say it, and nobody wrote the SQL.
    Structs,
}

/// A rule of the lint.
#[derive(Debug, PartialEq, Eq)]
pub struct LintRule {
    /// What an `allow` comment names, and what stays: `LK01`.
    pub id: &'static str,
    /// The same in words: `volatile_default`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is found.
    pub summary: &'static str,
    /// Why it is bad.
    pub why: &'static str,
    /// What to write instead.
    pub instead: &'static str,
    /// Whether it is looked for only where [`Options::enabled`](super::Options::enabled) names it.
    pub is_opt_in: bool,
    pub(super) told_by: ToldBy,
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
            told_by: ToldBy::Nothing,
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

    pub(super) const fn told_by(self, told_by: ToldBy) -> Self {
        Self { told_by, ..self }
    }

    pub(super) const fn opt_in(self) -> Self {
        Self {
            is_opt_in: true,
            ..self
        }
    }

    /// Where it is described: `docs/lint.md#lk01`.
    pub fn docs(&self) -> String {
        format!("docs/lint.md#{}", self.id.to_ascii_lowercase())
    }
}
