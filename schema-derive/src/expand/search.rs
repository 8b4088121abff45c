use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::located::located_at;
use super::names::name_of;
use crate::ast::{Search, SearchPart, Table};

/// `.search(SearchDef::new("search", "english", &[..]))`
pub(super) fn search(table: &Table, search: &Search) -> TokenStream {
    let (column, language) = (&search.column.value, &search.language.value);
    let parts = search.parts.iter().map(|part| self::part(table, part));
    quote!(.search(__s::SearchDef::new(#column, #language, &[#(#parts),*])))
}

/// A searched column. Its type has the span of the word in `search(..)`, where rustc reports a type that is not a text.
fn part(table: &Table, part: &SearchPart) -> Option<TokenStream> {
    let rust_type = &table.column(&part.column)?.rust_type;
    let span = part.column.span();
    let rust_type = located_at(quote!(#rust_type), span);
    let name = name_of(table, &part.column);
    let weight = format_ident!("{}", part.weight);
    Some(quote!(__s::SearchPart::new::<#rust_type>(#name, __s::Weight::#weight)))
}
