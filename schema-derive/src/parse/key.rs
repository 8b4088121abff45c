//! `#[derive(Key)]`.

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Fields, Type};

use super::derive_input::{derive_input, keys, krate, reject};
use crate::ast::Key;
use crate::errors::Errors;
use crate::keys::Place;

pub(crate) fn key(input: TokenStream, errors: &Errors) -> Option<Key> {
    let input = derive_input(input, errors)?;
    let metas = keys(&input.attrs, "key", Place::Key, errors);
    if !input.generics.params.is_empty() {
        errors.push_on(
            &input.generics,
            "a key is one type and takes no generic parameters",
        );
        return None;
    }
    let inner = inner(&input);
    if inner.is_none() {
        errors.push_on(
            &input.ident,
            "a key is a tuple struct of one field: `struct UserId(Uuid);`",
        );
    }
    if let Data::Struct(data) = &input.data {
        for field in &data.fields {
            reject(&field.attrs, "key", "the struct", errors);
        }
    }
    Some(Key {
        krate: krate(&metas, Place::Key, errors),
        ident: input.ident,
        inner,
    })
}

/// The type of the field of a tuple struct with one field.
pub(super) fn inner(input: &DeriveInput) -> Option<Type> {
    let Data::Struct(data) = &input.data else {
        return None;
    };
    match &data.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| field.ty.clone())
        }
        _ => None,
    }
}
