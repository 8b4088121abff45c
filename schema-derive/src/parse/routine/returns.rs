//! `returns = Decimal`, `returns(set_of = Uuid)`, `returns(table(id: Uuid))` and `out(success: bool)`.

use crate::ast::Returns;
use crate::errors::Errors;
use crate::keys::Place;
use crate::parse::meta::{Meta, Value, metas};
use crate::parse::{typed, value};

/// Reads `returns` of a function.
pub(super) fn returns(meta: &Meta, errors: &Errors) -> Returns {
    match &meta.value {
        Value::List(group) => {
            let forms = metas(group.stream(), Place::Returns, errors);
            match forms.as_slice() {
                [form] => rows(meta, form, errors),
                // An unknown key is reported already.
                [] if !group.stream().is_empty() => None,
                _ => wrong_form(meta, errors),
            }
        }
        Value::Equals(tokens) => match typed::typed(tokens.clone()) {
            Some(written) => Some(Returns::Value(meta.span(), written.typed(errors))),
            None => wrong_form(meta, errors),
        },
        Value::None => wrong_form(meta, errors),
    }
    .unwrap_or(Returns::Unknown)
}

fn wrong_form(meta: &Meta, errors: &Errors) -> Option<Returns> {
    value::wrong_form(meta, Place::Function, errors);
    None
}

/// Reads `set_of` (several values) or `table` (several rows).
fn rows(meta: &Meta, form: &Meta, errors: &Errors) -> Option<Returns> {
    let found = match &form.value {
        Value::Equals(tokens) if form.word() == "set_of" => typed::typed(tokens.clone())
            .map(|written| Returns::SetOf(meta.span(), written.typed(errors))),
        Value::List(group) if form.word() == "table" => typed::outputs(group.stream(), errors)
            .map(|columns| Returns::Table(meta.span(), columns)),
        _ => None,
    };
    if found.is_none() {
        value::wrong_form(form, Place::Returns, errors);
    }
    found
}

/// Reads `out` of a procedure.
pub(super) fn out(meta: &Meta, errors: &Errors) -> Returns {
    let outputs = match &meta.value {
        Value::List(group) => typed::outputs(group.stream(), errors),
        _ => None,
    };
    if outputs.is_none() {
        value::wrong_form(meta, Place::Procedure, errors);
    }
    outputs.map_or(Returns::Unknown, Returns::Out)
}
