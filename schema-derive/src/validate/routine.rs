//! The rules of a function or a procedure.

use std::collections::HashSet;

use super::names::{length, reserved_schema, word_of_postgresql};
use super::{expressions, source, texts, triggers};
use crate::ast::{Routine, RoutineKind, Text};
use crate::errors::Errors;

type RoutineRule = fn(&Routine, &Errors);

/// Rules about mistakes in what is written.
const WRITTEN: &[RoutineRule] = &[
    names,
    duplicate_names,
    duplicate_roles,
    written_texts,
    defaults,
    defaults_at_the_end,
    defaults_before_outputs,
    trigger,
    reason,
    security_definer,
];

/// Adds every mistake of the routine to `errors`.
pub(crate) fn routine(routine: &Routine, errors: &Errors) {
    for rule in WRITTEN {
        rule(routine, errors);
    }
    // The body is required only if everything else parsed.
    if errors.is_empty() {
        required_body(routine, errors);
    }
}

fn names(routine: &Routine, errors: &Errors) {
    length(&routine.name, errors);
    match &routine.schema {
        Some(schema) => {
            length(schema, errors);
            reserved_schema(schema, errors);
        }
        None => word_of_postgresql(&routine.name, errors),
    }
    let roles = routine.execute.iter().flatten();
    argument_names(routine)
        .chain(roles)
        .for_each(|name| length(name, errors));
}

/// The names of the arguments and of the outputs. PostgreSQL makes a variable of each.
fn argument_names(routine: &Routine) -> impl Iterator<Item = &Text> {
    let inputs = routine.arguments.iter().map(|argument| &argument.name);
    let outputs = routine.outputs().iter().chain(routine.columns());
    inputs.chain(outputs.map(|output| &output.name))
}

fn duplicate_names(routine: &Routine, errors: &Errors) {
    let mut seen = HashSet::new();
    for name in argument_names(routine) {
        if !seen.insert(&name.value) {
            let message = format!(
                "the {} has an argument or a column `{}` already; choose another name",
                routine.kind.word(),
                name.value
            );
            errors.push_at(name.span, message);
        }
    }
}

fn duplicate_roles(routine: &Routine, errors: &Errors) {
    let mut seen = HashSet::new();
    for role in routine.execute.iter().flatten() {
        if !seen.insert(&role.value) {
            let message = format!("`{}` is in this list already; write it once", role.value);
            errors.push_at(role.span, message);
        }
    }
}

fn written_texts(routine: &Routine, errors: &Errors) {
    if let Some(body) = &routine.body {
        source::body(body, errors);
    }
    if let Some(comment) = &routine.comment {
        texts::text(comment, "a comment", errors);
    }
    if let Some(search_path) = &routine.search_path {
        texts::text(search_path, "a search path", errors);
    }
    let defaults = routine
        .arguments
        .iter()
        .filter_map(|argument| argument.default.as_ref());
    defaults.for_each(|default| texts::in_expr(&default.expr, errors));
}

/// A default is computed before the arguments exist, so it cannot use them.
fn defaults(routine: &Routine, errors: &Errors) {
    let defaults = routine
        .arguments
        .iter()
        .filter_map(|argument| argument.default.as_ref());
    for default in defaults {
        triggers::no_rows(&default.expr, errors);
        for ident in default.expr.columns() {
            expressions::unknown_default(ident, errors);
        }
    }
}

/// PostgreSQL assigns arguments from the left, so an argument after a default needs a default too.
fn defaults_at_the_end(routine: &Routine, errors: &Errors) {
    let mut before = None;
    for argument in &routine.arguments {
        match (&before, &argument.default) {
            (_, Some(_)) => before = Some(&argument.field),
            (Some(before), None) => errors.push_at(
                argument.field.span(),
                format!(
                    "`{before}` before it has a default; give `{}` a default too, or move it before `{before}`",
                    argument.field
                ),
            ),
            (None, None) => {}
        }
    }
}

/// Outputs come after the inputs, and so after a default, where PostgreSQL does not accept them.
fn defaults_before_outputs(routine: &Routine, errors: &Errors) {
    let default = routine
        .arguments
        .iter()
        .find_map(|argument| argument.default.as_ref());
    if let Some(default) = default.filter(|_| !routine.outputs().is_empty()) {
        errors.push_at(
            default.key,
            "PostgreSQL takes no default in a procedure with `out(..)`; remove one of them, or make it a function",
        );
    }
}

/// A trigger function is called by triggers, has no arguments, and returns a row.
fn trigger(routine: &Routine, errors: &Errors) {
    if routine.trigger.is_none() {
        return;
    }
    if let Some(span) = routine.returns.span() {
        errors.push_at(
            span,
            "a trigger function returns the row of its trigger; remove `returns`",
        );
    }
    if let Some(argument) = routine.arguments.first() {
        errors.push_at(
            argument.field.span(),
            "a trigger function has no arguments; it reads the arguments of its trigger from `TG_ARGV`",
        );
    }
    let language = routine.language.as_ref();
    if let Some(language) = language.filter(|language| language.variant != "PlPgSql") {
        errors.push_at(
            language.span,
            "a trigger function is written in `plpgsql`; remove `language`",
        );
    }
}

fn reason(routine: &Routine, errors: &Errors) {
    let Some(definer) = &routine.security_definer else {
        return;
    };
    if definer.reason.value.trim().is_empty() {
        errors.push_at(
            definer.reason.span,
            "the reason is empty; write why it has to run with the rights of its owner",
        );
    }
}

/// PostgreSQL looks names up in the caller's search path unless the function has its own.
fn security_definer(routine: &Routine, errors: &Errors) {
    let Some(definer) = &routine.security_definer else {
        return;
    };
    if routine.search_path.is_none() {
        let message = format!(
            "`{}` runs with the rights of its owner, but looks names up in the caller's search path; write `search_path = \"public, pg_temp\"`",
            routine.ident
        );
        errors.push_at(definer.span, message);
    }
}

fn required_body(routine: &Routine, errors: &Errors) {
    if routine.body.is_some() {
        return;
    }
    let file = match routine.kind {
        RoutineKind::Function => "sql/order_total.sql",
        RoutineKind::Procedure => "sql/process_order.sql",
    };
    let message = format!(
        "`{}` has no body; write `body = \"BEGIN .. END;\"` or `body_file = \"{file}\"`",
        routine.ident
    );
    errors.push_at(routine.ident.span(), message);
}
