use crate::facts::TableFacts;

/// The states of an enum column, and which may follow which.
#[derive(Clone, Debug)]
pub struct StatesDoc {
    /// The column.
    pub column: String,
    /// The labels that a new row may have; empty if all are allowed.
    pub first: Vec<String>,
    /// Each label with those that may follow it; empty if all may follow all.
    pub steps: Vec<(String, Vec<String>)>,
}

/// The columns of a table that restrict their states.
pub(super) fn states(facts: &TableFacts) -> Vec<StatesDoc> {
    let columns = facts.columns.iter().filter(|column| column.has_states());
    let states = columns.map(|column| {
        let after = |label: &&str| {
            let mut steps = column.transitions.iter();
            let step = steps.find(|step| step.from == *label);
            let to = step.map_or(&[][..], |step| step.to);
            ((*label).to_owned(), owned(to))
        };
        let is_restricted = !column.transitions.is_empty();
        let steps = column.labels.iter().filter(|_| is_restricted).map(after);
        StatesDoc {
            column: column.name.to_owned(),
            first: owned(column.first_states),
            steps: steps.collect(),
        }
    });
    states.collect()
}

fn owned(labels: &[&str]) -> Vec<String> {
    labels.iter().map(ToString::to_string).collect()
}
