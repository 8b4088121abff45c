use proc_macro2::Span;
use syn::Ident;

/// The allowed steps between the values of an enum column.
pub(crate) struct Transitions {
    pub(crate) span: Span,
    /// The values that a new row may have; empty for any value.
    pub(crate) first: Vec<Ident>,
    pub(crate) steps: Vec<Step>,
}

impl Transitions {
    /// The variants of all steps, each once, with the span of its first use.
    pub(crate) fn states(&self) -> Vec<&Ident> {
        let mut states: Vec<&Ident> = Vec::new();
        let steps = self.steps.iter();
        let steps = steps.flat_map(|step| [&step.from].into_iter().chain(&step.to));
        for state in self.first.iter().chain(steps) {
            if !states.contains(&state) {
                states.push(state);
            }
        }
        states
    }
}

/// The states that may follow a state. The identifiers are the enum's variants, with the spans of the written words.
pub(crate) struct Step {
    pub(crate) from: Ident,
    pub(crate) to: Vec<Ident>,
}
