use super::statement::Statement;
use super::step::{Mode, Phase, Step};

/// Steps that run together: one file of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// How the steps run. A stage in [`Mode::Alone`] has one step with one statement.
    pub mode: Mode,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// Groups ordered steps into as few stages as possible.
///
/// Labels get their own transaction, because PostgreSQL allows their use only after it commits. Backfills get their own
/// transaction too, because their duration grows with the number of rows.
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
    /// The statements of the way there, each with whether the owner of the schema's objects runs it.
    pub(super) fn up(&self) -> Vec<(&Statement, bool)> {
        let steps = self.steps.iter();
        steps
            .flat_map(|step| step.up.iter().map(|sql| (sql, step.by_owner)))
            .collect()
    }

    /// The statements of the way back, from the last step to the first, each with whether the owner runs it.
    pub(super) fn down(&self) -> Vec<(&Statement, bool)> {
        let steps = self.steps.iter().rev();
        steps
            .flat_map(|step| step.down.iter().map(|sql| (sql, step.by_owner)))
            .collect()
    }
}
