//! `schema!(pub APP = [User, Task], updated_at(function = touch));`

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Path, Token, Visibility, bracketed};

use super::derive_input::krate;
use super::meta::{Meta, metas};
use super::value;
use crate::ast::Schema;
use crate::errors::Errors;
use crate::keys::Place;

const USAGE: &str = "a schema is written `schema!(pub APP = [User, Task]);`";

/// The clocks, with the variant of `Clock`.
const CLOCKS: &[(&str, &str)] = &[("now", "Now"), ("current_timestamp", "CurrentTimestamp")];

pub(crate) fn schema(input: TokenStream, errors: &Errors) -> Option<Schema> {
    let written = match written.parse2(input) {
        Ok(written) => written,
        Err(error) => {
            errors.push(syn::Error::new(error.span(), format!("{error}; {USAGE}")));
            return None;
        }
    };
    let options = metas(written.options, Place::Schema, errors);
    let mut schema = Schema {
        krate: krate(&options, Place::Schema, errors),
        attributes: written.attributes,
        visibility: written.visibility,
        ident: written.ident,
        tables: written.tables,
        function: None,
        clock: None,
    };
    for option in options
        .iter()
        .filter(|option| option.word() == "updated_at")
    {
        updated_at(&mut schema, option, errors);
    }
    Some(schema)
}

struct Written {
    attributes: Vec<Attribute>,
    visibility: Visibility,
    ident: Ident,
    tables: Vec<Path>,
    options: TokenStream,
}

fn written(input: ParseStream<'_>) -> syn::Result<Written> {
    let attributes = input.call(Attribute::parse_outer)?;
    let visibility = input.parse()?;
    let ident = input.parse()?;
    input.parse::<Token![=]>()?;
    let list;
    bracketed!(list in input);
    let tables: Punctuated<Path, Token![,]> = Punctuated::parse_terminated(&list)?;
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(Written {
        attributes,
        visibility,
        ident,
        tables: tables.into_iter().collect(),
        options: input.parse()?,
    })
}

fn updated_at(schema: &mut Schema, option: &Meta, errors: &Errors) {
    let Some(group) = value::list(option, Place::Schema, errors) else {
        return;
    };
    for meta in metas(group.stream(), Place::UpdatedAt, errors) {
        match meta.word().as_str() {
            "function" => schema.function = value::name(&meta, Place::UpdatedAt, errors),
            _ => schema.clock = clock(&meta, errors),
        }
    }
}

fn clock(meta: &Meta, errors: &Errors) -> Option<&'static str> {
    let word = value::word(meta, Place::UpdatedAt, errors)?;
    value::one_of(&word, CLOCKS, "clock", errors)
}
