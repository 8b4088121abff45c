use freehold_schema_core::ir::{Schema, Table, Trigger};
use freehold_schema_core::model::{TriggerLevel, TriggerTiming};

use super::routine;
use super::sentence::Sentence;
use crate::facts::{InspectedFacts, Noted};
use crate::sql;

/// A trigger of a table.
#[derive(Clone, Debug)]
pub struct TriggerDoc {
    /// The name.
    pub name: String,
    /// When it fires: `before UPDATE of each row`.
    pub fires: Sentence,
    /// The function that it calls.
    pub function: String,
    /// What the function does, if Freehold wrote it or it has a comment.
    pub does: Option<Sentence>,
    /// The statement that creates it.
    pub definition: String,
    /// What is true of it in the database and not in its definition: that it is disabled.
    pub notes: Vec<&'static str>,
}

/// The table's triggers, in its order.
pub(super) fn triggers(
    schema: &Schema,
    table: &Table,
    inspected: &InspectedFacts,
) -> Vec<TriggerDoc> {
    let triggers = table.triggers.iter();
    let trigger = |trigger: &Trigger| TriggerDoc {
        name: trigger.name.clone(),
        fires: fires(trigger),
        function: trigger.function.to_string(),
        does: does(schema, trigger),
        definition: sql::printer().create_trigger(table, trigger),
        notes: inspected.notes_of_part(&table.name, Noted::Trigger, &trigger.name),
    };
    triggers.map(trigger).collect()
}

fn fires(trigger: &Trigger) -> Sentence {
    let timing = match trigger.timing {
        TriggerTiming::Before => "before ",
        TriggerTiming::After => "after ",
    };
    let level = match trigger.level {
        TriggerLevel::Row => ", for each row",
        TriggerLevel::Statement => ", once for the statement",
    };
    let events = trigger
        .events
        .iter()
        .map(|event| sql::printer().event(event));
    let events: Vec<_> = events.collect();
    let fires = Sentence::new(timing).code(events.join(" OR ")).text(level);
    match &trigger.when {
        None => fires,
        Some(condition) => fires.text(", if ").code(sql::expression(condition)),
    }
}

fn does(schema: &Schema, trigger: &Trigger) -> Option<Sentence> {
    let mut routines = schema.routines.iter();
    let routine = routines.find(|routine| routine.name == trigger.function)?;
    routine::does(routine).or_else(|| routine.comment.as_deref().map(Sentence::of_comment))
}
