//! Rights on objects that stay or come. Those on an object that goes, go with it.

use super::context::Context;
use super::hazard::{Hazard, HazardKind};
use super::step::{Phase, Step};
use std::collections::BTreeSet;

use crate::ir::{Grant, GrantObject, QualifiedName, Table};

pub(super) fn change(
    context: &Context<'_>,
    old: Option<&Grant>,
    new: Option<&Grant>,
) -> Option<Step> {
    let grant = new.or(old)?;
    if is_gone(context, &grant.on) {
        return None;
    }
    let printer = context.printer;
    let give = |from: Option<&Grant>, to: Option<&Grant>| {
        let more = difference(to, from).map(|grant| printer.grant(&grant));
        let less = difference(from, to).map(|grant| printer.revoke_all_of(&grant));
        less.into_iter().chain(more).collect::<Vec<_>>()
    };
    let step = Step::new(
        Phase::Rights,
        format!("change the rights of `{}`", grant.to),
    )
    .all_up(give(old, new))
    .all_down(give(new, old));
    let is_told = old.is_some_and(|old| !new.is_some_and(|new| is_same(context, old, new)));
    Some(if is_told {
        step.hazard(Hazard::new(
            HazardKind::RightsChanged,
            format!(
                "`{}` may do other things from then on; review its rights",
                grant.to
            ),
        ))
    } else {
        step
    })
}

/// Whether they differ only in columns that come or go with this plan.
fn is_same(context: &Context<'_>, old: &Grant, new: &Grant) -> bool {
    let GrantObject::Relations(names) = &new.on else {
        return false;
    };
    let has = |table: Option<&Table>, column: &String| {
        table.is_some_and(|table| table.columns.iter().any(|own| own.name == *column))
    };
    let is_kept = |column: &&String| {
        names.iter().any(|name| {
            has(context.old_table(name), column) && has(context.new_table(name), column)
        })
    };
    let kept = |grant: &Grant| {
        let privileges = grant.privileges.iter().map(|(privilege, columns)| {
            let kept = columns.iter().filter(is_kept).cloned();
            (
                *privilege,
                columns.is_empty(),
                kept.collect::<BTreeSet<_>>(),
            )
        });
        privileges.collect::<Vec<_>>()
    };
    kept(old) == kept(new)
}

/// The rights of one that the other does not give.
fn difference(of: Option<&Grant>, without: Option<&Grant>) -> Option<Grant> {
    let of = of?;
    let is_missing = |privilege: &&(crate::model::Privilege, Vec<String>)| {
        without.is_none_or(|without| !without.privileges.contains(privilege))
    };
    let privileges: Vec<_> = of.privileges.iter().filter(is_missing).cloned().collect();
    (!privileges.is_empty()).then(|| Grant {
        privileges,
        ..of.clone()
    })
}

fn is_gone(context: &Context<'_>, on: &GrantObject) -> bool {
    match on {
        GrantObject::Relations(names) => names.iter().any(|name| context.is_dropped(name)),
        GrantObject::Sequences(names) => {
            let kept = |name: &QualifiedName| {
                context
                    .to
                    .sequences
                    .iter()
                    .any(|sequence| sequence.name == *name)
            };
            !names.iter().all(kept)
        }
        GrantObject::Routines(routines) => {
            let kept = |name: &QualifiedName| {
                context
                    .to
                    .routines
                    .iter()
                    .any(|routine| routine.name == *name)
            };
            !routines.iter().all(|routine| kept(&routine.name))
        }
        GrantObject::Namespaces(names) => {
            let kept = |name: &String| name == "public" || context.to.schemas.contains(name);
            !names.iter().all(kept)
        }
        GrantObject::AllTables(_) | GrantObject::Future { .. } => false,
    }
}
