//! Triggers: those of `updated_at`, of immutable columns, of transitions and of the audit trail, and those written by hand;
//! with the functions that they call.

use super::{all_columns, audit, owned, routines, sorted};
use crate::ir::names::{Names, QualifiedName};
use crate::ir::{Body, Expr, Routine, Trigger, TriggerEvent};
use crate::model::{
    self, BinaryOp, Clock, ColumnDef, Immutable, Role, RowVersion, ScalarType, SchemaDef, SqlType,
    TableDef, TransitionDef, TriggerDef, UnaryOp, UpdatedAtDef,
};

const REFUSE_CHANGE: &str = "refuse_change";
const REFUSE_TRANSITION: &str = "refuse_transition";

/// The functions that the triggers of columns call, each once.
pub(super) fn functions(def: &SchemaDef) -> Vec<Routine> {
    let columns = all_columns(def).filter(|column| is_set_by_trigger(column));
    let mut functions: Vec<_> = sorted(columns.map(|column| column.name))
        .into_iter()
        .map(|column| set_column(&def.updated_at, column))
        // One that is written by hand is there already.
        .filter(|function| !is_declared(def, &function.name))
        .collect();
    if all_columns(def).any(is_kept_by_database) {
        let name = routines::name(REFUSE_CHANGE);
        functions.push(Routine::trigger_function(name, Body::RefuseChange));
    }
    if all_columns(def).any(has_transitions) {
        let name = routines::name(REFUSE_TRANSITION);
        functions.push(Routine::trigger_function(name, Body::RefuseTransition));
    }
    functions
}

fn is_declared(def: &SchemaDef, name: &QualifiedName) -> bool {
    let mut declared = def.routines.iter();
    declared.any(|routine| QualifiedName::from(&routine.name) == *name)
}

/// One trigger function for each name of an `updated_at` column.
fn set_column(def: &UpdatedAtDef, column: String) -> Routine {
    let name = routines::name(&function_name(def, &column));
    let body = match def.body {
        Some(source) => Body::Source(source.to_owned()),
        None => Body::SetColumn {
            value: clock(def.clock),
            column,
        },
    };
    let mut function = Routine::trigger_function(name, body);
    if function.source().is_some() {
        // What a body of the user's names is found where the user has it.
        function.search_path = None;
    }
    function
}

/// The function's name, with the column's where that is not the usual one.
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
    triggers.extend(immutable(table, &mut names));
    triggers.extend(
        table
            .columns
            .iter()
            .filter(|column| has_transitions(column))
            .map(|column| transitions(table, column, &mut names)),
    );
    triggers.extend(table.triggers.iter().map(written));
    triggers.extend(audit::triggers(def, table, &mut names));
    triggers
}

fn updated_at(def: &SchemaDef, table: &TableDef, column: &ColumnDef, names: &mut Names) -> Trigger {
    let name = names.by_convention("set", table.name.name, [column.name]);
    let function = routines::name(&function_name(&def.updated_at, column.name));
    Trigger::before_update(name, function)
}

/// Refuses every change of the immutable columns. Its condition is looked at in the executor: no function is called while they stay as
/// they are.
fn immutable(table: &TableDef, names: &mut Names) -> Option<Trigger> {
    let kept: Vec<_> = table
        .columns
        .iter()
        .filter(|column| is_kept_by_database(column))
        .collect();
    let changes = kept.iter().map(|column| is_changed(column));
    let when = changes.reduce(|left, right| binary(BinaryOp::Or, left, right))?;
    let name = names.by_convention("keep", table.name.name, ["immutable"]);
    let mut trigger = Trigger::before_update(name, routines::name(REFUSE_CHANGE));
    trigger.when = Some(when);
    trigger.arguments = vec![table.name.name.to_owned()];
    trigger
        .arguments
        .extend(kept.iter().map(|column| column.name.to_owned()));
    Some(trigger)
}

fn is_changed(column: &ColumnDef) -> Expr {
    let side = |version| comparable(column, Expr::Row(version, column.name.to_owned()));
    Expr::IsDistinct(
        Box::new(side(RowVersion::New)),
        Box::new(side(RowVersion::Old)),
    )
}

/// A type without equality, or one of which nothing is known, is compared as text.
fn comparable(column: &ColumnDef, value: Expr) -> Expr {
    match column.sql_type {
        SqlType::Scalar(ScalarType::Json) | SqlType::Sql(_) => {
            Expr::Cast(Box::new(value), "text".to_owned())
        }
        _ => value,
    }
}

/// Refuses the steps that are not allowed.
fn transitions(table: &TableDef, column: &ColumnDef, names: &mut Names) -> Trigger {
    let name = names.by_convention("keep", table.name.name, [column.name, "transitions"]);
    let mut trigger = Trigger::before_update(name, routines::name(REFUSE_TRANSITION));
    let (old, new) = (row(RowVersion::Old, column), row(RowVersion::New, column));
    let steps = column.transitions.iter().filter(|step| !step.to.is_empty());
    let allowed = steps
        .map(|step| is_step(column, step))
        .reduce(|left, right| binary(BinaryOp::Or, left, right));
    let changed = binary(BinaryOp::Ne, new, old);
    trigger.when = Some(match allowed {
        Some(allowed) => binary(
            BinaryOp::And,
            changed,
            Expr::Unary(UnaryOp::Not, Box::new(allowed)),
        ),
        None => changed,
    });
    trigger.arguments = vec![
        table.name.name.to_owned(),
        column.name.to_owned(),
        steps_as_json(column.transitions),
    ];
    trigger
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

/// The steps for the message: `{"pending": "confirmed, cancelled"}`.
fn steps_as_json(steps: &[TransitionDef]) -> String {
    let entries: Vec<_> = steps
        .iter()
        .map(|step| {
            format!(
                "{}: {}",
                json_text(step.from),
                json_text(&step.to.join(", "))
            )
        })
        .collect();
    format!("{{{}}}", entries.join(", "))
}

/// A text in JSON (RFC 8259, section 7).
fn json_text(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
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

fn has_transitions(column: &ColumnDef) -> bool {
    !column.transitions.is_empty()
}

fn row(version: RowVersion, column: &ColumnDef) -> Expr {
    Expr::Row(version, column.name.to_owned())
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    Expr::Binary(op, Box::new(left), Box::new(right))
}
