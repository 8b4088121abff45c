//! Views that show rows that their ownership does not allow: a `shared` view of owned rows, or a view of internal rows.
//!
//! Row-level security applies to a view with the rights of the caller, so there such a view shows too few rows. The
//! predicates of Freehold's statements depend only on the view's declared ownership, so there it shows too many.

use super::dependencies::reads;
use super::from_model::internal::ownership;
use super::{QualifiedName, Schema};
use crate::model::{Ownership, SchemaDef, ViewDef, holds_text};
use crate::rules::{INTERNAL_VIEW, Rule, UNSCOPED_VIEW, Violation};

/// All violations of the two rules.
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

/// The violation of a `shared` view that reads a table or view with an owner.
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
            "`, whose rows have an owner; write `scope = ..` with the column of the owner's key, or `internal` if no user may see them",
        ],
    ))
}

/// The violation of a view that reads something internal. The audit trail, which no struct declares, is internal too.
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
            "` is not `internal`, but it reads `",
            &name.name,
            "`, which no user reaches; make the view `internal` too",
        ],
    ))
}

fn is_allowed(view: &ViewDef, rule: &Rule) -> bool {
    holds_text(view.allow, rule.name)
}
