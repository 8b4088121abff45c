//! Views that show more than they say: a `shared` one over rows that have an owner, and one over what is internal.
//!
//! Row-level security holds a view with the rights of who asks, so that one of these shows too little there; the statements' own
//! predicates know a view by its ownership alone, and one of these shows too much.

use super::dependencies::reads;
use super::from_model::internal::ownership;
use super::{QualifiedName, Schema};
use crate::model::{Ownership, SchemaDef, ViewDef, holds_text};
use crate::rules::{INTERNAL_VIEW, Rule, UNSCOPED_VIEW, Violation};

/// Every such view, once for each of the two rules.
pub(super) fn exposing_views(def: &SchemaDef, built: &Schema) -> Vec<Violation> {
    if def.views.is_empty() {
        return Vec::new();
    }
    let reads = reads(built);
    let views = def.views.iter().flat_map(|view| {
        let name = QualifiedName::from(&view.name);
        let mut reads = reads.iter();
        let read = reads.find(|(built, _)| built.name == name);
        let read = read.map_or(&[][..], |(_, read)| read);
        [unscoped(def, view, read), internal(def, view, read)]
    });
    views.flatten().collect()
}

/// What a `shared` view reads that has an owner.
fn unscoped(def: &SchemaDef, view: &ViewDef, read: &[&QualifiedName]) -> Option<Violation> {
    let is_owned = |name: &&&QualifiedName| ownership(def, name).is_some_and(Ownership::is_owned);
    if !view.ownership.is_shared() || is_allowed(view, &UNSCOPED_VIEW) {
        return None;
    }
    let name = read.iter().find(is_owned)?;
    Some(Violation::of_view(
        &UNSCOPED_VIEW,
        view,
        &[
            "`",
            view.name.name,
            "` is `shared`, but it reads `",
            &name.name,
            "`, whose rows have an owner; write `scope = ..` with the column of the owner's key, or `internal` where no user is to see them",
        ],
    ))
}

/// What a view reads that is internal. The audit trail, which no struct declares, is.
fn internal(def: &SchemaDef, view: &ViewDef, read: &[&QualifiedName]) -> Option<Violation> {
    let is_internal =
        |name: &&&QualifiedName| ownership(def, name).is_none_or(Ownership::is_internal);
    if view.ownership.is_internal() || is_allowed(view, &INTERNAL_VIEW) {
        return None;
    }
    let name = read.iter().find(is_internal)?;
    Some(Violation::of_view(
        &INTERNAL_VIEW,
        view,
        &[
            "`",
            view.name.name,
            "` is no `internal` view, but it reads `",
            &name.name,
            "`, which no user reaches; make the view `internal` too",
        ],
    ))
}

fn is_allowed(view: &ViewDef, rule: &Rule) -> bool {
    holds_text(view.allow, rule.name)
}
