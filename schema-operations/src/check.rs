//! A check: what it finds, from which limit on, and what to do about it.

use crate::severity::Severity;

/// A check of a live database.
#[derive(Debug)]
pub struct Check {
    /// Its stable name: `index_unused`.
    pub id: &'static str,
    /// The severity of its most urgent finding.
    pub severity: Severity,
    /// What it finds, without a full stop.
    pub finds: &'static str,
    /// Why that matters, and where the limits come from.
    pub why: &'static str,
    /// What to do about a finding.
    pub fix: &'static str,
    /// The limits from which on it finds something. [`Options::limit`](crate::Options::limit) changes them.
    pub limits: &'static [Limit],
    /// How it is judged.
    pub(crate) probe: Probe,
}

/// A limit of a check.
#[derive(Debug)]
pub struct Limit {
    /// Its name in the check: `bytes`.
    pub name: &'static str,
    /// Its value, unless the caller sets another.
    pub value: f64,
    /// The unit, in the plural.
    pub unit: &'static str,
}

/// How a check is judged.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Probe {
    /// A query whose rows are findings: severity, object, message and fix. Its parameters are the limits.
    Sql(&'static str),
    /// Such a query over statistics, of which the first limit is the age in days that they must have.
    Statistics(&'static str),
    /// The definitions of indexes, compared with each other.
    Indexes,
    /// The difference between the database and the schema.
    Drift,
    /// The volumes that the structs state.
    Volume,
    /// The plans of `get` and the finders.
    Finders,
    /// The statements that `pg_stat_statements` counted.
    Statements,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The check.
    pub check: &'static Check,
    /// How urgent it is.
    pub severity: Severity,
    /// The object that it is about: `public.orders.orders_note_idx`.
    pub object: String,
    /// What is wrong.
    pub message: String,
    /// What to do: SQL, or a line of the struct.
    pub fix: String,
}

/// A check that could not be judged.
#[derive(Clone, Debug)]
pub struct NotJudged {
    /// The check.
    pub check: &'static Check,
    /// Why it could not be judged.
    pub why: String,
}

impl Check {
    /// A check without a limit.
    pub(crate) const fn new(id: &'static str, severity: Severity, probe: Probe) -> Self {
        Self {
            id,
            severity,
            finds: "",
            why: "",
            fix: "",
            limits: &[],
            probe,
        }
    }

    pub(crate) const fn finds(mut self, finds: &'static str) -> Self {
        self.finds = finds;
        self
    }

    pub(crate) const fn why(mut self, why: &'static str) -> Self {
        self.why = why;
        self
    }

    pub(crate) const fn fix(mut self, fix: &'static str) -> Self {
        self.fix = fix;
        self
    }

    pub(crate) const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }
}

/// A limit by its name, its value and its unit.
pub(crate) const fn limit(name: &'static str, value: f64, unit: &'static str) -> Limit {
    Limit { name, value, unit }
}
