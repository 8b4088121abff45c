use super::statement::Statement;
use super::step::{Mode, Phase, Step};

/// Steps that run together: a file of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// How they run: one that is [`Mode::Alone`] has one step, of one statement.
    pub mode: Mode,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// Steps in their order → as few stages as can be. Labels have a transaction of their own, since nothing can use them before it ends; and so
/// have values for the rows, which take as long as there are rows.
pub(super) fn stages(steps: Vec<Step>) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for step in steps {
        match stages.last_mut() {
            Some(stage) if goes_with(stage, &step) => stage.steps.push(step),
            _ => stages.push(Stage {
                mode: step.mode,
                steps: vec![step],
            }),
        }
    }
    stages
}

fn goes_with(stage: &Stage, step: &Step) -> bool {
    let apart = |step: &Step| match step.phase {
        Phase::Labels | Phase::Backfill | Phase::Refill => Some(step.phase),
        _ => None,
    };
    let same = stage
        .steps
        .last()
        .is_some_and(|last| apart(last) == apart(step));
    same && stage.mode == step.mode && step.mode != Mode::Alone
}

impl Stage {
    /// The statements of the way there. Each with whether the owner of the schema's objects makes it.
    pub(super) fn up(&self) -> Vec<(&Statement, bool)> {
        let steps = self.steps.iter();
        steps
            .flat_map(|step| step.up.iter().map(|sql| (sql, step.by_owner)))
            .collect()
    }

    /// The statements of the way back, from the last step to the first.
    pub(super) fn down(&self) -> Vec<(&Statement, bool)> {
        let steps = self.steps.iter().rev();
        steps
            .flat_map(|step| step.down.iter().map(|sql| (sql, step.by_owner)))
            .collect()
    }
}
