//! Routines that use the row type of a view, or of a recreated table. They are dropped before it and created after it.

use std::collections::HashSet;

use super::detach;
use crate::diff::{Change, Object};
use crate::plan::context::Context;
use crate::plan::dependents;
use crate::plan::step::Step;
use crate::plan::steps::object;
use freehold_schema_core::ir::{QualifiedName, Routine, SqlType};
use freehold_schema_core::sql;

/// The names of the routines that use the row type of a dropped relation. PostgreSQL refuses to drop such a relation.
pub(in crate::plan) fn routines(
    context: &Context<'_>,
    changes: &[Change],
) -> HashSet<QualifiedName> {
    // Few schemas have such routines, so the dropped relations are only computed if there are some.
    let written = dependents::routines(context.from, |sql_type| text(sql_type).is_some());
    if written.is_empty() {
        return HashSet::new();
    }
    let relations = relations(context, changes);
    let is_row = |sql_type: &SqlType| {
        let mut names = relations.iter();
        text(sql_type).is_some_and(|text| names.any(|name| sql::mentions(text, &name.name)))
    };
    let routines = dependents::routines(context.from, is_row).into_iter();
    routines.map(|routine| routine.name.clone()).collect()
}

/// The text of a type that is modelled only as text. A row type is such a type.
fn text(sql_type: &SqlType) -> Option<&str> {
    match sql_type.element() {
        SqlType::Sql(text) => Some(text),
        _ => None,
    }
}

/// The views that are dropped, for good or to be created again, and the recreated tables.
fn relations(context: &Context<'_>, changes: &[Change]) -> HashSet<QualifiedName> {
    let mut names = detach::remade_views(context, changes);
    names.extend(changes.iter().filter_map(|change| match change {
        Change::Drop(Object::View(view))
        | Change::Replace {
            old: Object::View(view),
            ..
        } => Some(view.name.clone()),
        Change::Table { table, .. } if context.is_recreated(table) => Some(table.clone()),
        _ => None,
    }));
    names
}

/// The steps around those of the routines that have no change of their own.
pub(in crate::plan) fn steps(context: &Context<'_>, changes: &[Change]) -> Vec<Step> {
    let own: Vec<&Routine> = changes.iter().filter_map(changed).collect();
    let routines = context.from.routines.iter();
    let kept =
        routines.filter(|routine| context.is_over_rows(&routine.name) && !own.contains(routine));
    let steps = kept.flat_map(|old| {
        let mut new = context.to.routines.iter();
        let new = new.find(|new| new.name == old.name && new.arguments == old.arguments);
        object::replace_routine(context, old, new.unwrap_or(old))
    });
    steps.collect()
}

fn changed(change: &Change) -> Option<&Routine> {
    match change {
        Change::Drop(Object::Routine(old))
        | Change::Replace {
            old: Object::Routine(old),
            ..
        } => Some(old),
        _ => None,
    }
}
