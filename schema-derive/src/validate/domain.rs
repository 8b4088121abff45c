//! The rules of a domain.

use std::collections::HashSet;

use super::names::{builtin_type, length, reserved_schema};
use super::{texts, triggers};
use crate::ast::{Domain, Expr, unraw};
use crate::errors::Errors;

/// The word for the checked value.
const VALUE: &str = "value";

/// Adds every mistake of the domain to `errors`.
pub(crate) fn domain(domain: &Domain, errors: &Errors) {
    names(domain, errors);
    if let Some(comment) = &domain.comment {
        texts::text(comment, "a comment", errors);
    }
    for check in &domain.checks {
        condition(&check.condition, errors);
    }
}

fn names(domain: &Domain, errors: &Errors) {
    length(&domain.name, errors);
    match &domain.schema {
        Some(schema) => {
            length(schema, errors);
            reserved_schema(schema, errors);
        }
        None => builtin_type(&domain.name, errors),
    }
    let mut seen = HashSet::new();
    for name in domain.checks.iter().filter_map(|check| check.name.as_ref()) {
        length(name, errors);
        if !seen.insert(&name.value) {
            let message = format!(
                "the name `{}` is already used in this domain; choose another one",
                name.value
            );
            errors.push_at(name.span, message);
        }
    }
}

fn condition(condition: &Expr, errors: &Errors) {
    texts::in_expr(condition, errors);
    if let Expr::Sql(sql) = condition {
        texts::not_empty(sql, "the expression is empty; write it in SQL", errors);
        return;
    }
    triggers::no_rows(condition, errors);
    let columns = condition.columns();
    for ident in columns.iter().filter(|ident| unraw(ident) != VALUE) {
        errors.push_at(
            ident.span(),
            format!(
                "a domain has no column `{ident}`; write `value` for the value that is checked"
            ),
        );
    }
    if !casts(condition, errors) && columns.is_empty() && condition.rows().is_empty() {
        errors.push_at(
            condition.span(),
            "a check of a domain is about its value; write `value` in it",
        );
    }
}

/// Reports `value::text`, a cast in SQL that parses as an enum value here. Returns whether there is one.
fn casts(condition: &Expr, errors: &Errors) -> bool {
    let variants = condition.variants().into_iter();
    let is_cast = |path: &&syn::Path| {
        let first = path.segments.first();
        path.segments.len() == 2 && first.is_some_and(|segment| segment.ident == VALUE)
    };
    let casts: Vec<_> = variants.filter(is_cast).collect();
    for path in &casts {
        if let Some(last) = path.segments.last() {
            let message = format!("write a cast as `{VALUE} as {}`", last.ident);
            errors.push_on(path, message);
        }
    }
    !casts.is_empty()
}
