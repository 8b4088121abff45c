//! Triggers of `updated_at`, of immutable columns, of transitions and of the audit trail, and those written by hand;
//! and the functions that they call.

use super::changed::{is_changed, row};
use super::facts::all_columns;
use super::texts::{owned, sorted};
use super::{audit, routine};
use crate::ir::QualifiedName;
use crate::ir::names::Names;
use crate::ir::{Body, Expr, FirstStates, RefusedUpdate, Routine, Trigger, TriggerEvent};
use crate::model::{
    self, BinaryOp, Clock, ColumnDef, Immutable, Role, RowVersion, SchemaDef, TableDef,
    TransitionDef, TriggerDef, UnaryOp, UpdatedAtDef,
};

/// The functions that the triggers of columns call.
pub(super) fn functions(def: &SchemaDef) -> Vec<Routine> {
    let columns = all_columns(def).filter(|column| is_set_by_trigger(column));
    let mut functions: Vec<_> = sorted(columns.map(|column| column.name))
        .into_iter()
        .map(|column| set_column(&def.updated_at, column))
        // A function that is written by hand already exists.
        .filter(|function| !is_declared(def, &function.name))
        .collect();
    functions.extend(def.tables.iter().filter_map(|table| keep_function(table)));
    functions
}

fn is_declared(def: &SchemaDef, name: &QualifiedName) -> bool {
    let mut declared = def.routines.iter();
    declared.any(|routine| QualifiedName::from(&routine.name) == *name)
}

/// The trigger function for all `updated_at` columns of one name.
fn set_column(def: &UpdatedAtDef, column: String) -> Routine {
    let name = routine::name(&function_name(def, &column));
    let body = match def.body {
        Some(source) => Body::Source(source.to_owned()),
        None => Body::SetColumn {
            value: clock(def.clock),
            column,
        },
    };
    let mut function = Routine::trigger_function(name, body);
    if function.source().is_some() {
        // A body of the user may name objects in any schema of the search path.
        function.search_path = None;
    }
    function
}

/// The function's name; it includes the column's name unless that is `updated_at`.
fn function_name(def: &UpdatedAtDef, column: &str) -> String {
    match column {
        "updated_at" => def.function.to_owned(),
        other => Names::default().by_convention(def.function, other, []),
    }
}

pub(super) fn clock(clock: Clock) -> Expr {
    match clock {
        Clock::Now => Expr::Call("NOW".to_owned(), Vec::new()),
        Clock::CurrentTimestamp => Expr::Keyword("CURRENT_TIMESTAMP".to_owned()),
    }
}

/// The triggers of one table.
pub(super) fn triggers(def: &SchemaDef, table: &TableDef) -> Vec<Trigger> {
    let mut names = Names::default();
    for trigger in table.triggers {
        names.given(trigger.name);
    }
    let mut triggers: Vec<_> = table
        .columns
        .iter()
        .filter(|column| is_set_by_trigger(column))
        .map(|column| updated_at(def, table, column, &mut names))
        .collect();
    triggers.extend(keep_first(table, &mut names));
    triggers.extend(keep(table, &mut names));
    triggers.extend(table.triggers.iter().map(written));
    triggers.extend(audit::triggers(def, table, &mut names));
    triggers
}

fn updated_at(def: &SchemaDef, table: &TableDef, column: &ColumnDef, names: &mut Names) -> Trigger {
    let name = names.by_convention("set", table.name.name, [column.name]);
    let function = routine::name(&function_name(&def.updated_at, column.name));
    Trigger::before_update(name, function)
}

/// The trigger that rejects changes of immutable columns and transitions that are not allowed.
///
/// PostgreSQL evaluates its condition before it calls the function, so the function is not called while those columns
/// do not change. The condition is short because PostgreSQL parses it again for each statement; with all transitions in
/// it, that would take longer than the function.
fn keep(table: &TableDef, names: &mut Names) -> Option<Trigger> {
    let kept = table.columns.iter().filter(|column| is_kept(column));
    let when = kept
        .map(is_changed)
        .reduce(|left, right| binary(BinaryOp::Or, left, right))?;
    let name = names.by_convention("keep", table.name.name, []);
    let mut trigger = Trigger::before_update(name, keep_name(table));
    trigger.when = Some(when);
    Some(trigger)
}

