//! A type that is made anew belongs to the owner of the objects, who makes it; the foreign keys over its columns go before and come after by
//! whoever runs the migration, since row-level security may hide the rows from the owner that they look at.

use crate::plan::dependents::Dependents;
use crate::plan::step::{LockMode, Step};

/// On which way the type is made anew.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum Way {
    Back,
    Both,
}

/// The step, with the foreign keys out of its way.
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
        beside.by_whoever_runs_it()
    };
    let first = beside("drop the foreign keys over the type")
        .all_up(drop)
        .all_down(add_back);
    let last = beside("add the foreign keys over the type again")
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
