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
    Column, FutureKind, Grant, GrantObject, QualifiedName, Routine, Table, sequence_name,
};
use freehold_schema_core::model::Privilege;

pub(in crate::plan) fn change(
    context: &Context<'_>,
    old: Option<&Grant>,
    new: Option<&Grant>,
) -> Option<Step> {
    let grant = new.or(old)?;
    if is_gone(context, &grant.on) {
        return None;
    }
    let rest = old.map(|old| without_early(context, old));
    let rest = rest.as_ref();
    let step = Step::new(
        Phase::Rights,
        format!("change the rights of `{}`", grant.to),
    );
    let step = if is_recreated(context, &grant.on) {
        step.all_up(give(context, rest, new))
    } else {
        step.all_up(take(context, rest, new))
            .all_up(give(context, rest, new))
            .all_down(take(context, new, rest))
            .all_down(give(context, new, rest))
    };
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
                "the migration changes the rights of `{}`; review them",
                grant.to
            ),
        ))
    } else {
        step
    })
}

/// The statement that grants the new rights.
fn give(context: &Context<'_>, from: Option<&Grant>, to: Option<&Grant>) -> Option<String> {
    difference(to, from).map(|grant| context.printer.grant(&grant))
}

/// The statement that revokes the rights which are no longer declared.
fn take(context: &Context<'_>, from: Option<&Grant>, to: Option<&Grant>) -> Option<String> {
    difference(from, to).map(|grant| context.printer.revoke_all_of(&grant))
}

/// The grant without the rights on generated columns that are dropped.
///
/// Such a column is dropped before any rights change, and the rights on it are dropped with it.
fn without_early(context: &Context<'_>, grant: &Grant) -> Grant {
    let GrantObject::Relations(names) = &grant.on else {
        return grant.clone();
    };
    let goes = |column: &String| names.iter().any(|name| goes_early(context, name, column));
    let privileges = grant.privileges.iter().filter_map(|(privilege, columns)| {
        let stay: Vec<_> = columns.iter().filter(|it| !goes(it)).cloned().collect();
        (columns.is_empty() || !stay.is_empty()).then_some((*privilege, stay))
    });
    Grant {
        privileges: privileges.collect(),
        ..grant.clone()
    }
}

