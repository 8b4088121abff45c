use core::mem::discriminant;

/// The values that a column of an enum may take after one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransitionDef {
    /// The label now.
    pub from: &'static str,
    /// The labels that may follow.
    pub to: &'static [&'static str],
}

impl TransitionDef {
    /// The labels that may follow one.
    pub const fn new(from: &'static str, to: &'static [&'static str]) -> Self {
        Self { from, to }
    }
}

/// A step of a column from one value to an allowed next one: what `Order::status_transitions().pending().confirmed()` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition<V> {
    /// The column's name in the database.
    pub column: &'static str,
    /// The value before.
    pub from: V,
    /// The value after.
    pub to: V,
}

impl<V> Transition<V> {
    /// A step. Whether it is allowed is known to who calls this: the derive.
    #[doc(hidden)]
    pub const fn new(column: &'static str, from: V, to: V) -> Self {
        Self { column, from, to }
    }
}

/// The values that may follow `state`. Whether the enum's values can be compared is its own; which of them one is can always be asked.
#[doc(hidden)]
pub fn states_after<V>(steps: &'static [(V, &'static [V])], state: &V) -> &'static [V] {
    let mut steps = steps.iter();
    let step = steps.find(|(from, _)| discriminant(from) == discriminant(state));
    step.map_or(&[], |(_, to)| to)
}
