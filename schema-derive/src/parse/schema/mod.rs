//! `schema!(pub APP = [User, Task], views(OrderSummary), updated_at(function = touch));`

mod grant;
mod isolation;
mod named;
mod updated_at;

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Path, Token, Visibility, bracketed};

use super::derive_input::krate;
use super::meta::{Meta, metas};
use super::value;
use crate::ast::{Isolation, RowSecurity, Schema};
use crate::errors::Errors;
use crate::keys::Place;

const PLACE: Place = Place::Schema;

const USAGE: &str = "a schema is written `schema!(pub APP = [User, Task]);`";

pub(crate) fn schema(input: TokenStream, errors: &Errors) -> Option<Schema> {
    let written = match written.parse2(input) {
        Ok(written) => written,
        Err(error) => {
            errors.push(syn::Error::new(error.span(), format!("{error}; {USAGE}")));
            return None;
        }
    };
    let options = metas(written.options.clone(), PLACE, errors);
    let mut schema = empty(written, krate(&options, PLACE, errors));
    for meta in &options {
        option(&mut schema, meta, errors);
    }
    Some(schema)
}

/// The schema with only the tables, before any option is applied.
fn empty(written: Written, krate: Path) -> Schema {
    Schema {
        krate,
        attributes: written.attributes,
        visibility: written.visibility,
        ident: written.ident,
        tables: written.tables,
        views: Vec::new(),
        functions: Vec::new(),
        sequences: Vec::new(),
        extensions: Vec::new(),
        roles: Vec::new(),
        grants: Vec::new(),
        isolation: Isolation::RowSecurity(RowSecurity::default()),
        audit: None,
        updated_at: None,
    }
}

fn option(schema: &mut Schema, meta: &Meta, errors: &Errors) {
    match meta.word().as_str() {
        "views" => schema.views = value::paths(meta, PLACE, errors).unwrap_or_default(),
        "functions" => schema.functions = value::paths(meta, PLACE, errors).unwrap_or_default(),
        "sequence" => schema.sequences.extend(named::sequence(meta, errors)),
        "extension" => schema.extensions.extend(named::extension(meta, errors)),
        "role" => schema.roles.extend(named::role(meta, errors)),
        "grant" => schema.grants.extend(grant::grant(meta, errors)),
        "isolation" => {
            if let Some(isolation) = isolation::isolation(meta, errors) {
                schema.isolation = isolation;
            }
        }
        "audit" => schema.audit = isolation::audit(meta, errors),
        "updated_at" => schema.updated_at = updated_at::updated_at(meta, errors),
        _ => {}
    }
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
