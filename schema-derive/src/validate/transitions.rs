//! Transitions.

use std::collections::HashSet;

use syn::Type;

use crate::ast::{Column, Step, Table, unraw};
use crate::errors::Errors;
use crate::keys::NO_ENUMS;

fn steps(table: &Table) -> impl Iterator<Item = &Step> {
    let transitions = table
        .columns
        .iter()
        .filter_map(|column| column.transitions.as_ref());
    transitions.flat_map(|transitions| &transitions.steps)
}

pub(super) fn states(table: &Table, errors: &Errors) {
    for column in &table.columns {
        let mut seen = HashSet::new();
        let steps = column.transitions.iter().flat_map(|all| &all.steps);
        for Step { from, .. } in steps {
            if !seen.insert(from) {
                errors.push_at(
                    from.span(),
                    format!(
                        "the steps from `{from}` are listed already; write all of them in one list, separated by commas"
                    ),
                );
            }
        }
    }
}

pub(super) fn targets(table: &Table, errors: &Errors) {
    for Step { from, to } in steps(table) {
        let mut seen = HashSet::new();
        for target in to {
            if target == from {
                errors.push_at(
                    target.span(),
                    format!("a row may always keep the value `{from}`; remove the step from it to itself"),
                );
            } else if !seen.insert(target) {
                errors.push_at(
                    target.span(),
                    format!(
                        "the step from `{from}` to `{target}` is already listed; write it once"
                    ),
                );
            }
        }
    }
}

pub(super) fn first_states(table: &Table, errors: &Errors) {
    for transitions in table
        .columns
        .iter()
        .filter_map(|column| column.transitions.as_ref())
    {
        let mut seen = HashSet::new();
        for state in &transitions.first {
            if !seen.insert(state) {
                errors.push_at(
                    state.span(),
                    format!("`{state}` is a first state already; write it once"),
                );
            }
        }
        if let (Some(first), Some(_)) = (transitions.first.first(), &table.partition_by) {
            errors.push_at(
                first.span(),
                "a row that moves to another partition is inserted there with its current value, which the first states may refuse; remove the first states, or `partition_by`",
            );
        }
    }
}

/// Reports types that are not enums, by their well-known names. rustc reports any other type that is not an enum.
pub(super) fn types(table: &Table, errors: &Errors) {
    let with_steps = table
        .columns
        .iter()
        .filter(|column| column.transitions.is_some());
    for column in with_steps {
        let Some(word) = type_name(&column.rust_type) else {
            continue;
        };
        if word == "Option" {
            errors.push_on(
                &column.rust_type,
                "a column with `transitions` always has one of its enum's values; write the enum without `Option`",
            );
        } else if NO_ENUMS.contains(&word.as_str()) {
            let message = format!(
                "`{word}` is not an enum, and `transitions` are the steps between an enum's values; write a type with `#[derive(SqlEnum)]`"
            );
            errors.push_on(&column.rust_type, message);
        }
    }
}

/// The last segment of a path, without its arguments.
fn type_name(rust_type: &Type) -> Option<String> {
    match rust_type {
        Type::Path(path) => path.path.segments.last().map(|last| unraw(&last.ident)),
        _ => None,
    }
}

/// A column that never changes, or that the database computes, cannot have `transitions`.
pub(super) fn unchanging(table: &Table, errors: &Errors) {
    for column in &table.columns {
        if let (Some(transitions), Some(word)) = (&column.transitions, unchanging_word(column)) {
            let message = format!(
                "`{word}` and `transitions` exclude each other, because the column's value does not follow steps; remove one of them"
            );
            errors.push_at(transitions.span, message);
        }
    }
}

fn unchanging_word(column: &Column) -> Option<&'static str> {
    let immutable = column.immutable.map(|_| "immutable");
    immutable.or(column.generated.as_ref().map(|_| "generated"))
}
