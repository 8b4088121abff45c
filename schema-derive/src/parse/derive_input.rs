//! The item with the derive, and its attributes.

use proc_macro2::TokenStream;
use syn::{Attribute, DeriveInput, Meta as SynMeta, Path};

use super::meta::{Meta, metas};
use super::value;
use crate::errors::Errors;
use crate::keys::Place;

/// Parses the item.
pub(super) fn derive_input(input: TokenStream, errors: &Errors) -> Option<DeriveInput> {
    errors.ok(syn::parse2(input))
}

/// The keys of all attributes with this name: `#[table(..)] #[table(..)]` is one list.
pub(super) fn keys(
    attributes: &[Attribute],
    name: &str,
    place: Place,
    errors: &Errors,
) -> Vec<Meta> {
    let mut tokens = TokenStream::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
    {
        match &attribute.meta {
            SynMeta::List(list) => {
                tokens.extend(list.tokens.clone());
                tokens.extend(quote::quote!(,));
            }
            SynMeta::Path(_) => {}
            SynMeta::NameValue(_) => {
                errors.push_on(
                    attribute,
                    format!(
                        "`{name}` takes its keys in parentheses: `{}`",
                        place.written()
                    ),
                );
            }
        }
    }
    metas(tokens, place, errors)
}

/// Reports an attribute that belongs elsewhere.
pub(super) fn reject(attributes: &[Attribute], name: &str, belongs: &str, errors: &Errors) {
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(name))
    {
        errors.push_on(
            attribute.path(),
            format!("`#[{name}(..)]` does not belong here; write it on {belongs}"),
        );
    }
}

/// The path of the crate `freehold`: `crate = ..`, by default `::freehold`.
pub(super) fn krate(metas: &[Meta], place: Place, errors: &Errors) -> Path {
    metas
        .iter()
        .find(|meta| meta.word() == "crate")
        .and_then(|meta| value::path(meta, place, errors))
        .unwrap_or_else(|| syn::parse_quote!(::freehold))
}
