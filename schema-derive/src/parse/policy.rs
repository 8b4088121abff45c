//! `policy(name = own_orders, for = select, to = app_read, using(..))`

use super::meta::{Meta, understood};
use super::{value, valued};
use crate::ast::Policy;
use crate::errors::Errors;
use crate::keys::{POLICY_COMMANDS, Place};

const PLACE: Place = Place::Policy;

pub(super) fn policy(meta: &Meta, errors: &Errors) -> Option<Policy> {
    let group = value::list(meta, Place::Table, errors)?;
    let options = understood(group, PLACE, errors)?;
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    let Some(name) = find("name") else {
        errors.push_at(
            meta.span(),
            "a policy needs a name: `policy(name = own_orders, ..)`",
        );
        return None;
    };
    Some(Policy {
        span: meta.span(),
        name: value::name(name, PLACE, errors)?,
        command: find("for").map_or(Some("All"), |meta| command(meta, errors))?,
        restrictive: find("restrictive")
            .and_then(|meta| value::flag(meta, PLACE, errors))
            .is_some(),
        roles: find("to")
            .map(|meta| value::name_or_names(meta, PLACE, errors))
            .unwrap_or_default(),
        using: valued::either(&options, "using", PLACE, errors),
        with_check: valued::either(&options, "with_check", PLACE, errors),
    })
}

/// `for = select`
fn command(meta: &Meta, errors: &Errors) -> Option<&'static str> {
    let word = value::word(meta, PLACE, errors)?;
    value::one_of(&word, POLICY_COMMANDS, "command", errors)
}
