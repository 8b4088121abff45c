//! Calls of the core's builders that several definitions use, and their values.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Ident;

use crate::ast::Text;

/// `.method("text")`, or nothing without a text.
pub(super) fn with_text(method: &str, text: Option<&Text>) -> TokenStream {
    let method = Ident::new(method, Span::call_site());
    text.map_or_else(TokenStream::new, |text| {
        let value = &text.value;
        quote!(.#method(#value))
    })
}

/// An optional text: `Some("a")` or `None`.
pub(super) fn optional_text(text: Option<&Text>) -> TokenStream {
    text.map_or_else(
        || quote!(__s::None),
        |text| {
            let value = &text.value;
            quote!(__s::Some(#value))
        },
    )
}

/// `.method(&[..])`, or nothing without items.
pub(super) fn list(method: &str, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return TokenStream::new();
    }
    let method = format_ident!("{method}");
    quote!(.#method(&[#(#items),*]))
}

/// `.method()`, or nothing if the flag is not set.
pub(super) fn flag(method: &str, is_set: bool) -> Option<TokenStream> {
    let method = format_ident!("{method}");
    is_set.then(|| quote!(.#method()))
}
