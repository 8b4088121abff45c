//! Delays defaults of domain columns until the domain has its new base type.

use crate::diff::{self, Change, Element, TableChange};
use crate::plan::steps::domain::is_other_kind;
use crate::plan::steps::domain::uses::is_of;
use freehold_schema_core::ir::{Argument, Column, QualifiedName, Routine, Schema, SqlType};

/// The new schema and the changes without these defaults. They are set after the domain is replaced.
///
/// It concerns columns whose domain gets a base type that does not take every value of the old base type.
pub(in crate::plan) fn without_defaults(
    new: &Schema,
    changes: &[Change],
) -> Option<(Schema, Vec<Change>)> {
    let other = of_other_kinds(changes);
    if other.is_empty() {
        return None;
    }
    let strip = |column: &mut Column| {
        if other.iter().any(|name| is_of(&column.sql_type, name)) {
            column.default = None;
        }
    };
    let (mut schema, mut changes) = (new.clone(), changes.to_vec());
    let columns = schema
        .tables
        .iter_mut()
        .flat_map(|table| &mut table.columns);
    columns
        .chain(changes.iter_mut().flat_map(new_columns))
        .for_each(strip);
    let is_other = |sql_type: &SqlType| other.iter().any(|name| is_of(sql_type, name));
    // A routine that stays the same keeps its default, which fits both base types.
    for routine in changes.iter_mut().filter_map(new_routine) {
        let mut routines = schema.routines.iter_mut();
        let own = routines.find(|own| *own == routine);
        let both = own.into_iter().chain([routine]);
        both.for_each(|routine| strip_arguments(routine, is_other));
    }
    Some((schema, changes))
}

/// An old routine without the defaults of arguments whose domain gets a base type that does not take every old value.
pub(crate) fn without_old_defaults(mut routine: Routine, changes: &[Change]) -> Routine {
    let other = of_other_kinds(changes);
    strip_arguments(&mut routine, |sql_type| {
        other.iter().any(|name| is_of(sql_type, name))
    });
    routine
}

/// The domains that get a base type of another kind.
fn of_other_kinds(changes: &[Change]) -> Vec<&QualifiedName> {
    let other = changes.iter().filter_map(|change| match change {
        Change::Replace {
            old: diff::Object::Domain(old),
            new: diff::Object::Domain(new),
        } => is_other_kind(old, new).then_some(&new.name),
        _ => None,
    });
    other.collect()
}

/// Removes the defaults of all arguments up to the last such argument.
///
/// PostgreSQL does not allow an argument without a default after one with a default.
fn strip_arguments(routine: &mut Routine, is_other: impl Fn(&SqlType) -> bool) {
    let has_other =
        |argument: &Argument| argument.default.is_some() && is_other(&argument.sql_type);
    if let Some(last) = routine.arguments.iter().rposition(has_other) {
        let until_last = routine.arguments.iter_mut().take(last + 1);
        until_last.for_each(|argument| argument.default = None);
    }
}

fn new_routine(change: &mut Change) -> Option<&mut Routine> {
    match change {
        Change::Create(diff::Object::Routine(new))
        | Change::Replace {
            new: diff::Object::Routine(new),
            ..
        } => Some(new),
        _ => None,
    }
}

fn new_columns(change: &mut Change) -> Vec<&mut Column> {
    use TableChange::{Add, Counted, Default, Type};
    match change {
        Change::Create(diff::Object::Table(table)) => table.columns.iter_mut().collect(),
        Change::Table {
            change:
                Add(Element::Column(new)) | Type { new, .. } | Counted { new, .. } | Default { new, .. },
            ..
        } => vec![new],
        _ => Vec::new(),
    }
}
