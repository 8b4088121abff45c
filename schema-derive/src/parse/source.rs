//! SQL that is passed on as written, in the attribute or in a file of the user's crate.

use super::meta::Meta;
use super::value;
use crate::ast::Source;
use crate::errors::Errors;
use crate::keys::Place;

/// `body = ".."` or `body_file = ".."`
pub(super) fn body(slot: &mut Option<Source>, meta: &Meta, place: Place, errors: &Errors) {
    let both = "`body` and `body_file` both define the body; write one of them";
    add(slot, meta, place, both, errors);
}

/// `query = ".."` or `query_file = ".."`
pub(super) fn query(slot: &mut Option<Source>, meta: &Meta, place: Place, errors: &Errors) {
    let both = "`query` and `query_file` both define the query; write one of them";
    add(slot, meta, place, both, errors);
}

fn add(slot: &mut Option<Source>, meta: &Meta, place: Place, both: &str, errors: &Errors) {
    if slot.is_some() {
        errors.push_at(meta.span(), both);
    }
    let is_file = meta.word().ends_with("_file");
    if let Some(text) = value::string(meta, place, errors) {
        *slot = Some(if is_file {
            Source::File(text)
        } else {
            Source::Text(text)
        });
    }
}
