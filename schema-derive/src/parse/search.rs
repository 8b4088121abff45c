//! `search(title = a, description = b, language = "english", column = search_vector)`

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};

use super::meta::{Meta, metas, split_at_commas};
use super::parts::joined;
use super::value;
use crate::ast::{Search, SearchPart, Text};
use crate::errors::Errors;
use crate::keys::{Place, SEARCH_COLUMN, SEARCH_LANGUAGE, WEIGHTS};

const PLACE: Place = Place::Search;

pub(super) fn search(meta: &Meta, errors: &Errors) -> Option<Search> {
    let group = value::list(meta, Place::Table, errors)?;
    let chunks = split_at_commas(group.stream()).into_iter();
    let (options, parts): (Vec<_>, Vec<_>) = chunks.partition(is_option);
    let options = metas(joined(options), PLACE, errors);
    if parts.is_empty() {
        errors.push_at(
            meta.span(),
            "`search(..)` names no column; write each with its weight: `search(title = a, description = b)`",
        );
    }
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    let named = |word: &str, default: &str| match find(word) {
        Some(option) => value::name(option, PLACE, errors),
        None => Some(Text {
            value: default.to_owned(),
            span: meta.span(),
        }),
    };
    Some(Search {
        column: named("column", SEARCH_COLUMN)?,
        language: named("language", SEARCH_LANGUAGE)?,
        parts: parts
            .into_iter()
            .filter_map(|tokens| part(tokens, errors))
            .collect(),
    })
}

/// Whether a chunk is an option. `r#language` is a column of that name.
fn is_option(chunk: &TokenStream) -> bool {
    let first = chunk.clone().into_iter().next();
    matches!(first, Some(TokenTree::Ident(word)) if PLACE.key(&word.to_string()).is_some())
}

/// `title = a`
struct Written {
    column: Ident,
    weight: Ident,
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let column = Ident::parse_any(input)?;
        input.parse::<Token![=]>()?;
        Ok(Self {
            column,
            weight: Ident::parse_any(input)?,
        })
    }
}

fn part(tokens: TokenStream, errors: &Errors) -> Option<SearchPart> {
    let Ok(Written { column, weight }) = syn::parse2(tokens.clone()) else {
        errors.push_on(
            tokens,
            "a column is written with its weight, from `a` (which counts most) to `d`: `title = a`",
        );
        return None;
    };
    Some(SearchPart {
        weight: value::one_of(&weight, WEIGHTS, "weight", errors)?,
        column,
    })
}
