//! `updated_at(function = touch, clock = now)`

use super::PLACE as SCHEMA;
use crate::ast::{Body, UpdatedAt};
use crate::errors::Errors;
use crate::keys::{CLOCKS, Place};
use crate::parse::meta::{Meta, metas};
use crate::parse::value;

const PLACE: Place = Place::UpdatedAt;

pub(super) fn updated_at(meta: &Meta, errors: &Errors) -> Option<UpdatedAt> {
    let group = value::list(meta, SCHEMA, errors)?;
    let mut updated_at = UpdatedAt::default();
    for option in metas(group.stream(), PLACE, errors) {
        match option.word().as_str() {
            "function" => updated_at.function = value::name(&option, PLACE, errors),
            "clock" => updated_at.clock = clock(&option, errors),
            _ => body(&mut updated_at, &option, errors),
        }
    }
    Some(updated_at)
}

fn clock(meta: &Meta, errors: &Errors) -> Option<&'static str> {
    let word = value::word(meta, PLACE, errors)?;
    value::one_of(&word, CLOCKS, "clock", errors)
}

/// `body = ".."` or `body_file = ".."`
fn body(updated_at: &mut UpdatedAt, meta: &Meta, errors: &Errors) {
    if updated_at.body.is_some() {
        errors.push_at(
            meta.span(),
            "`body` and `body_file` both say what the function does; write one of them",
        );
    }
    let text = value::string(meta, PLACE, errors);
    updated_at.body = text.map(|text| match meta.word().as_str() {
        "body" => Body::Text(text),
        _ => Body::File(text),
    });
}
