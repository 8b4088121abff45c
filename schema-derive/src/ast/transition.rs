use proc_macro2::Span;
use syn::Ident;

/// The steps that a column of an enum may take.
pub(crate) struct Transitions {
    pub(crate) span: Span,
    /// What a row may begin with; none is anything.
    pub(crate) first: Vec<Ident>,
    pub(crate) steps: Vec<Step>,
}

impl Transitions {
    /// The variants that stand in it, each once, with the place where it stands first.
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

/// What may follow a state. The identifiers are the enum's variants, with the places of the words.
pub(crate) struct Step {
    pub(crate) from: Ident,
    pub(crate) to: Vec<Ident>,
}
