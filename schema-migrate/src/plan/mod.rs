//! Two schemas → the ordered steps from one to the other and back, each with what it locks, what it writes anew and what is dangerous
//! about it. No database is asked.
//!
//! A step stands in a phase, and the phases are in an order in which every step finds what it needs: what is in the way goes first, new
//! things come before what stands on them, slow work is done beside the writers, and what the new schema has no more goes last. Every step
//! has its own way back, so that the steps in reverse are the way back of the whole.
//!
//! `context` is what the steps are planned from, `dependents` finds what depends on a column. `steps` plans the steps of each change,
//! `passes` goes over all changes or all steps, and `hazards` has the hazards that several of them share.

pub mod cast;
mod changes;
mod context;
mod dependents;
mod hazard;
mod hazards;
mod names;
mod passes;
mod places;
mod stage;
mod statement;
mod step;
mod steps;
pub mod volatile;

pub use hazard::{Hazard, HazardKind, HazardPlace};
pub use hazards::allowance::Allowance;
pub(crate) use passes::domain_defaults::without_old_defaults;
pub use passes::recreated::{Hanging, HangsOn, Remade};
pub use stage::Stage;
pub use statement::{Rows, Statement};
pub use step::{Lock, LockMode, Mode, Step};

use std::collections::HashSet;

use self::context::Context;
use self::hazards::allowance;
use self::passes::{
    detach, domain_defaults, function_defaults, labels_down, partitions, recreated, renamed_parts,
    view_rows,
};
use self::steps::column::generated;
use self::steps::rename;
use crate::diff::{Change, Commented, Diff, StaleRename, relabelled};
use freehold_schema_core::ddl::Dialect;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{QualifiedName, Schema};

/// How one schema becomes another, and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The stages, in order; the way back goes through them in reverse.
    pub stages: Vec<Stage>,
    /// The `renamed_from` that say nothing any more.
    pub stale: Vec<StaleRename>,
    /// The `allow(..)` of hazards that the new schema says.
    pub allowances: Vec<Allowance>,
    /// What is made again: what no schema can say of it is lost.
    pub remade: Vec<Remade>,
    /// The hazards of what hangs on that.
    pub hanging: Vec<Hazard>,
    /// The role that owns the objects, which makes them.
    owner: Option<String>,
    /// Whether row-level security holds for a table: it must not hide rows from a migration.
    has_row_security: bool,
}

impl Plan {
    /// The plan from `old` to `new`.
    pub fn between(old: &Schema, new: &Schema, dialect: &dyn Dialect) -> Self {
        let diff = Diff::between(old, new);
        let printer = Printer::new(dialect);
        let later = domain_defaults::without_defaults(new, &diff.changes);
        let (to, changes) = match &later {
            Some((schema, changes)) => (schema, changes),
            None => (new, &diff.changes),
        };
        // Labels are renamed before anything else.
        let before = relabelled(old, new);
        let context = |changes: &[Change]| {
            let sides = ((&before, &diff.renamed), (to, new));
            with_rows(sides, changes, printer)
        };
        let first = context(changes);
        let mut steps = match renamed_parts::settled(&first, changes) {
            Some(changes) => all_steps(&context(&changes), &changes),
            None => all_steps(&first, changes),
        };
        allowance::settle(&mut steps, new);
        let secured = |schema: &Schema| {
            let mut tables = schema.tables.iter();
            tables.any(|table| table.row_security.is_some())
        };
        Self {
            allowances: allowance::allowances(&steps, new),
            remade: recreated::all(&first, changes),
            hanging: Vec::new(),
            stages: stage::stages(steps),
            stale: diff.stale.clone(),
            owner: new.owner().map(str::to_owned),
            has_row_security: secured(old) || secured(new),
        }
    }

    /// The same, from a database in which these things hang on its objects: each that the plan loses is a hazard.
    pub fn with_hanging(mut self, hanging: &[Hanging]) -> Self {
        let hazards = hanging.iter();
        let hazards = hazards.filter_map(|hanging| hanging.hazard(&self.remade));
        self.hanging = hazards.collect();
        self
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.stages.is_empty()
    }

