use super::{Expr, QualifiedName};
use crate::model::{TriggerLevel, TriggerTiming};

/// A trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Trigger {
    /// The name.
    pub name: String,
    /// When it fires.
    pub timing: TriggerTiming,
    /// The events at which it fires.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub events: Vec<TriggerEvent>,
    /// Whether it fires for each row or for each statement.
    pub level: TriggerLevel,
    /// The condition.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub when: Option<Expr>,
    /// The function that it calls.
    pub function: QualifiedName,
    /// The arguments of the function.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub arguments: Vec<String>,
}

/// An event at which a trigger fires.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum TriggerEvent {
    /// `INSERT`
    Insert,
    /// `UPDATE`, of these columns if the list is not empty
    Update(Vec<String>),
    /// `DELETE`
    Delete,
    /// `TRUNCATE`
    Truncate,
}

impl Trigger {
    /// A trigger before each update of a row.
    pub fn before_update(name: String, function: QualifiedName) -> Self {
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
