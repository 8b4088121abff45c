use freehold_schema_core::ir::Table;

use crate::facts::{InspectedFacts, Noted};
use crate::sql;

/// A constraint of a table.
#[derive(Clone, Debug)]
pub struct ConstraintDoc {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: ConstraintKind,
    /// Its columns; empty for a check.
    pub columns: Vec<String>,
    /// The definition, as in `CREATE TABLE` after the name.
    pub definition: String,
    /// What is true of it in the database and not in its definition: that it is not validated.
    pub notes: Vec<&'static str>,
}

/// A kind of constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// A primary key.
    PrimaryKey,
    /// A unique constraint.
    Unique,
    /// A foreign key.
    ForeignKey,
    /// A check.
    Check,
}

impl ConstraintKind {
    /// The words for it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::PrimaryKey => "primary key",
            Self::Unique => "unique",
            Self::ForeignKey => "foreign key",
            Self::Check => "check",
        }
    }
}

/// The constraints of a table: its key, unique constraints, foreign keys and checks, each in the order of the table.
pub(super) fn constraints(table: &Table, inspected: &InspectedFacts) -> Vec<ConstraintDoc> {
    let printer = sql::printer();
    let keys = table.primary_key.iter().map(|key| ConstraintDoc {
        name: key.name.clone(),
        kind: ConstraintKind::PrimaryKey,
        columns: key.columns.clone(),
        definition: printer.primary_key(key),
        notes: Vec::new(),
    });
    let uniques = table.uniques.iter().map(|unique| ConstraintDoc {
        name: unique.name.clone(),
        kind: ConstraintKind::Unique,
        columns: unique.columns.clone(),
        definition: printer.unique(unique),
        notes: Vec::new(),
    });
    let foreign_keys = table.foreign_keys.iter().map(|key| ConstraintDoc {
        name: key.name.clone(),
        kind: ConstraintKind::ForeignKey,
        columns: key.columns.clone(),
        definition: printer.foreign_key(key),
        notes: Vec::new(),
    });
    let checks = table.checks.iter().map(|check| ConstraintDoc {
        name: check.name.clone(),
        kind: ConstraintKind::Check,
        columns: Vec::new(),
        definition: printer.check(check),
        notes: Vec::new(),
    });
    let all = keys.chain(uniques).chain(foreign_keys).chain(checks);
    let all = all.map(ConstraintDoc::without_name);
    all.map(|constraint| ConstraintDoc {
        notes: inspected.notes_of_part(&table.name, Noted::Constraint, &constraint.name),
        ..constraint
    })
    .collect()
}

impl ConstraintDoc {
    /// Cuts `CONSTRAINT name` off the definition: a document has the name beside it.
    fn without_name(mut self) -> Self {
        let start = format!("CONSTRAINT {} ", sql::printer().identifier(&self.name));
        if self.definition.starts_with(&start) {
            self.definition.drain(..start.len());
        }
        self
    }
}