fn goes_early(context: &Context<'_>, table: &QualifiedName, column: &str) -> bool {
    let old = context.old_column(table, column);
    old.is_some_and(|old| old.generated.is_some()) && context.new_column(table, column).is_none()
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

/// The statements that revoke default privileges that it does not keep on a new table or view.
///
/// `kept` lists the rights that it keeps.
pub(in crate::plan) fn disinherit(
    printer: Printer<'_>,
    name: &QualifiedName,
    by_default: &[Grant],
    kept: &[Grant],
) -> Vec<String> {
    let on = GrantObject::Relations(vec![name.clone()]);
    disinherit_one(printer, &on, by_default, kept)
}

/// The statements that revoke default privileges that it does not keep on an object, and on the objects that PostgreSQL creates with
/// it.
pub(in crate::plan) fn disinherit_object(
    printer: Printer<'_>,
    object: &Object,
    by_default: &[Grant],
    kept: &[Grant],
) -> Vec<String> {
    made_with(object)
        .iter()
        .flat_map(|on| disinherit_one(printer, on, by_default, kept))
        .collect()
}

/// The parts of an object that rights can be on: also the partitions of a table and the sequences of its columns.
fn made_with(object: &Object) -> Vec<GrantObject> {
    let relations = changes::relations(object).into_iter();
    let relations = relations.map(|name| GrantObject::Relations(vec![name]));
    let sequence = |name| GrantObject::Sequences(vec![name]);
    let others = match object {
        Object::Table(table) => sequences(&table.name, &table.columns)
            .map(sequence)
            .collect(),
        Object::Sequence(own) => vec![sequence(own.name.clone())],
        Object::Routine(routine) => vec![GrantObject::Routines(vec![(**routine).clone()])],
        _ => Vec::new(),
    };
    relations.chain(others).collect()
}

/// The statements that revoke default privileges that it does not keep on the sequence of a column, if it has one.
pub(in crate::plan) fn disinherit_counter(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
    kept: &[Grant],
) -> Vec<String> {
    let by_default = by_default(context);
    sequences(table, std::slice::from_ref(column))
        .map(|name| GrantObject::Sequences(vec![name]))
        .flat_map(|on| disinherit_one(context.printer, &on, &by_default, kept))
        .collect()
}

fn disinherit_one(
    printer: Printer<'_>,
    on: &GrantObject,
    by_default: &[Grant],
    kept: &[Grant],
) -> Vec<String> {
    let inherited = by_default.iter().filter(|grant| is_for(&grant.on, on));
    let unwanted = inherited.filter_map(|grant| {
        let mut kept = kept.iter();
        let same = kept.find(|other| other.to == grant.to && is_one(printer, &other.on, on));
        difference(Some(grant), same)
    });
    let unwanted = unwanted.map(|grant| Grant {
        on: on.clone(),
        ..grant
    });
    unwanted
        .map(|grant| printer.revoke_all_of(&grant))
        .collect()
}

/// Whether the default privileges apply to such an object.
fn is_for(future: &GrantObject, on: &GrantObject) -> bool {
    let (name, own) = match on {
        GrantObject::Relations(names) => (names.first(), FutureKind::Tables),
        GrantObject::Sequences(names) => (names.first(), FutureKind::Sequences),
        GrantObject::Routines(routines) => {
            let name = routines.first().map(|routine| &routine.name);
            (name, FutureKind::Routines)
        }
        _ => return false,
    };
    let own_namespace = name.map(|name| name.schema.as_deref().unwrap_or("public"));
    matches!(future, GrantObject::Future { namespace, kind, .. }
        if *kind == own && Some(namespace.as_str()) == own_namespace)
}

/// Whether both are the same object. Routines are compared by their signatures.
fn is_one(printer: Printer<'_>, one: &GrantObject, other: &GrantObject) -> bool {
    match (one, other) {
        (GrantObject::Routines(one), GrantObject::Routines(other)) => {
            let signatures = |routines: &[Routine]| -> Vec<String> {
                routines.iter().map(|it| printer.signature(it)).collect()
            };
            signatures(one) == signatures(other)
        }
        _ => one == other,
    }
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

/// Whether the rights are on a recreated relation or on a sequence of its columns. They are granted when it is created.
fn is_recreated(context: &Context<'_>, on: &GrantObject) -> bool {
    let mut tables = context
        .to
        .tables
        .iter()
        .filter(|table| context.is_recreated(&table.name));
    match on {
        GrantObject::Relations(names) => names.iter().any(|name| context.reuses_name(name)),
        GrantObject::Sequences(names) => tables
            .any(|table| sequences(&table.name, &table.columns).any(|name| names.contains(&name))),
        _ => false,
    }
}

/// The statements that grant the rights that stay on a recreated table, on its partitions, and on the sequences of its
/// columns.
pub(in crate::plan) fn on_new(context: &Context<'_>, table: &Table) -> Vec<String> {
    let sequences = sequences(&table.name, &table.columns);
    let sequences = sequences.map(|name| GrantObject::Sequences(vec![name]));
    let sequences = sequences.flat_map(|on| kept(context, &on));
    again(context, changes::table_relations(table))
        .into_iter()
        .chain(sequences)
        .collect()
}

/// The statements that grant the kept rights on those of the relations that are recreated.
///
/// Rights that change have separate steps.
pub(in crate::plan) fn again(context: &Context<'_>, names: Vec<QualifiedName>) -> Vec<String> {
    let again = names.into_iter();
    let again = again.filter(|name| context.reuses_name(name));
    again
        .flat_map(|name| kept(context, &GrantObject::Relations(vec![name])))
        .collect()
}

/// The statements that grant the rights on the object which both schemas have.
fn kept(context: &Context<'_>, on: &GrantObject) -> Vec<String> {
    let kept = context.new_grants.iter().filter_map(|new| {
        let mut old = context.old_grants.iter();
        let old = old.find(|old| old.on == *on && old.on == new.on && old.to == new.to)?;
        those(new, |right| old.privileges.contains(right))
    });
    kept.map(|grant| context.printer.grant(&grant)).collect()
}

/// The statements that grant those of the `rights` that are on the relation.
pub(in crate::plan) fn on_relation(
    printer: Printer<'_>,
    rights: &[Grant],
    name: &QualifiedName,
) -> Vec<String> {
    let grants = rights.iter().filter(|grant| is_on_relation(grant, name));
    grants.map(|grant| printer.grant(grant)).collect()
}

/// The statements that grant those of the `rights` that are on the column, without those on the whole table.
pub(in crate::plan) fn on_column(
    printer: Printer<'_>,
    rights: &[Grant],
    table: &QualifiedName,
    column: &str,
) -> Vec<String> {
    let grants = rights.iter().filter(|grant| is_on_relation(grant, table));
    let of_column = grants.filter_map(|grant| {
        let of_column = those(grant, |(_, columns)| columns.iter().any(|it| it == column))?;
        let privileges = of_column.privileges.into_iter();
        Some(Grant {
            privileges: privileges
                .map(|(privilege, _)| (privilege, vec![column.to_owned()]))
                .collect(),
            ..of_column
        })
    });
    of_column.map(|grant| printer.grant(&grant)).collect()
}

fn is_on_relation(grant: &Grant, name: &QualifiedName) -> bool {
    matches!(&grant.on, GrantObject::Relations(names) if names.contains(name))
}

/// The sequences that belong to the columns.
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
    those(of?, |right| {
        without.is_none_or(|without| !without.privileges.contains(right))
    })
}

/// A privilege, and the columns that it is limited to.
type Right = (Privilege, Vec<String>);

/// The grant, limited to the rights for which `is_such` holds. `None` if there are none.
fn those(of: &Grant, is_such: impl Fn(&Right) -> bool) -> Option<Grant> {
    let rights = of.privileges.iter().filter(|right| is_such(right));
    let privileges: Vec<_> = rights.cloned().collect();
    (!privileges.is_empty()).then(|| Grant {
        privileges,
        ..of.clone()
    })
}

fn is_gone(context: &Context<'_>, on: &GrantObject) -> bool {
    match on {
        GrantObject::Relations(names) => names.iter().any(|name| context.is_gone(name)),
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

/// The statements that grant the old rights on an object again. They are dropped with the object.
pub(in crate::plan) fn rights_on(context: &Context<'_>, object: &Object) -> Vec<String> {
    rights_of(context.printer, &context.old_grants, object)
}

/// The statements that grant those of the `rights` that are on the object.
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
            let mut own = changes::relations(object).into_iter();
            own.any(|name| names.contains(&name))
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
