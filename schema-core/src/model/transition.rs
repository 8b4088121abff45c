use core::mem::discriminant;

/// The values of an enum column that may follow one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransitionDef {
    /// The present label.
    pub from: &'static str,
    /// The labels that may follow.
    pub to: &'static [&'static str],
}

impl TransitionDef {
    /// The labels `to` that may follow `from`.
    pub const fn new(from: &'static str, to: &'static [&'static str]) -> Self {
        Self { from, to }
    }
}

/// An allowed step of a column: `Order::status_transitions().pending().confirmed()` returns it.
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
    /// A step. The derive calls this for allowed steps only.
    #[doc(hidden)]
    pub const fn new(column: &'static str, from: V, to: V) -> Self {
        Self { column, from, to }
    }
}

/// The values that may follow `state`. It compares variants only, so that the enum need not implement `PartialEq`.
#[doc(hidden)]
pub fn states_after<V>(steps: &'static [(V, &'static [V])], state: &V) -> &'static [V] {
    let mut steps = steps.iter();
    let step = steps.find(|(from, _)| discriminant(from) == discriminant(state));
    step.map_or(&[], |(_, to)| to)
}
