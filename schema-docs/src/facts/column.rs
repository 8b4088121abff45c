use freehold_schema_core::model::{ColumnDef, Immutable, Role, TransitionDef};

/// What the structs know of a column beside its type.
#[derive(Clone, Debug)]
pub struct ColumnFacts {
    /// The column's name in the database.
    pub name: &'static str,
    /// Whether it never changes after the insert, and what enforces that.
    pub immutable: Option<Immutable>,
    /// Whether its values are left out of the audit trail and of `Debug`.
    pub is_secret: bool,
    /// What Freehold does with it.
    pub role: Option<Role>,
    /// The labels of its enum.
    pub labels: Vec<&'static str>,
    /// The labels that a new row may have; empty if all are allowed.
    pub first_states: &'static [&'static str],
    /// The allowed transitions of its enum; empty if all are allowed.
    pub transitions: &'static [TransitionDef],
}

impl ColumnFacts {
    pub(super) fn of(def: &'static ColumnDef) -> Self {
        let labels = def.sql_enum.map_or(&[][..], |sql_enum| sql_enum.labels);
        Self {
            name: def.name,
            immutable: def.immutable,
            is_secret: def.secret,
            role: def.role,
            labels: labels.iter().map(|label| label.label).collect(),
            first_states: def.first_states,
            transitions: def.transitions,
        }
    }

    /// Whether the database or the application restricts the labels that may follow each other.
    pub fn has_states(&self) -> bool {
        !self.first_states.is_empty() || !self.transitions.is_empty()
    }
}
