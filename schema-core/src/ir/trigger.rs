use super::{Expr, QualifiedName};
use crate::model::{TriggerLevel, TriggerTiming};

/// A trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// The name.
    pub name: String,
    /// When it fires.
    pub timing: TriggerTiming,
    /// What it fires at.
    pub events: Vec<TriggerEvent>,
    /// How often it fires.
    pub level: TriggerLevel,
    /// The condition.
    pub when: Option<Expr>,
    /// The function that it calls.
    pub function: QualifiedName,
    /// What the function finds in its arguments.
    pub arguments: Vec<String>,
}

/// What a trigger fires at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerEvent {
    /// `INSERT`
    Insert,
    /// `UPDATE`, of these columns where there are any
    Update(Vec<String>),
    /// `DELETE`
    Delete,
    /// `TRUNCATE`
    Truncate,
}

impl Trigger {
    /// A trigger before each update of a row.
    pub(super) fn before_update(name: String, function: QualifiedName) -> Self {
        Self {
            name,
            timing: TriggerTiming::Before,
            events: vec![TriggerEvent::Update(Vec::new())],
            level: TriggerLevel::Row,
            when: None,
            function,
            arguments: Vec::new(),
        }
    }
}
