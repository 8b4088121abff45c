//! Dropped tables, views, types and functions: they stay, with the rights on them.

use std::collections::HashSet;

use super::at_once::AtOnce;
use super::views::{self, Gone};
use crate::diff::{self, Change, Object};
use crate::plan::without_old_defaults;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{GrantObject, ReferentialAction, Returns, Routine, Schema, Table};

/// Keeps the objects that the changes drop.
pub(super) fn keep(
    middle: &mut Schema,
    before: &Schema,
    (changes, at_once): (&[Change], &[AtOnce]),
    printer: Printer<'_>,
) {
    let dropped = changes.iter().filter_map(|change| match change {
        Change::Drop(object) => Some(object),
        _ => None,
    });
    for object in dropped.clone() {
        keep_table(middle, object);
    }
    let lost = views::lost(before, &Gone::of(middle, changes, at_once), printer);
    let stays =
        |object: &&Object| !matches!(object, Object::View(view) if lost.contains(&view.name));
    let kept: Vec<_> = dropped.filter(stays).collect();
    for object in &kept {
        keep_other(middle, fitting((*object).clone(), changes));
    }
    release_parents(middle);
    keep_rights(middle, before, &kept);
}

/// Keeps a table, unless a new object has the name of the table or of one of its indexes.
fn keep_table(middle: &mut Schema, object: &Object) {
    let Object::Table(table) = object else {
        return;
    };
    let taken: HashSet<&str> = middle
        .tables
        .iter()
        .flat_map(Table::relation_names)
        .collect();
    let mut views = middle.views.iter().map(|view| view.name.name.as_str());
    let is_taken = |name: &str| taken.contains(name) || views.any(|view| view == name);
    if table.relation_names().any(is_taken) {
        return;
    }
    middle.expansion.relations.push(table.name.clone());
    middle.tables.push(Table {
        renamed_from: None,
        ..(**table).clone()
    });
}

/// Removes defaults of a routine that may not fit a domain's new base type. PostgreSQL would refuse the routine.
fn fitting(object: Object, changes: &[Change]) -> Object {
    match object {
        Object::Routine(routine) => {
            Object::Routine(Box::new(without_old_defaults(*routine, changes)))
        }
        other => other,
    }
}

fn keep_other(middle: &mut Schema, object: Object) {
    match object {
        Object::Namespace(name) => middle.schemas.push(name),
        Object::Extension(extension) => middle.extensions.push(extension),
        Object::Enum(sql_enum) => middle.enums.push(sql_enum),
        Object::Domain(domain) => middle.domains.push(domain),
        Object::Sequence(sequence) => middle.sequences.push(sequence),
        Object::Routine(routine) if is_used(middle, &routine) => middle.routines.push(*routine),
        Object::View(view) => {
            middle.expansion.relations.push(view.name.clone());
            middle.views.push(*view);
        }
        Object::Table(_) | Object::Role(_) | Object::Routine(_) => {}
    }
}

/// Whether the routine can be called.
///
/// A trigger function needs a trigger that stays, and the function of a copy already exists.
fn is_used(middle: &Schema, routine: &Routine) -> bool {
    if middle
        .routines
        .iter()
        .any(|own| own.name == routine.name && own.returns == Returns::Trigger)
    {
        return false;
    }
    let mut triggers = middle.tables.iter().flat_map(|table| &table.triggers);
    routine.returns != Returns::Trigger || triggers.any(|trigger| trigger.function == routine.name)
}

/// Whether a release that does not know the reference can delete the referenced row.
fn lets_go(on_delete: &ReferentialAction) -> bool {
    matches!(
        on_delete,
        ReferentialAction::Cascade | ReferentialAction::SetNull(_)
    )
}

/// Drops the foreign keys of kept tables that would stop the next release from deleting referenced rows.
fn release_parents(middle: &mut Schema) {
    let kept = &middle.expansion.relations;
    let tables = middle.tables.iter_mut();
    for table in tables.filter(|table| kept.contains(&table.name)) {
        table
            .foreign_keys
            .retain(|key| kept.contains(&key.target) || lets_go(&key.on_delete));
    }
}

fn keep_rights(middle: &mut Schema, before: &Schema, dropped: &[&Object]) {
    let stays = |object: &&&Object| match object {
        Object::Table(table) => middle.expansion.has_relation(&table.name),
        _ => true,
    };
    let kept: Vec<_> = dropped.iter().filter(stays).collect();
    let grants = diff::grants(before).into_iter();
    let grants = grants.filter(|grant| kept.iter().any(|object| is_on(&grant.on, object)));
    let grants: Vec<_> = grants.collect();
    middle.grants.extend(grants);
}

/// Whether a grant is on the object. In normal form, each grant is on one object.
fn is_on(on: &GrantObject, object: &Object) -> bool {
    match (on, object) {
        (GrantObject::Relations(names), Object::Table(table)) => names.contains(&table.name),
        (GrantObject::Relations(names), Object::View(view)) => names.contains(&view.name),
        (GrantObject::Sequences(names), Object::Sequence(own)) => names.contains(&own.name),
        (GrantObject::Routines(all), Object::Routine(own)) => {
            all.iter().any(|routine| routine.name == own.name)
        }
        (GrantObject::Namespaces(names), Object::Namespace(own)) => names.contains(own),
        (
            GrantObject::AllTables(namespace) | GrantObject::Future { namespace, .. },
            Object::Namespace(own),
        ) => namespace == own,
        _ => false,
    }
}
