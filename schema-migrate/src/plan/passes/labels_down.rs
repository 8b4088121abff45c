//! On the way back the labels of enums get their old names last, and a function whose body says them comes back before that. Nothing may run
//! it in between: a stored view that calls it comes back without rows, and a check without a look at the rows; they follow after the labels.

use super::partitions;
use crate::diff::{self, Change, Object};
use crate::plan::context::Context;
use crate::plan::dependents::{ColumnName, Dependents};
use crate::plan::statement::{Rows, Statement};
use crate::plan::step::{LockMode, Mode, Phase, Step};
use crate::plan::steps::constraint::validation;
use freehold_schema_core::ir::{QualifiedName, View};

/// Something that runs a function when it is made.
struct Waiting {
    /// What makes it.
    statements: Vec<Statement>,
    /// What is done when the labels are there: on the way back alone.
    after: Step,
}

/// The steps, and those after the labels of the way back.
pub(in crate::plan) fn wait(
    context: &Context<'_>,
    changes: &[Change],
    mut steps: Vec<Step>,
) -> Vec<Step> {
    if !changes.iter().any(is_rename) {
        return steps;
    }
    for waiting in stored_views(context).into_iter().chain(checks(context)) {
        if waiting.is_put_off(&mut steps) {
            steps.push(partitions::reach(context, waiting.after));
        }
    }
    steps
}

fn is_rename(change: &Change) -> bool {
    match change {
        Change::Labels { old, new } => !diff::renamed_labels(old, new).is_empty(),
        _ => false,
    }
}

impl Waiting {
    /// Whether the way back made it before the labels, as it does no more. What it makes with types of the new schema is not meant.
    fn is_put_off(&self, steps: &mut [Step]) -> bool {
        let mut is_put_off = false;
        let early = steps.iter_mut();
        let early = early.filter(|step| step.phase != Phase::OldLabels);
        for statement in early.flat_map(|step| &mut step.down) {
            let waits = self.statements.contains(statement);
            if let Some(without) = statement.without_rows().filter(|_| waits) {
                *statement = without;
                is_put_off = true;
            }
        }
        is_put_off
    }
}

/// Those that call a function, and those that read these.
fn stored_views(context: &Context<'_>) -> Vec<Waiting> {
    let schema = context.before;
    let routines = schema.routines.iter();
    let names: Vec<ColumnName> = routines
        .map(|routine| (routine.name.clone(), String::new()))
        .collect();
    let views = Dependents::of(schema, context.printer, &names).views();
    let stored = views.into_iter().filter(|view| view.materialized);
    stored.map(|view| stored_view(context, view)).collect()
}

fn stored_view(context: &Context<'_>, view: &View) -> Waiting {
    let name = &view.name;
    let both = context.before.views.iter().chain(&context.from.views);
    let made = both
        .filter(|own| own.name == *name)
        .map(|own| Statement::DefineView(Box::new(own.clone()), Rows::Read));
    let refresh = format!(
        "REFRESH MATERIALIZED VIEW {}",
        context.printer.qualified(name)
    );
    let after = Step::new(Phase::Labels, format!("fill the view `{name}`"))
        // One that reads another comes back after it.
        .place(-context.old_place(&Object::View(Box::new(view.clone()))))
        .down(refresh)
        .lock_back(name, LockMode::AccessExclusive);
    Waiting {
        statements: made.collect(),
        after: match view.owner {
            Some(_) => after.by_whoever_runs_it(),
            None => after,
        },
    }
}

/// By the names that they have when the labels come back.
fn checks(context: &Context<'_>) -> Vec<Waiting> {
    let routines: Vec<&QualifiedName> = context
        .before
        .routines
        .iter()
        .map(|routine| &routine.name)
        .collect();
    let mut waiting = Vec::new();
    for (before, from) in context.before.tables.iter().zip(&context.from.tables) {
        let dependents = Dependents::of(context.before, context.printer, &[]);
        let dependents = dependents.calling(routines.iter().copied());
        for (check, renamed) in before.checks.iter().zip(&from.checks) {
            if !dependents.uses(&check.condition) {
                continue;
            }
            let made = [(before, check), (from, renamed)];
            let made =
                made.map(|(table, check)| Statement::add_check(&table.name, check, Rows::Read));
            waiting.push(Waiting {
                statements: made.to_vec(),
                after: validated_back(context, &before.name, &check.name),
            });
        }
    }
    waiting
}

fn validated_back(context: &Context<'_>, table: &QualifiedName, check: &str) -> Step {
    let there = validation::validate(context, table, check);
    let title = there.title.clone();
    Step {
        mode: Mode::Transaction,
        locks: Vec::new(),
        scans: Vec::new(),
        ..there.reversed(Phase::Labels, title).place(-1)
    }
}
