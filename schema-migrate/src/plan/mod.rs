//! Plans the ordered steps from one schema to another and back. It asks no database.
//!
//! Each step lists its locks, the tables that it rewrites and its hazards. A step belongs to a phase. In the order of
//! the phases, every step finds what it needs: objects in the way are dropped first, new objects are created before
//! their dependents, slow work runs while other sessions write, and objects that the new schema does not have are
//! dropped last. Every step has its own way back, so the ways back in reverse order undo the whole plan.
//!
//! `context` holds what the steps are planned from, and `dependents` finds what depends on a column. `steps` plans the
//! steps of each change, `passes` works on all changes or all steps, and `hazards` holds the hazards that several steps
//! share.

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

/// The steps from one schema to another and back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The stages, in order. The way back runs them in reverse.
    pub stages: Vec<Stage>,
    /// The `renamed_from` attributes that have no effect any more.
    pub stale: Vec<StaleRename>,
    /// The `allow(..)` of hazards that the new schema declares.
    pub allowances: Vec<Allowance>,
    /// The objects that the plan recreates. What a schema cannot model of them is lost.
    pub remade: Vec<Remade>,
    /// The hazards of settings that are lost when their object is recreated; see [`Plan::with_hanging`].
    pub hanging: Vec<Hazard>,
    /// The role that owns the objects and creates them.
    owner: Option<String>,
    /// Whether a table has row-level security, which must not hide rows from a migration.
    has_row_security: bool,
}

impl Plan {
    /// Plans the steps from `old` to `new`.
    #[must_use]
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

    /// Adds a hazard for each entry of `hanging` that the plan loses.
    ///
    /// `hanging` lists what an inspected database has on its objects and a schema cannot model.
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

    /// The hazards that refuse the plan: those allowed neither by `allowed` nor by the structs.
    pub fn refused(&self, allowed: &[HazardKind]) -> Vec<&Hazard> {
        let hazards = self.steps().flat_map(|step| &step.hazards);
        let hazards = self.hanging.iter().chain(hazards);
        let refused = hazards.filter(|hazard| {
            hazard.kind.is_refused() && !hazard.allowed && !allowed.contains(&hazard.kind)
        });
        refused.collect()
    }

    /// The SQL statements of a stage, without semicolons.
    pub fn up(&self, stage: &Stage, dialect: &dyn Dialect) -> Vec<String> {
        self.as_owner(stage.up(), stage.mode, Printer::new(dialect))
    }

    /// The SQL statements of the way back of a stage, without semicolons.
    ///
    /// If they create a function with an SQL body, PostgreSQL does not check that body: it may use a label that is
    /// created or renamed back only afterwards.
    pub fn down(&self, stage: &Stage, dialect: &dyn Dialect) -> Vec<String> {
        let down = stage.down();
        let has_body = down.iter().any(|(statement, _)| statement.has_sql_body());
        let mut statements = self.as_owner(down, stage.mode, Printer::new(dialect));
        if has_body {
            statements.insert(0, "SET LOCAL check_function_bodies = off".to_owned());
        }
        statements
    }

    /// Wraps the statements that the owner runs in `SET ROLE` and `RESET ROLE`.
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

/// The old schema before and after its renames; the new schema without and with the defaults that are set later.
type Sides<'a> = ((&'a Schema, &'a Schema), (&'a Schema, &'a Schema));

/// Builds the context, with the routines that use the row type of a dropped or recreated view.
///
/// A view that calls such a routine is recreated too, and other routines may use its row type; so this repeats until no
/// routine is added.
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
    // A generated column is added after the columns that it uses have their types.
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

/// Whether the change is in a view that is recreated as a whole.
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

/// Turns `row_security` on around a statement that creates an SQL function.
///
/// PostgreSQL rewrites the body of such a function when it creates it. With `row_security = off`, it refuses a body
/// that reads a table whose rows are hidden from the owner by a policy. No row is read.
fn with_row_security(sql: String) -> [String; 3] {
    let set = |value| format!("SET LOCAL row_security = {value}");
    [set("on"), sql, set("off")]
}
