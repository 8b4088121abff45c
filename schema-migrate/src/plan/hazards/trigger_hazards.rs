//! The triggers that fire when a migration changes rows.

use crate::plan::context::Context;
use crate::plan::dependents::Dependents;
use crate::plan::hazard::{Hazard, HazardKind};
use freehold_schema_core::ir::{QualifiedName, Table, Trigger, TriggerEvent};

/// The hazard of a backfill, at which the triggers of the new schema exist.
pub(in crate::plan) fn by_filling(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &str,
) -> Option<Hazard> {
    let new = context.new_table(table)?;
    hazard(new, new.triggers.iter(), column)
}

/// The hazard of a rename of labels. Only triggers that do not use the column fire; the others are dropped meanwhile.
pub(in crate::plan) fn by_renaming(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &str,
) -> Option<Hazard> {
    let (old, new) = (context.old_table(table)?, context.new_table(table)?);
    let columns = [(table.clone(), column.to_owned())];
    let watching = Dependents::of(context.from, context.printer, &columns).triggers();
    let stay = new.triggers.iter().filter(|trigger| {
        let is_same = |other: &Trigger| other.name == trigger.name;
        let is_away = watching.iter().any(|(_, watching)| is_same(watching));
        old.triggers.iter().any(is_same) && !is_away
    });
    hazard(new, stay, column)
}

fn hazard<'a>(
    table: &Table,
    triggers: impl Iterator<Item = &'a Trigger>,
    column: &str,
) -> Option<Hazard> {
    let firing = triggers.filter(|trigger| fires_at(trigger, column));
    let names: Vec<_> = firing
        .map(|trigger| format!("`{}`", trigger.name))
        .collect();
    (!names.is_empty()).then(|| {
        Hazard::new(
            HazardKind::FiresTriggers,
            format!(
                "the migration updates rows of `{}`, which fires {}: `updated_at` and the audit trail may then show changes that no user made",
                table.name,
                names.join(", ")
            ),
        )
    })
}

fn fires_at(trigger: &Trigger, column: &str) -> bool {
    let mut events = trigger.events.iter();
    events.any(|event| match event {
        TriggerEvent::Update(of) => of.is_empty() || of.iter().any(|name| name == column),
        _ => false,
    })
}
