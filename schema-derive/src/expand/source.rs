use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::LitStr;

use crate::ast::Source;

/// SQL that is passed on as written, as a const text.
pub(super) fn source(source: &Source) -> TokenStream {
    match source {
        Source::Text(text) => quote!(#text),
        Source::File(path) => file(path),
    }
}

/// The text of a file. The path is relative to the directory of the user's `Cargo.toml`; rustc reports errors at it.
fn file(path: &LitStr) -> TokenStream {
    quote_spanned! {path.span()=>
        __s::core::include_str!(__s::core::concat!(__s::core::env!("CARGO_MANIFEST_DIR"), "/", #path))
    }
}
