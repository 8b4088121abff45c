//! Grants: whether the objects have the rights, and whether the grant is complete.

use super::names::words;
use crate::ast::{Grant, GrantOn, Names, Privilege, Schema};
use crate::errors::Errors;
use crate::keys::GrantObject;
use crate::suggest::{did_you_mean, listed};

/// Each right with its objects.
fn granted(schema: &Schema) -> impl Iterator<Item = (&Privilege, &GrantOn)> {
    let grants = schema.grants.iter();
    let with_object = grants.filter_map(|grant| Some((grant, grant.on.as_ref()?)));
    with_object.flat_map(|(grant, on)| grant.privileges.iter().map(move |right| (right, on)))
}

/// Reports a right that the objects do not have, and `all` beside other rights.
pub(super) fn privileges(schema: &Schema, errors: &Errors) {
    for (right, on) in granted(schema) {
        let there_are = on.object.privileges();
        if !there_are.contains(&right.word) {
            let message = format!(
                "`{}` is not a right on `{}`; expected one of {}",
                right.word,
                on.object.word(),
                listed(there_are.iter().copied())
            );
            errors.push_at(right.span, message);
        }
    }
    for grant in schema
        .grants
        .iter()
        .filter(|grant| grant.privileges.len() > 1)
    {
        if let Some(all) = grant.privileges.iter().find(|right| right.word == "all") {
            errors.push_at(
                all.span,
                "`all` includes the other rights; remove `all` or the others",
            );
        }
    }
}

/// Reports columns in a grant that does not name exactly one table or view.
pub(super) fn columns(schema: &Schema, errors: &Errors) {
    for (right, on) in granted(schema) {
        if let (Some(column), None) = (right.columns.first(), on.single_relation()) {
            errors.push_at(
                column.span(),
                "columns belong to one table or view; name it, such as `on = tables(Order)`, and write another `grant(..)` for the next",
            );
        }
    }
}

/// Reports names after `all_tables`, which takes none, and `schemas` without names.
pub(super) fn names(schema: &Schema, errors: &Errors) {
    for on in schema.grants.iter().filter_map(|grant| grant.on.as_ref()) {
        match (on.object, &on.names) {
            (GrantObject::AllTables, Some(_)) => errors.push_at(
                on.span,
                "`all_tables` is everything in `public` and takes no names; write `tables(..)` or `views(..)`",
            ),
            (GrantObject::Schemas, None) => errors.push_at(
                on.span,
                "`schemas` needs names: `on = schemas(app)`",
            ),
            _ => {}
        }
    }
}

/// Reports `future` beside named objects.
pub(super) fn future(schema: &Schema, errors: &Errors) {
    for grant in &schema.grants {
        let named = grant.on.as_ref().filter(|on| on.names.is_some());
        if let (Some(span), Some(on)) = (grant.future, named) {
            let word = on.object.word();
            let message = format!(
                "`future` is for objects that are created later, which have no name yet; remove it, or the names of `{word}(..)`"
            );
            errors.push_at(span, message);
        }
    }
}

/// A grant needs rights, objects and roles.
pub(super) fn required(schema: &Schema, errors: &Errors) {
    for grant in &schema.grants {
        if let Some(message) = missing(grant) {
            errors.push_at(grant.span, message);
        }
    }
}

fn missing(grant: &Grant) -> Option<&'static str> {
    if grant.privileges.is_empty() {
        Some("a grant needs a right: `grant(select, on = tables, to = app_read)`")
    } else if grant.on.is_none() {
        Some("a grant needs objects; add `on = tables`, or `on = tables(Order)`")
    } else if grant.to.is_empty() {
        Some("a grant needs a role; add `to = app_read`")
    } else {
        None
    }
}

/// Reports sequences that the schema does not declare.
pub(super) fn unknown_sequences(schema: &Schema, errors: &Errors) {
    let on = schema.grants.iter().filter_map(|grant| grant.on.as_ref());
    let on = on.filter(|on| {
        matches!(
            (on.object, &on.names),
            (GrantObject::Sequences, Some(Names::Words(_)))
        )
    });
    for name in on
        .flat_map(words)
        .filter(|name| schema.sequence(&name.value).is_none())
    {
        let known = schema
            .sequences
            .iter()
            .map(|sequence| sequence.name.value.as_str());
        let near = did_you_mean(&name.value, known);
        let (end, near) = if near.is_empty() {
            (";", "")
        } else {
            ("", near.as_str())
        };
        let message = format!(
            "`{0}` is not a sequence of this schema{near}{end} add `sequence({0})`, or write `on = sequences` for all",
            name.value
        );
        errors.push_at(name.span, message);
    }
}
