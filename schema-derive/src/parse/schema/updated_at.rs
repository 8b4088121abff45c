//! `updated_at(function = touch, clock = now)`

use super::PLACE as SCHEMA;
use crate::ast::UpdatedAt;
use crate::errors::Errors;
use crate::keys::{CLOCKS, Place};
use crate::parse::meta::{Meta, metas};
use crate::parse::{source, value};

const PLACE: Place = Place::UpdatedAt;

pub(super) fn updated_at(meta: &Meta, errors: &Errors) -> Option<UpdatedAt> {
    let group = value::list(meta, SCHEMA, errors)?;
    let mut updated_at = UpdatedAt::default();
    for option in metas(group.stream(), PLACE, errors) {
        match option.word().as_str() {
            "function" => updated_at.function = value::name(&option, PLACE, errors),
            "clock" => updated_at.clock = clock(&option, errors),
            _ => source::body(&mut updated_at.body, &option, PLACE, errors),
        }
    }
    Some(updated_at)
}

fn clock(meta: &Meta, errors: &Errors) -> Option<&'static str> {
    let word = value::word(meta, PLACE, errors)?;
    value::one_of(&word, CLOCKS, "clock", errors)
}
