//! The values of keys: flags, names, texts, lists of columns.

use proc_macro2::{Group, Span, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt, LitStr, Path, Token, ext::IdentExt};

use super::meta::{Meta, Value};
use crate::ast::{Text, unraw};
use crate::errors::Errors;
use crate::keys::Place;
use crate::suggest::unknown;

/// The usage of the key, for a message.
fn usage(meta: &Meta, place: Place) -> String {
    let word = meta.word();
    place.key(&word).map_or(word, |key| key.usage.to_owned())
}

/// Reports that the value does not have the form that the key requires.
pub(super) fn wrong_form(meta: &Meta, place: Place, errors: &Errors) {
    let (word, usage) = (meta.word(), usage(meta, place));
    let message = if word == usage {
        format!("`{word}` takes no value")
    } else {
        format!("`{word}` is written `{usage}`")
    };
    errors.push_on(meta.value_tokens(), message);
}

/// Requires a key without a value, and returns the span of the key.
pub(super) fn flag(meta: &Meta, place: Place, errors: &Errors) -> Option<Span> {
    match meta.value {
        Value::None => Some(meta.span()),
        _ => {
            wrong_form(meta, place, errors);
            None
        }
    }
}

/// Requires `key = ..`, and returns the tokens after `=`.
pub(super) fn equals<'a>(meta: &'a Meta, place: Place, errors: &Errors) -> Option<&'a TokenStream> {
    match &meta.value {
        Value::Equals(tokens) => Some(tokens),
        _ => {
            wrong_form(meta, place, errors);
            None
        }
    }
}

/// Requires `key(..)`, and returns the group.
pub(super) fn list<'a>(meta: &'a Meta, place: Place, errors: &Errors) -> Option<&'a Group> {
    match &meta.value {
        Value::List(group) => Some(group),
        _ => {
            wrong_form(meta, place, errors);
            None
        }
    }
}

/// Requires `key = ..` or `key(..)`, the forms of an expression.
pub(super) fn either(meta: &Meta, place: Place, errors: &Errors) -> Option<TokenStream> {
    match &meta.value {
        Value::Equals(tokens) => Some(tokens.clone()),
        Value::List(group) if !group.stream().is_empty() => Some(group.stream()),
        _ => {
            wrong_form(meta, place, errors);
            None
        }
    }
}

/// Parses the value after `=`, or reports how it is written.
pub(super) fn parsed<T: Parse>(meta: &Meta, place: Place, errors: &Errors) -> Option<T> {
    let tokens = equals(meta, place, errors)?;
    let value = syn::parse2(tokens.clone()).ok();
    if value.is_none() {
        wrong_form(meta, place, errors);
    }
    value
}

/// A name: a bare word or a string.
pub(super) fn name(meta: &Meta, place: Place, errors: &Errors) -> Option<Text> {
    parsed::<Name>(meta, place, errors).map(|name| name.0)
}

/// A bare word or a string.
pub(super) struct Name(pub(super) Text);

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            let text: LitStr = input.parse()?;
            return Ok(Self(text_of(&text)));
        }
        let word = Ident::parse_any(input)?;
        Ok(Self(Text {
            value: unraw(&word),
            span: word.span(),
        }))
    }
}

/// The names between parentheses.
pub(super) fn names(meta: &Meta, place: Place, errors: &Errors) -> Option<Vec<Text>> {
    let names = names_in(list(meta, place, errors)?);
    if names.is_none() {
        wrong_form(meta, place, errors);
    }
    names
}

/// `= name` or `(name, name)`
pub(super) fn name_or_names(meta: &Meta, place: Place, errors: &Errors) -> Vec<Text> {
    match meta.value {
        Value::List(_) => names(meta, place, errors).unwrap_or_default(),
        _ => name(meta, place, errors).into_iter().collect(),
    }
}

/// The names of a group, one or more.
pub(super) fn names_in(group: &Group) -> Option<Vec<Text>> {
    let names: Vec<Name> = between_commas(group)?;
    Some(names.into_iter().map(|name| name.0).collect())
}

