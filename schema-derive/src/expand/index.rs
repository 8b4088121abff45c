use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::calls::with_text;
use super::expr;
use super::names::{include, name_of};
use crate::ast::{Index, IndexPart, Table};

pub(super) fn index(table: &Table, index: &Index) -> TokenStream {
    let parts = index.parts.iter().map(|part| self::part(table, part));
    let name = with_text("name", index.name.as_ref());
    let unique = index.unique.then(|| quote!(.unique()));
    let nulls = index
        .nulls_not_distinct
        .map(|_| quote!(.nulls_not_distinct()));
    let method = index.method.map(|method| {
        let method = format_ident!("{method}");
        quote!(.method(__s::IndexMethod::#method))
    });
    let include = include(table, &index.include);
    let filter = index.filter.as_ref().map(|filter| {
        let filter = expr::expr(table, filter);
        quote!(.filter(#filter))
    });
    quote!(__s::IndexDef::new(&[#(#parts),*]) #name #unique #nulls #method #include #filter)
}

fn part(table: &Table, part: &IndexPart) -> TokenStream {
    let start = if let Some(column) = part.column() {
        let name = name_of(table, column);
        quote!(__s::IndexPart::column(#name))
    } else {
        let value = expr::expr(table, &part.value);
        quote!(__s::IndexPart::new(#value))
    };
    let desc = part.descending.then(|| quote!(.desc()));
    let nulls = part.nulls_first.map(|first| {
        let variant = format_ident!("{}", if first { "First" } else { "Last" });
        quote!(.nulls(__s::Nulls::#variant))
    });
    let collation = part
        .collation
        .as_ref()
        .map(|collation| quote!(.collation(#collation)));
    let operator_class = with_text("operator_class", part.operator_class.as_ref());
    quote!(#start #desc #nulls #collation #operator_class)
}
