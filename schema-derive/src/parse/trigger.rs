//! `trigger(name = check_stock, before(insert, update(quantity)), function = CheckStock)`

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::parse::Parser;

use super::meta::{Meta, split_at_commas, understood};
use super::{value, valued};
use crate::ast::{Event, Trigger};
use crate::errors::Errors;
use crate::keys::{Place, TRIGGER_EVENTS, TRIGGER_LEVELS};

const PLACE: Place = Place::Trigger;

pub(super) fn trigger(meta: &Meta, errors: &Errors) -> Option<Trigger> {
    let group = value::list(meta, Place::Table, errors)?;
    let options = understood(group, PLACE, errors)?;
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    let required = |word: &str, message: &str| {
        let found = find(word);
        if found.is_none() {
            errors.push_at(meta.span(), message);
        }
        found
    };
    let name = required(
        "name",
        "a trigger needs a name: `trigger(name = check_stock, ..)`",
    );
    let function = required(
        "function",
        "a trigger calls a function; add `function = CheckStock`, a type with `#[derive(Function)]` and `#[function(trigger)]`",
    );
    let fires = fires(meta, &options, errors);
    let level = find("each").map_or(Some(false), |meta| level(meta, errors));
    let when = valued::either(&options, "when", PLACE, errors);
    let arguments = find("arguments").map(|meta| value::strings(meta, PLACE, errors));
    let (timing, events) = fires?;
    Some(Trigger {
        name: value::name(name?, PLACE, errors)?,
        function: value::path(function?, PLACE, errors)?,
        timing,
        events,
        for_each_statement: level?,
        when: when.map(|when| when.expr),
        arguments: arguments.flatten().unwrap_or_default(),
    })
}

/// When the trigger fires, and on which events.
fn fires(meta: &Meta, options: &[Meta], errors: &Errors) -> Option<(&'static str, Vec<Event>)> {
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    let message = "a trigger fires `before(..)` or `after(..)`; write one of them, such as `before(insert, update(quantity))`";
    match (find("before"), find("after")) {
        (Some(before), None) => Some(("Before", events(before, errors)?)),
        (None, Some(after)) => Some(("After", events(after, errors)?)),
        (Some(_), Some(second)) => {
            errors.push_at(second.span(), message);
            None
        }
        (None, None) => {
            errors.push_at(meta.span(), message);
            None
        }
    }
}

/// `before(insert, update(quantity))`
fn events(meta: &Meta, errors: &Errors) -> Option<Vec<Event>> {
    let group = value::list(meta, PLACE, errors)?;
    let chunks = split_at_commas(group.stream());
    if chunks.is_empty() {
        value::wrong_form(meta, PLACE, errors);
        return None;
    }
    let read: Vec<_> = chunks
        .into_iter()
        .map(|tokens| event(meta, tokens, errors))
        .collect();
    read.into_iter().collect()
}

/// `insert` or `update(quantity)`
fn event(meta: &Meta, tokens: TokenStream, errors: &Errors) -> Option<Event> {
    let mut tokens = tokens.into_iter();
    let (word, group) = match (tokens.next(), tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(word)), None, None) => (word, None),
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(group)), None) => (word, Some(group)),
        _ => {
            value::wrong_form(meta, PLACE, errors);
            return None;
        }
    };
    let events = TRIGGER_EVENTS.iter().map(|event| (event.0, *event));
    let (known, variant) =
        value::one_of(&word, &events.collect::<Vec<_>>(), "trigger event", errors)?;
    let columns = match group {
        Some(group) => columns(variant, &group, errors)?,
        None => Vec::new(),
    };
    Some(Event {
        span: word.span(),
        word: known,
        variant,
        columns,
    })
}

/// The columns of an update.
fn columns(variant: &str, group: &Group, errors: &Errors) -> Option<Vec<Ident>> {
    if variant != "Update" {
        errors.push_on(group, "only `update` takes columns; remove them");
        return None;
    }
    let columns = value::idents.parse2(group.stream()).ok();
    let columns = columns.filter(|columns| !columns.is_empty());
    if columns.is_none() {
        errors.push_on(
            group,
            "write the columns that are updated: `update(quantity)`",
        );
    }
    columns
}

/// `each = statement`
fn level(meta: &Meta, errors: &Errors) -> Option<bool> {
    let word = value::word(meta, PLACE, errors)?;
    value::one_of(&word, TRIGGER_LEVELS, "trigger level", errors)
}
