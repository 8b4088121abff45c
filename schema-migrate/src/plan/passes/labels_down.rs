//! Delays the use of functions on the way back until enum labels have their old names.
//!
//! On the way back, labels get their old names last, but a function whose body uses them is created before that.
//! Nothing may call it in between: a materialized view that calls it is created without rows, and a check is added
//! without validation. They are filled and validated after the labels.

use super::partitions;
use crate::diff::{self, Change, Object};
use crate::plan::context::Context;
use crate::plan::dependents::{ColumnName, Dependents};
use crate::plan::statement::{Rows, Statement};
use crate::plan::step::{LockMode, Mode, Phase, Step};
use crate::plan::steps::constraint::validation;
use freehold_schema_core::ir::{QualifiedName, View};

/// An object whose creation calls a function.
struct Waiting {
    /// The statements that create it.
    statements: Vec<Statement>,
    /// The step after the labels are renamed. It has statements on the way back only.
    after: Step,
}

/// The steps with delayed objects, and the steps that complete them.
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
    /// Delays the object on the way back. Returns whether the way back had created it before the labels are renamed.
    /// Statements that use types of the new schema are skipped.
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

/// The materialized views that call a function, and those that read such views.
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
        // A view that reads another one is refreshed after it.
        .place(-context.old_place(&Object::View(Box::new(view.clone()))))
        .down(refresh)
        .lock_back(name, LockMode::AccessExclusive);
    Waiting {
        statements: made.collect(),
        after: match view.owner {
            Some(_) => after.run_by_migrator(),
            None => after,
        },
    }
}

/// The checks that call a function, by their names at the time when the labels are renamed back.
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
