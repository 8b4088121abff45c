//! The rules of a view.

use super::{columns, expressions, indexes, names, ownership, source, texts, triggers};
use crate::ast::{Table, View};
use crate::errors::Errors;

/// The rules of tables that apply to views too.
const AS_TABLES: &[fn(&Table, &Errors)] = &[
    names::lengths,
    names::taken,
    names::duplicate_columns,
    names::duplicate_constraints,
    texts::nul,
    columns::unknown_in_lists,
    columns::repeated_in_lists,
    expressions::casts,
    expressions::unknown_columns,
    expressions::without_column,
    expressions::changing,
    triggers::rows_elsewhere,
    ownership::known_column,
    indexes::methods,
    indexes::nulls_not_distinct,
];

type ViewRule = fn(&View, &Errors);

/// Rules about mistakes in what is written.
const WRITTEN: &[ViewRule] = &[
    ownership,
    query,
    indexes_of_rows,
    security_invoker_of_rows,
    view_security_invoker,
];

/// Rules about missing keys. They run only if everything else parsed.
const REQUIRED: &[ViewRule] = &[required_columns, required_ownership, required_query];

/// Adds every mistake of the view to `errors`.
pub(crate) fn view(view: &View, errors: &Errors) {
    for rule in AS_TABLES {
        rule(&view.table, errors);
    }
    for rule in WRITTEN {
        rule(view, errors);
    }
    if errors.is_empty() {
        for rule in REQUIRED {
            rule(view, errors);
        }
    }
}

fn ownership(view: &View, errors: &Errors) {
    ownership::one_of_view(&view.table, errors);
}

fn query(view: &View, errors: &Errors) {
    if let Some(query) = &view.query {
        source::query(query, errors);
    }
}

/// Only a materialized view stores rows that can be indexed.
fn indexes_of_rows(view: &View, errors: &Errors) {
    let keys = view
        .index_keys
        .iter()
        .filter(|_| view.materialized.is_none());
    for key in keys {
        errors.push_at(
            key.span(),
            format!(
                "a plain view stores no rows, so it cannot have `{key}`; add `materialized`, or remove it"
            ),
        );
    }
}

/// A materialized view shows its stored rows to every reader, so `security_invoker` has no meaning for it.
fn security_invoker_of_rows(view: &View, errors: &Errors) {
    let switch = view
        .security_invoker
        .as_ref()
        .filter(|_| view.materialized.is_some());
    if let Some(switch) = switch {
        errors.push_at(
            switch.key,
            "a materialized view shows its stored rows to every reader; remove `security_invoker`",
        );
    }
}

/// A view with the rights of its owner bypasses row-level security.
fn view_security_invoker(view: &View, errors: &Errors) {
    const RULE: &str = "view_security_invoker";
    let definer = view
        .security_invoker
        .as_ref()
        .filter(|switch| !switch.on && view.materialized.is_none());
    let Some(switch) = definer.filter(|_| !view.table.allows(RULE)) else {
        return;
    };
    let message = format!(
        "`{}` would read its tables with the rights of its owner and show every user the rows of all users; remove `security_invoker = false`, or allow it with `#[view(allow({RULE}))]`",
        view.table.ident
    );
    errors.push_at(switch.key, message);
}

fn required_columns(view: &View, errors: &Errors) {
    if view.table.columns.is_empty() {
        errors.push_at(
            view.table.ident.span(),
            "a view needs a field for each column of its query",
        );
    }
}

fn required_ownership(view: &View, errors: &Errors) {
    ownership::required_of_view(&view.table, errors);
}

fn required_query(view: &View, errors: &Errors) {
    if view.query.is_none() {
        let message = format!(
            "`{}` has no query; write `query = \"SELECT ..\"` or `query_file = \"sql/order_summary.sql\"`",
            view.table.ident
        );
        errors.push_at(view.table.ident.span(), message);
    }
}