    /// Every step, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.stages.iter().flat_map(|stage| &stage.steps)
    }

    /// The hazards for which it is refused, unless they are allowed: by these kinds, or by the structs.
    pub fn refused(&self, allowed: &[HazardKind]) -> Vec<&Hazard> {
        let hazards = self.steps().flat_map(|step| &step.hazards);
        let hazards = self.hanging.iter().chain(hazards);
        let refused = hazards.filter(|hazard| {
            hazard.kind.is_refused() && !hazard.allowed && !allowed.contains(&hazard.kind)
        });
        refused.collect()
    }

    /// The statements of a stage, without semicolons.
    pub fn up(&self, stage: &Stage, dialect: &dyn Dialect) -> Vec<String> {
        self.as_owner(stage.up(), stage.mode, Printer::new(dialect))
    }

    /// The statements of the way back of a stage. A function that comes back is not held against what is there: it may say a label that
    /// comes back after it, or one that has another name since the release before.
    pub fn down(&self, stage: &Stage, dialect: &dyn Dialect) -> Vec<String> {
        let down = stage.down();
        let has_body = down.iter().any(|(statement, _)| statement.has_sql_body());
        let mut statements = self.as_owner(down, stage.mode, Printer::new(dialect));
        if has_body {
            statements.insert(0, "SET LOCAL check_function_bodies = off".to_owned());
        }
        statements
    }

    /// Runs of statements that the owner makes are made by that role.
    fn as_owner(
        &self,
        statements: Vec<(&Statement, bool)>,
        mode: Mode,
        printer: Printer<'_>,
    ) -> Vec<String> {
        let mut out = Vec::new();
        if mode == Mode::Alone || statements.is_empty() {
            let statements = statements.into_iter();
            return statements
                .map(|(statement, _)| statement.print(printer))
                .collect();
        }
        if self.has_row_security {
            out.push("SET LOCAL row_security = off".to_owned());
        }
        let mut is_owner = false;
        for (statement, by_owner) in statements {
            if let Some(owner) = self.owner.as_ref().filter(|_| by_owner != is_owner) {
                let role = if by_owner {
                    printer.set_role(owner)
                } else {
                    "RESET ROLE".to_owned()
                };
                out.push(role);
                is_owner = by_owner;
            }
            let sql = statement.print(printer);
            if self.has_row_security && statement.has_sql_body() {
                out.extend(with_row_security(sql));
            } else {
                out.push(sql);
            }
        }
        if is_owner {
            out.push("RESET ROLE".to_owned());
        }
        out
    }
}

/// The old schema before and after its renames; the new one without and with what comes later.
type Sides<'a> = ((&'a Schema, &'a Schema), (&'a Schema, &'a Schema));

/// With the routines over the rows of views that go. A view that calls one of them goes too, and may have routines of its own.
fn with_rows<'a>((from, to): Sides<'a>, changes: &[Change], printer: Printer<'a>) -> Context<'a> {
    let mut over_rows = HashSet::new();
    loop {
        let context = Context::new(from, to, (changes, over_rows.clone()), printer);
        let found = view_rows::routines(&context, changes);
        if found.is_subset(&over_rows) {
            return context;
        }
        over_rows.extend(found);
    }
}

fn all_steps(context: &Context<'_>, changes: &[Change]) -> Vec<Step> {
    match function_defaults::settled(context, changes) {
        Some(changes) => steps(context, &changes),
        None => steps(context, changes),
    }
}

/// The steps of all changes, in order.
fn steps(context: &Context<'_>, changes: &[Change]) -> Vec<Step> {
    let remade = detach::remade_views(context, changes);
    let all = changes.iter().filter(|change| !is_in_view(change, &remade));
    // A column is computed from others when these have their types.
    let (computed, others): (Vec<_>, Vec<_>) = all.partition(|change| generated::is_added(change));
    let of_changes = others.into_iter().chain(computed);
    let steps = of_changes
        .flat_map(|change| steps::of_change(context, change))
        .chain(rename::sequences(context))
        .chain(detach::steps(context, changes))
        .chain(view_rows::steps(context, changes))
        .map(|step| partitions::reach(context, step))
        .collect();
    let mut steps = labels_down::wait(context, changes, steps);
    steps.sort_by_key(|step| (step.phase, step.place));
    steps
}

/// Whether the change is in a view that is made anew as a whole.
fn is_in_view(change: &Change, remade: &HashSet<QualifiedName>) -> bool {
    match change {
        Change::Table { table, .. } => remade.contains(table),
        Change::Comment {
            on: Commented::View { name, .. } | Commented::ViewColumn(name, _),
            ..
        } => remade.contains(name),
        _ => false,
    }
}

/// PostgreSQL rewrites the body of a SQL function when it is made, and without row-level security it refuses one that reads what the owner
/// sees a part of. No row is read.
fn with_row_security(sql: String) -> [String; 3] {
    let set = |value| format!("SET LOCAL row_security = {value}");
    [set("on"), sql, set("off")]
}
