//! Rights on objects that exist after the plan. Rights on a dropped object are dropped with it.

use std::collections::BTreeSet;

use super::constraint::key;
use crate::diff::Object;
use crate::plan::changes;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{Phase, Step};
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{
    Column, FutureKind, Grant, GrantObject, QualifiedName, Table, sequence_name,
};

pub(in crate::plan) fn change(
    context: &Context<'_>,
    old: Option<&Grant>,
    new: Option<&Grant>,
) -> Option<Step> {
    let grant = new.or(old)?;
    if is_gone(context, &grant.on) || is_made_anew(context, &grant.on) {
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
    let step = if is_on_late_view(context, &grant.on) {
        key::with_the_next(step, i64::MAX)
    } else {
        step
    };
    let is_other = old.is_some_and(|old| !new.is_some_and(|new| is_same(context, old, new)));
    Some(if is_other {
        step.hazard(Hazard::new(
            HazardKind::RightsChanged,
            format!(
                "the rights of `{}` are different from then on; review them",
                grant.to
            ),
        ))
    } else {
        step
    })
}

fn is_on_late_view(context: &Context<'_>, on: &GrantObject) -> bool {
    matches!(on, GrantObject::Relations(names) if names.iter().any(|name| context.is_late(name)))
}

/// The default privileges before and after. Which of them apply depends on when an object is created.
pub(in crate::plan) fn by_default(context: &Context<'_>) -> Vec<Grant> {
    let (old, new) = (&context.old_grants, &context.new_grants);
    let more = new.iter().filter(|grant| !old.contains(grant));
    let both = old.iter().chain(more);
    both.filter(|grant| matches!(grant.on, GrantObject::Future { .. }))
        .cloned()
        .collect()
}

/// The statements that revoke unwanted default privileges on a new table or view.
///
/// `wanted` lists the rights that it keeps.
pub(in crate::plan) fn disinherit(
    printer: Printer<'_>,
    name: &QualifiedName,
    by_default: &[Grant],
    wanted: &[Grant],
) -> Vec<String> {
    let own = name.schema.as_deref().unwrap_or("public");
    let is_for = |on: &GrantObject| matches!(on, GrantObject::Future { namespace, kind: FutureKind::Tables, .. } if namespace == own);
    let inherited = by_default
        .iter()
        .filter(|grant| is_for(&grant.on))
        .map(|grant| Grant {
            on: GrantObject::Relations(vec![name.clone()]),
            ..grant.clone()
        });
    let unwanted = inherited.filter_map(|grant| {
        let mut wanted = wanted.iter();
        let same = wanted.find(|other| other.on == grant.on && other.to == grant.to);
        difference(Some(&grant), same)
    });
    unwanted
        .map(|grant| printer.revoke_all_of(&grant))
        .collect()
}

/// The same for a table and its partitions.
pub(in crate::plan) fn disinherit_table(
    context: &Context<'_>,
    table: &Table,
    by_default: &[Grant],
    wanted: &[Grant],
) -> Vec<String> {
    let partitions = table.partitions.iter().map(|partition| QualifiedName {
        schema: table.name.schema.clone(),
        name: partition.name.clone(),
    });
    let names = std::iter::once(table.name.clone()).chain(partitions);
    names
        .flat_map(|name| disinherit(context.printer, &name, by_default, wanted))
        .collect()
}

/// Whether the grants differ only in columns that this plan adds or drops.
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

/// Whether the rights are on a recreated table or on a sequence of its columns. They are granted when it is created.
fn is_made_anew(context: &Context<'_>, on: &GrantObject) -> bool {
    let mut tables = context
        .to
        .tables
        .iter()
        .filter(|table| context.is_recreated(&table.name));
    match on {
        GrantObject::Relations(names) => names.iter().any(|name| context.is_recreated(name)),
        GrantObject::Sequences(names) => tables
            .any(|table| sequences(&table.name, &table.columns).any(|name| names.contains(&name))),
        _ => false,
    }
}

/// The statements that grant the new rights on a recreated table and on the sequences of its columns.
pub(in crate::plan) fn on_new(context: &Context<'_>, table: &Table) -> Vec<String> {
    let own = GrantObject::Relations(vec![table.name.clone()]);
    let sequences = sequences(&table.name, &table.columns);
    let objects: Vec<_> = std::iter::once(own)
        .chain(sequences.map(|name| GrantObject::Sequences(vec![name])))
        .collect();
    let grants = context
        .new_grants
        .iter()
        .filter(|grant| objects.contains(&grant.on));
    grants.map(|grant| context.printer.grant(grant)).collect()
}

/// The sequences of the columns.
fn sequences(table: &QualifiedName, columns: &[Column]) -> impl Iterator<Item = QualifiedName> {
    let counted = columns
        .iter()
        .filter(|column| column.serial || column.identity.is_some());
    counted.map(|column| QualifiedName {
        schema: table.schema.clone(),
        name: sequence_name(&table.name, &column.name),
    })
}

/// The statements that grant the rights on the sequences of the table's columns again.
///
/// The rights are dropped with the sequences.
pub(in crate::plan) fn on_sequences(
    context: &Context<'_>,
    table: &QualifiedName,
    columns: &[Column],
) -> Vec<String> {
    let grants = sequences(table, columns).flat_map(|name| {
        let on = GrantObject::Sequences(vec![name]);
        context
            .old_grants
            .iter()
            .filter(move |grant| grant.on == on)
    });
    grants.map(|grant| context.printer.grant(grant)).collect()
}

/// The privileges of the first grant that the second does not have.
fn difference(of: Option<&Grant>, without: Option<&Grant>) -> Option<Grant> {
    let of = of?;
    let is_missing = |privilege: &&(freehold_schema_core::model::Privilege, Vec<String>)| {
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
        GrantObject::Sequences(names) => !names.iter().all(|name| has_sequence(context, name)),
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

/// Whether the new schema has the sequence, on its own or for a column.
fn has_sequence(context: &Context<'_>, name: &QualifiedName) -> bool {
    let mut own = context.to.sequences.iter();
    let columns = context.to.tables.iter().flat_map(|table| {
        let counted = |column: &&Column| column.serial || column.identity.is_some();
        let columns = table.columns.iter().filter(counted);
        columns.map(move |column| (table, column))
    });
    let mut columns = columns.filter(|(table, _)| table.name.schema == name.schema);
    own.any(|sequence| sequence.name == *name)
        || columns.any(|(table, column)| sequence_name(&table.name.name, &column.name) == name.name)
}

/// The statements that grant the old rights on an object again, which are dropped with it.
pub(in crate::plan) fn rights_on(context: &Context<'_>, object: &Object) -> Vec<String> {
    rights_of(context.printer, &context.old_grants, object)
}

/// The statements that grant those of the rights that are on the object.
pub(in crate::plan) fn rights_of(
    printer: Printer<'_>,
    rights: &[Grant],
    object: &Object,
) -> Vec<String> {
    let grants = rights.iter();
    let grants = grants.filter(|grant| is_on(printer, &grant.on, object));
    grants.map(|grant| printer.grant(grant)).collect()
}

fn is_on(printer: Printer<'_>, on: &GrantObject, object: &Object) -> bool {
    match (on, object) {
        (GrantObject::Relations(names), _) => {
            changes::relation(object).is_some_and(|name| names.contains(name))
        }
        (GrantObject::Sequences(names), Object::Sequence(own)) => names.contains(&own.name),
        (GrantObject::Namespaces(names), Object::Namespace(own)) => names.contains(own),
        (GrantObject::Routines(routines), Object::Routine(own)) => {
            let signature = printer.signature(own);
            let mut routines = routines.iter();
            routines.any(|routine| printer.signature(routine) == signature)
        }
        _ => false,
    }
}
