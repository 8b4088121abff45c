//! The steps of each change, in one file for each kind of object.

mod by_partition;
pub(super) mod column;
mod comment;
pub(super) mod constraint;
mod detach_in_step;
pub(super) mod domain;
mod foreign_keys_by_runner;
pub(super) mod index;
mod labels;
pub(super) mod object;
mod owner;
pub(super) mod partition;
pub(super) mod rename;
mod rights;
mod role;
mod routine;
mod sequence;
mod table;
mod text_labels;

use super::context::Context;
use super::hazards::allowance;
use super::step::Step;
use crate::diff::Change;

/// The steps of a change. Each has the change as its cause.
pub(super) fn of_change(context: &Context<'_>, change: &Change) -> Vec<Step> {
    let cause = change.to_string();
    let place = allowance::place_of(change);
    let steps = steps_of(context, change).into_iter();
    steps
        .map(|step| step.caused_by(&cause).about(place.as_slice()))
        .collect()
}

fn steps_of(context: &Context<'_>, change: &Change) -> Vec<Step> {
    match change {
        Change::Create(object) => object::create(context, object),
        Change::Drop(object) => object::drop(context, object),
        Change::Replace { old, new } => object::replace(context, old, new),
        Change::RenameTable { from, to } => rename::table(context, from, to),
        Change::Labels { old, new } => labels::change(context, old, new),
        Change::Sequence { old, new } => vec![sequence::alter_sequence(context, old, new)],
        Change::Role { old, new } => vec![role::alter_role(context, old, new)],
        Change::Comment { on, old, new } => {
            vec![comment::comment(
                context,
                on,
                old.as_deref(),
                new.as_deref(),
            )]
        }
        Change::Table { table, change } => table::change(context, table, change),
        Change::Owner { old, new } => vec![owner::change(context, old.as_deref(), new)],
        Change::Rights { old, new } => rights::change(context, old.as_ref(), new.as_ref())
            .into_iter()
            .collect(),
    }
}
