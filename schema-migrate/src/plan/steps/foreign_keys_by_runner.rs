//! Foreign keys over the columns of a type that is recreated.
//!
//! The owner of the objects recreates the type. The role that runs the migration drops the foreign keys before and adds
//! them after it, because row-level security may hide the checked rows from the owner.

use crate::plan::dependents::Dependents;
use crate::plan::step::{LockMode, Step};

/// The directions in which the type is recreated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum Way {
    Back,
    Both,
}

/// The step between the drop and the add of the foreign keys.
pub(in crate::plan) fn around(dependents: &Dependents<'_, '_>, way: Way, step: Step) -> Vec<Step> {
    let printer = dependents.printer();
    let keys = dependents.foreign_keys();
    if keys.is_empty() {
        return vec![step];
    }
    let there = keys.iter().filter(|_| way == Way::Both);
    let drop = there
        .clone()
        .map(|(table, key)| printer.drop_foreign_key(table, key));
    let add = there.map(|(table, key)| printer.add_foreign_key(table, key));
    let drop_back = keys
        .iter()
        .map(|(table, key)| printer.drop_foreign_key(table, key));
    let add_back = keys
        .iter()
        .map(|(table, key)| printer.add_foreign_key(table, key));
    let beside = |title: &str| {
        let beside = Step::new(step.phase, title).place(step.place);
        beside.run_by_migrator()
    };
    let first = beside("drop the foreign keys over columns of the type")
        .all_up(drop)
        .all_down(add_back);
    let last = beside("add the foreign keys over columns of the type again")
        .all_up(add)
        .all_down(drop_back);
    let lock = |step: Step, there, back| {
        keys.iter().fold(step, |step, (table, key)| {
            let tables = [&table.name, &key.target];
            tables.into_iter().fold(step, |step, table| match way {
                Way::Both => step.lock_there(table, there).lock_back(table, back),
                Way::Back => step.lock_back(table, back),
            })
        })
    };
    let (adds, drops) = (LockMode::ShareRowExclusive, LockMode::AccessExclusive);
    vec![lock(first, drops, adds), step, lock(last, adds, drops)]
}
