use proc_macro2::Span;
use syn::{Ident, LitStr, Path};

use super::{Expr, Text};

/// A trigger that the user writes.
pub(crate) struct Trigger {
    pub(crate) name: Text,
    /// The variant of `TriggerTiming`.
    pub(crate) timing: &'static str,
    pub(crate) events: Vec<Event>,
    /// Whether the trigger fires once for a statement instead of once for each row.
    pub(crate) for_each_statement: bool,
    pub(crate) when: Option<Expr>,
    pub(crate) function: Path,
    pub(crate) arguments: Vec<LitStr>,
}

impl Trigger {
    /// Whether the trigger fires on an event. `variant` is a variant of `TriggerEvent`.
    pub(crate) fn fires_at(&self, variant: &str) -> bool {
        self.events.iter().any(|event| event.variant == variant)
    }
}

/// An event on which a trigger fires.
pub(crate) struct Event {
    pub(crate) span: Span,
    pub(crate) word: &'static str,
    /// The variant of `TriggerEvent`.
    pub(crate) variant: &'static str,
    /// The columns of an update; empty for all columns.
    pub(crate) columns: Vec<Ident>,
}
