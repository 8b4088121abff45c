//! `volume(rows = 1_000_000, per_day = 2_000, width(body = 6_000))`

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{LitInt, Token};

use super::meta::{Meta, metas, split_at_commas};
use super::value;
use crate::ast::{Volume, Width};
use crate::errors::Errors;
use crate::keys::Place;

const PLACE: Place = Place::Volume;

pub(super) fn volume(meta: &Meta, errors: &Errors) -> Option<Volume> {
    let group = value::list(meta, Place::Table, errors)?;
    let options = metas(group.stream(), PLACE, errors);
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    Some(Volume {
        span: meta.span(),
        rows: find("rows").and_then(|option| number(option, errors)),
        per_day: find("per_day").and_then(|option| number(option, errors)),
        widths: find("width").map_or_else(Vec::new, |option| widths(option, errors)),
    })
}

fn number(meta: &Meta, errors: &Errors) -> Option<u64> {
    let literal: LitInt = value::parsed(meta, PLACE, errors)?;
    let number = literal.base10_parse().ok();
    if number.is_none() {
        value::wrong_form(meta, PLACE, errors);
    }
    number
}

fn widths(meta: &Meta, errors: &Errors) -> Vec<Width> {
    let group = value::list(meta, PLACE, errors);
    let chunks = group.map_or_else(Vec::new, |group| split_at_commas(group.stream()));
    let chunks = chunks.into_iter();
    chunks.filter_map(|tokens| width(tokens, errors)).collect()
}

/// `body = 6_000`
struct Written {
    column: Ident,
    bytes: u32,
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let column = Ident::parse_any(input)?;
        input.parse::<Token![=]>()?;
        let bytes = input.parse::<LitInt>()?;
        Ok(Self {
            column,
            bytes: bytes.base10_parse()?,
        })
    }
}

fn width(tokens: TokenStream, errors: &Errors) -> Option<Width> {
    let Ok(Written { column, bytes }) = syn::parse2(tokens.clone()) else {
        errors.push_on(
            tokens,
            "a column is written with the mean width of its values in bytes: `body = 6_000`",
        );
        return None;
    };
    Some(Width { column, bytes })
}
