use super::{Expr, RoutineDef};

/// A trigger of a table, written by hand.
#[derive(Clone, Copy, Debug)]
pub struct TriggerDef {
    /// The name. PostgreSQL fires triggers of the same kind in the order of their names.
    pub name: &'static str,
    /// When it fires.
    pub timing: TriggerTiming,
    /// The events at which it fires.
    pub events: &'static [TriggerEvent],
    /// Whether it fires for each row or for each statement.
    pub level: TriggerLevel,
    /// The condition, over the rows `old` and `new`.
    pub when: Option<Expr>,
    /// The function that it calls.
    pub function: fn() -> &'static RoutineDef,
    /// The arguments that the function finds in `TG_ARGV`.
    pub arguments: &'static [&'static str],
}

impl TriggerDef {
    /// A trigger that fires once for each row.
    pub const fn new(
        name: &'static str,
        timing: TriggerTiming,
        events: &'static [TriggerEvent],
        function: fn() -> &'static RoutineDef,
    ) -> Self {
        Self {
            name,
            timing,
            events,
            level: TriggerLevel::Row,
            when: None,
            function,
            arguments: &[],
        }
    }

    /// Makes it fire once for each statement.
    pub const fn for_each_statement(mut self) -> Self {
        self.level = TriggerLevel::Statement;
        self
    }

    /// Sets the condition.
    pub const fn when(mut self, condition: Expr) -> Self {
        self.when = Some(condition);
        self
    }

    /// Sets the arguments.
    pub const fn arguments(mut self, arguments: &'static [&'static str]) -> Self {
        self.arguments = arguments;
        self
    }
}

/// When a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum TriggerTiming {
    /// Before the change, which the function can alter or prevent.
    Before,
    /// After the change.
    After,
}

/// An event at which a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TriggerEvent {
    /// `INSERT`
    Insert,
    /// `UPDATE`, of these columns if the list is not empty
    Update(&'static [&'static str]),
    /// `DELETE`
    Delete,
    /// `TRUNCATE`
    Truncate,
}

/// Whether a trigger fires for each row or for each statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum TriggerLevel {
    /// Once for each row.
    Row,
    /// Once for each statement.
    Statement,
}