/// The types between parentheses.
pub(super) fn paths(meta: &Meta, place: Place, errors: &Errors) -> Option<Vec<Path>> {
    let paths = paths_in(list(meta, place, errors)?);
    if paths.is_none() {
        wrong_form(meta, place, errors);
    }
    paths
}

/// The types of a group, one or more.
pub(super) fn paths_in(group: &Group) -> Option<Vec<Path>> {
    between_commas(group)
}

/// The strings between parentheses.
pub(super) fn strings(meta: &Meta, place: Place, errors: &Errors) -> Option<Vec<LitStr>> {
    let strings = between_commas(list(meta, place, errors)?);
    if strings.is_none() {
        wrong_form(meta, place, errors);
    }
    strings
}

fn between_commas<T: Parse>(group: &Group) -> Option<Vec<T>> {
    let parser = Punctuated::<T, Token![,]>::parse_terminated;
    let items: Vec<T> = parser.parse2(group.stream()).ok()?.into_iter().collect();
    (!items.is_empty()).then_some(items)
}

/// The message if the value of a key does not begin with a name.
pub(super) fn begins_with_name(meta: &Meta, place: Place) -> String {
    let (word, usage) = (meta.word(), usage(meta, place));
    format!("`{word}` begins with a name (a word or a string): `{usage}`")
}

/// An integer, which may be negative.
pub(super) struct Integer {
    pub(super) span: Span,
    digits: String,
}

impl Integer {
    /// The number, if it fits in an `i64`.
    pub(super) fn value(&self) -> Option<i64> {
        self.digits.parse().ok()
    }
}

impl Parse for Integer {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let minus: Option<Token![-]> = input.parse()?;
        let literal: LitInt = input.parse()?;
        let sign = if minus.is_some() { "-" } else { "" };
        if !literal.suffix().is_empty() {
            return Err(input.error("a number without a suffix"));
        }
        Ok(Self {
            span: literal.span(),
            digits: format!("{sign}{}", literal.base10_digits()),
        })
    }
}

/// A string.
pub(super) fn text(meta: &Meta, place: Place, errors: &Errors) -> Option<Text> {
    string(meta, place, errors).map(|text| text_of(&text))
}

/// A string, as its token.
pub(super) fn string(meta: &Meta, place: Place, errors: &Errors) -> Option<LitStr> {
    parsed(meta, place, errors)
}

pub(super) fn text_of(text: &LitStr) -> Text {
    Text {
        value: text.value(),
        span: text.span(),
    }
}

/// A single word.
pub(super) fn word(meta: &Meta, place: Place, errors: &Errors) -> Option<Ident> {
    let tokens = equals(meta, place, errors)?;
    let word = Ident::parse_any.parse2(tokens.clone()).ok();
    if word.is_none() {
        wrong_form(meta, place, errors);
    }
    word
}

/// A path, such as that of the crate.
pub(super) fn path(meta: &Meta, place: Place, errors: &Errors) -> Option<Path> {
    let tokens = equals(meta, place, errors)?;
    let path = Path::parse_mod_style.parse2(tokens.clone()).ok();
    if path.is_none() {
        wrong_form(meta, place, errors);
    }
    path
}

/// The columns between parentheses.
pub(super) fn columns(meta: &Meta, place: Place, errors: &Errors) -> Option<Vec<Ident>> {
    let group = list(meta, place, errors)?;
    let columns = idents.parse2(group.stream()).ok();
    if columns.is_none() {
        wrong_form(meta, place, errors);
    }
    columns
}

/// Identifiers between commas.
pub(super) fn idents(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let idents: Punctuated<Ident, Token![,]> =
        Punctuated::parse_terminated_with(input, Ident::parse_any)?;
    Ok(idents.into_iter().collect())
}

/// The value of a word in a table of words and values. An unknown word is reported as an unknown `what`.
pub(super) fn one_of<'a, T: Copy + 'a>(
    word: &Ident,
    table: &[(&'a str, T)],
    what: &str,
    errors: &Errors,
) -> Option<T> {
    let written = unraw(word);
    let found = table.iter().find(|(known, _)| *known == written);
    if found.is_none() {
        let words = table.iter().map(|(known, _)| *known);
        errors.push_at(word.span(), unknown(what, &written, words));
    }
    found.map(|(_, value)| *value)
}