/// The trigger that rejects a new row whose enum has a label that it must not start with. On insert there is no `OLD`,
/// so this is a separate trigger.
fn keep_first(table: &TableDef, names: &mut Names) -> Option<Trigger> {
    let columns = table.columns.iter().filter_map(first_states);
    let when = columns
        .map(|first| first.when)
        .reduce(|left, right| binary(BinaryOp::Or, left, right))?;
    let name = names.by_convention("keep", table.name.name, ["insert"]);
    let mut trigger = Trigger::before_update(name, keep_name(table));
    trigger.events = vec![TriggerEvent::Insert];
    trigger.when = Some(when);
    Some(trigger)
}

fn first_states(column: &ColumnDef) -> Option<FirstStates> {
    let labels = column.first_states.iter().map(|label| (*label).to_owned());
    let labels: Vec<_> = labels.collect();
    let is_given = !labels.is_empty();
    is_given.then(|| FirstStates {
        column: column.name.to_owned(),
        when: Expr::In {
            operand: Box::new(row(RowVersion::New, column)),
            list: labels.iter().cloned().map(Expr::Text).collect(),
            negated: true,
        },
        labels,
    })
}

/// The function that raises the error.
fn keep_function(table: &TableDef) -> Option<Routine> {
    let kept = table.columns.iter().filter(|column| is_kept(column));
    let refusals: Vec<_> = kept.map(refusal).collect();
    let body = Body::Keep {
        table: table.name.name.to_owned(),
        first: table.columns.iter().filter_map(first_states).collect(),
        refusals,
    };
    let is_needed = table.columns.iter().any(is_kept);
    is_needed.then(|| Routine::trigger_function(keep_name(table), body))
}

fn keep_name(table: &TableDef) -> QualifiedName {
    let name = Names::default().by_convention("keep", table.name.name, []);
    QualifiedName::new(table.name.schema, &name)
}

fn refusal(column: &ColumnDef) -> RefusedUpdate {
    let changed = is_changed(column);
    let is_immutable = is_kept_by_database(column);
    let steps = column.transitions.iter().map(|step| {
        let to = step.to.iter().map(|label| (*label).to_owned());
        (step.from.to_owned(), to.collect())
    });
    RefusedUpdate {
        column: column.name.to_owned(),
        when: match allowed_steps(column).filter(|_| !is_immutable) {
            Some(allowed) => {
                let other = Expr::Unary(UnaryOp::Not, Box::new(allowed));
                binary(BinaryOp::And, changed, other)
            }
            None => changed,
        },
        steps: (!is_immutable).then(|| steps.collect()),
    }
}

fn allowed_steps(column: &ColumnDef) -> Option<Expr> {
    let steps = column.transitions.iter().filter(|step| !step.to.is_empty());
    steps
        .map(|step| is_step(column, step))
        .reduce(|left, right| binary(BinaryOp::Or, left, right))
}

/// `OLD.status = 'pending' AND NEW.status IN ('confirmed', 'cancelled')`
fn is_step(column: &ColumnDef, step: &TransitionDef) -> Expr {
    let from = binary(
        BinaryOp::Eq,
        row(RowVersion::Old, column),
        Expr::Text(step.from.to_owned()),
    );
    let labels = step.to.iter().map(|label| Expr::Text((*label).to_owned()));
    let to = Expr::In {
        operand: Box::new(row(RowVersion::New, column)),
        list: labels.collect(),
        negated: false,
    };
    binary(BinaryOp::And, from, to)
}

fn written(def: &TriggerDef) -> Trigger {
    let event = |event: &model::TriggerEvent| match event {
        model::TriggerEvent::Insert => TriggerEvent::Insert,
        model::TriggerEvent::Update(columns) => TriggerEvent::Update(owned(columns)),
        model::TriggerEvent::Delete => TriggerEvent::Delete,
        model::TriggerEvent::Truncate => TriggerEvent::Truncate,
    };
    Trigger {
        name: def.name.to_owned(),
        timing: def.timing,
        events: def.events.iter().map(event).collect(),
        level: def.level,
        when: def.when.as_ref().map(Expr::from),
        function: QualifiedName::from(&(def.function)().name),
        arguments: owned(def.arguments),
    }
}

fn is_set_by_trigger(column: &ColumnDef) -> bool {
    column.role == Some(Role::UpdatedAtByTrigger)
}

fn is_kept_by_database(column: &ColumnDef) -> bool {
    column.immutable == Some(Immutable::ByDatabase)
}

fn is_kept(column: &ColumnDef) -> bool {
    is_kept_by_database(column) || !column.transitions.is_empty()
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    Expr::Binary(op, Box::new(left), Box::new(right))
}
