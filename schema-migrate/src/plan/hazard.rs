use std::fmt;

use freehold_schema_core::ir::QualifiedName;

/// A danger of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hazard {
    /// The kind, which has the name.
    pub kind: HazardKind,
    /// What can happen, and what to do instead.
    pub message: String,
    /// The tables and columns of the new schema that it is about.
    ///
    /// Empty for an object without a table and for a dropped table.
    pub places: Vec<HazardPlace>,
    /// Whether the structs allow it at each of these places.
    pub allowed: bool,
}

/// A table, or a column of it, that a hazard is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct HazardPlace {
    /// The table.
    pub table: QualifiedName,
    /// The column; `None` for the whole table.
    pub column: Option<String>,
}

impl HazardPlace {
    pub(super) fn table(table: &QualifiedName) -> Self {
        Self {
            table: table.clone(),
            column: None,
        }
    }

    pub(super) fn column(table: &QualifiedName, column: &str) -> Self {
        Self {
            table: table.clone(),
            column: Some(column.to_owned()),
        }
    }

    /// The attribute that allows a hazard here: `` `#[table(allow(data_loss))]` of `tasks` ``.
    pub fn attribute(&self, kind: HazardKind) -> String {
        let word = if self.column.is_some() {
            "column"
        } else {
            "table"
        };
        format!("`#[{word}(allow({}))]` of {self}", kind.name())
    }
}

impl fmt::Display for HazardPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "`{}.{column}`", self.table),
            None => write!(f, "`{}`", self.table),
        }
    }
}

impl Hazard {
    pub(super) fn new(kind: HazardKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            places: Vec::new(),
            allowed: false,
        }
    }

    /// Sets the places, unless the hazard already has some.
    pub(super) fn at(mut self, places: &[HazardPlace]) -> Self {
        if self.places.is_empty() {
            self.places = places.to_vec();
        }
        self
    }
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message)
    }
}

/// The kinds of hazards, by the names that `--allow` and `allow(..)` take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HazardKind {
    /// Stored values are lost.
    DataLoss,
    /// The way back does not restore the old state.
    Irreversible,
    /// A table is rewritten while reads and writes wait.
    TableRewrite,
    /// Reads or writes wait for longer than a moment.
    BlockingLock,
    /// The running release of the application fails afterwards.
    BreaksRunningCode,
    /// The step fails if the table has rows.
    FailsOnRows,
    /// The database no longer enforces something that it enforced.
    GuaranteeLost,
    /// The step fails if a row violates the new rule.
    ChecksRows,
    /// The set of users who may see or change rows is different.
    RightsChanged,
    /// A query that used an index may have to read all rows.
    SlowsQueries,
    /// Triggers fire for rows that the migration changes.
    FiresTriggers,
    /// Code that does not expect null in a column may read one.
    AllowsNull,
    /// Code that does not know a label of an enum may read it.
    AllowsLabel,
}

/// Each kind, its name, and whether a plan with it is refused until the name is allowed.
const KINDS: [(HazardKind, &str, bool); 13] = [
    (HazardKind::DataLoss, "data_loss", true),
    (HazardKind::Irreversible, "irreversible", true),
    (HazardKind::TableRewrite, "table_rewrite", true),
    (HazardKind::BlockingLock, "blocking_lock", true),
    (HazardKind::BreaksRunningCode, "breaks_running_code", true),
    (HazardKind::FailsOnRows, "fails_on_rows", true),
    (HazardKind::GuaranteeLost, "guarantee_lost", true),
    (HazardKind::ChecksRows, "checks_rows", false),
    (HazardKind::RightsChanged, "rights_changed", false),
    (HazardKind::SlowsQueries, "slows_queries", false),
    (HazardKind::FiresTriggers, "fires_triggers", false),
    (HazardKind::AllowsNull, "allows_null", false),
    (HazardKind::AllowsLabel, "allows_label", false),
];

impl HazardKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.into_iter().map(|(kind, ..)| kind)
    }

    /// The name: `data_loss`.
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |(_, name, _)| name)
    }

    /// Whether a plan with it is refused until its name is allowed. The other kinds are warnings; the plan continues.
    pub fn is_refused(self) -> bool {
        self.entry().is_none_or(|(.., refused)| refused)
    }

    /// The kind of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        let mut kinds = KINDS.into_iter();
        kinds
            .find(|(_, own, _)| *own == name)
            .map(|(kind, ..)| kind)
    }

    fn entry(self) -> Option<(Self, &'static str, bool)> {
        KINDS.into_iter().find(|(kind, ..)| *kind == self)
    }
}
