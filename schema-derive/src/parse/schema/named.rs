//! Options that begin with a name: `sequence(..)`, `extension(..)`, `role(..)`.

use proc_macro2::{TokenStream, TokenTree};

use super::PLACE;
use crate::ast::{DatabaseRole, Extension, Number, Sequence, Text};
use crate::errors::Errors;
use crate::keys::Place;
use crate::parse::meta::{Meta, metas};
use crate::parse::value;

/// `sequence(order_number_seq, start = 1)`
pub(super) fn sequence(meta: &Meta, errors: &Errors) -> Option<Sequence> {
    let (name, options) = named(meta, Place::Sequence, errors)?;
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    let number = |word: &str| number(find(word)?, errors);
    Some(Sequence {
        name,
        schema: find("schema").and_then(|meta| value::name(meta, Place::Sequence, errors)),
        start: number("start"),
        increment: number("increment"),
        min: number("min"),
        max: number("max"),
        cache: number("cache"),
        cycle: find("cycle")
            .and_then(|meta| value::flag(meta, Place::Sequence, errors))
            .is_some(),
    })
}

/// `extension(pgcrypto, schema = extensions)`
pub(super) fn extension(meta: &Meta, errors: &Errors) -> Option<Extension> {
    let (name, options) = named(meta, Place::Extension, errors)?;
    let schema = options
        .first()
        .and_then(|meta| value::name(meta, Place::Extension, errors));
    Some(Extension { name, schema })
}

/// `role(shop_login, login, no_inherit, member_of(app_user))`
pub(super) fn role(meta: &Meta, errors: &Errors) -> Option<DatabaseRole> {
    let place = Place::DatabaseRole;
    let (name, options) = named(meta, place, errors)?;
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    let flag = |word: &str| value::flag(find(word)?, place, errors);
    Some(DatabaseRole {
        name,
        existing: flag("existing"),
        login: flag("login"),
        no_inherit: flag("no_inherit"),
        bypass_rls: flag("bypass_rls"),
        member_of: find("member_of")
            .and_then(|meta| value::names(meta, place, errors))
            .unwrap_or_default(),
    })
}

/// The name at the beginning, and the keys after it.
fn named(meta: &Meta, place: Place, errors: &Errors) -> Option<(Text, Vec<Meta>)> {
    let group = value::list(meta, PLACE, errors)?;
    let (first, rest) = split_first(group.stream());
    let name = syn::parse2::<value::Name>(first.clone());
    let options = metas(rest, place, errors);
    let Ok(name) = name else {
        let message = value::begins_with_name(meta, PLACE);
        if first.is_empty() {
            errors.push_at(meta.span(), message);
        } else {
            errors.push_on(first, message);
        }
        return None;
    };
    Some((name.0, options))
}

/// The tokens before the first comma, and those after it.
fn split_first(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = tokens.into_iter();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let first = tokens
        .by_ref()
        .take_while(|token| !is_comma(token))
        .collect();
    (first, tokens.collect())
}

fn number(meta: &Meta, errors: &Errors) -> Option<Number> {
    value::parsed::<value::Integer>(meta, Place::Sequence, errors).and_then(|integer| {
        let read = integer.value();
        if read.is_none() {
            errors.push_at(integer.span, "this number is too large for a `bigint`, the type of a sequence; write at most 18 digits");
        }
        read.map(|value| Number {
            value,
            span: integer.span,
        })
    })
}
