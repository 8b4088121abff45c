//! Triggers, and the rows that their conditions read.

use std::collections::HashSet;

use syn::Ident;

use super::expressions::{self, known_column};
use crate::ast::{Expr, RowVersion, Table, Trigger};
use crate::errors::Errors;

pub(super) fn duplicates(table: &Table, errors: &Errors) {
    let mut seen = HashSet::new();
    for trigger in &table.triggers {
        if !seen.insert(&trigger.name.value) {
            let message = format!(
                "the table has a trigger `{}` already; choose another name",
                trigger.name.value
            );
            errors.push_at(trigger.name.span, message);
        }
    }
}

pub(super) fn events(table: &Table, errors: &Errors) {
    for trigger in &table.triggers {
        let mut seen = HashSet::new();
        for event in &trigger.events {
            if !seen.insert(event.word) {
                let message = format!(
                    "`{}` is among the events already; write it once",
                    event.word
                );
                errors.push_at(event.span, message);
            }
            if event.variant == "Truncate" && !trigger.for_each_statement {
                errors.push_at(
                    event.span,
                    "`truncate` fires no trigger for each row; add `each = statement`",
                );
            }
        }
    }
}

/// The triggers that have a condition, each with its condition.
pub(super) fn conditions(table: &Table) -> impl Iterator<Item = (&Trigger, &Expr)> {
    table
        .triggers
        .iter()
        .filter_map(|trigger| Some((trigger, trigger.when.as_ref()?)))
}

/// A column in a condition needs `old.` or `new.`.
pub(super) fn plain_columns(table: &Table, errors: &Errors) {
    for (_, when) in conditions(table) {
        for column in when.columns() {
            let message = format!(
                "a trigger sees the row before and the row after a change; write `new.{column}` or `old.{column}`"
            );
            errors.push_at(column.span(), message);
        }
    }
}

/// A condition must not read a row that the trigger does not have.
pub(super) fn rows(table: &Table, errors: &Errors) {
    for (trigger, when) in conditions(table) {
        let rows = when.rows();
        if let (true, Some((_, _, span))) = (trigger.for_each_statement, rows.first()) {
            errors.push_at(
                *span,
                "a trigger that fires once for a statement sees no row; remove `each = statement`, or remove `old` and `new`",
            );
            continue;
        }
        for (version, column, span) in rows {
            known_column(table, column, errors);
            if let Some(message) = unseen(table, trigger, version, column) {
                errors.push_at(span, message);
            }
        }
    }
}

/// Why the trigger cannot read the column of the row; `None` if it can.
fn unseen(table: &Table, trigger: &Trigger, version: RowVersion, column: &Ident) -> Option<String> {
    let is_generated = table
        .column(column)
        .is_some_and(|column| column.generated.is_some());
    match version {
        RowVersion::Old if trigger.fires_at("Insert") => Some(
            "an `insert` has no `old` row; write `new.`, or write another trigger for `insert`"
                .to_owned(),
        ),
        RowVersion::New if trigger.fires_at("Delete") => Some(
            "a `delete` has no `new` row; write `old.`, or write another trigger for `delete`"
                .to_owned(),
        ),
        RowVersion::New if is_generated && trigger.timing == "Before" => Some(format!(
            "`{column}` is generated after this trigger fires; write `after(..)`, or write the column's expression here"
        )),
        _ => None,
    }
}

/// Only the condition of a trigger can use `old.` and `new.`.
pub(super) fn rows_elsewhere(table: &Table, errors: &Errors) {
    expressions::all(table).for_each(|expr| no_rows(expr, errors));
}

pub(super) fn no_rows(expr: &Expr, errors: &Errors) {
    for (version, column, span) in expr.rows() {
        let message = format!(
            "`{}.` is only for `when(..)` of a trigger; write `{column}` here",
            version.word()
        );
        errors.push_at(span, message);
    }
}
