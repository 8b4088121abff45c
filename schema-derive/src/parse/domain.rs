//! `#[derive(Domain)]`.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use syn::Data;

use super::derive_input::{derive_input, keys, krate, reject};
use super::docs::doc_comment;
use super::key::inner;
use super::meta::Meta;
use super::{constraint, sql_type, value};
use crate::ast::{Domain, Text, unraw};
use crate::errors::Errors;
use crate::keys::{Place, type_word};

const PLACE: Place = Place::Domain;

pub(crate) fn domain(input: TokenStream, errors: &Errors) -> Option<Domain> {
    let input = derive_input(input, errors)?;
    let metas = keys(&input.attrs, "domain", PLACE, errors);
    if !input.generics.params.is_empty() {
        errors.push_on(
            &input.generics,
            "a domain is one type and takes no generic parameters",
        );
        return None;
    }
    let inner = inner(&input);
    if inner.is_none() {
        errors.push_on(
            &input.ident,
            "a domain is a tuple struct of one field: `struct EmailAddress(String);`",
        );
    }
    if let Data::Struct(data) = &input.data {
        for field in &data.fields {
            reject(&field.attrs, "domain", "the struct", errors);
        }
    }
    let mut domain = Domain {
        krate: krate(&metas, PLACE, errors),
        name: Text {
            value: unraw(&input.ident).to_snake_case(),
            span: input.ident.span(),
        },
        comment: doc_comment(&input.attrs),
        ident: input.ident,
        inner,
        schema: None,
        sql_type: None,
        checks: Vec::new(),
    };
    for meta in &metas {
        apply(&mut domain, meta, errors);
    }
    Some(domain)
}

fn apply(domain: &mut Domain, meta: &Meta, errors: &Errors) {
    let word = meta.word();
    if let Some(word) = type_word(&word) {
        let sql_type = sql_type::from_meta(meta, word, errors);
        return sql_type::add(&mut domain.sql_type, sql_type, "domain", errors);
    }
    match word.as_str() {
        "name" => {
            if let Some(name) = value::name(meta, PLACE, errors) {
                domain.name = name;
            }
        }
        "schema" => domain.schema = value::name(meta, PLACE, errors),
        "check" => domain
            .checks
            .extend(constraint::check(meta, None, PLACE, errors)),
        "check_sql" => domain
            .checks
            .extend(constraint::check_sql(meta, None, PLACE, errors)),
        "comment" => domain.comment = value::text(meta, PLACE, errors),
        _ => {}
    }
}
