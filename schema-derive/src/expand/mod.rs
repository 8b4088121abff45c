//! [`ast`](crate::ast) → tokens. No rules, no parsing; one file per emitted thing.
//!
//! The output is const data and calls into the core; every path in it is absolute or goes through `__s`, the crate's private module.

mod column;
mod constraints;
mod domain;
mod expr;
mod fallback;
mod finder;
mod index;
mod key;
mod partition;
mod policy;
mod query;
mod reference;
mod routine;
mod schema;
mod search;
mod secret;
mod source;
mod sql_enum;
mod table;
mod transition;
mod trigger;
mod view;

pub(crate) use domain::domain;
pub(crate) use fallback::{
    fallback_domain, fallback_routine, fallback_schema, fallback_sql_enum, fallback_table,
    fallback_view,
};
pub(crate) use key::key;
pub(crate) use routine::routine;
pub(crate) use schema::schema;
pub(crate) use sql_enum::sql_enum;
pub(crate) use table::table;
pub(crate) use view::view;

use proc_macro2::{Group, Literal, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Ident, Path};

use crate::ast::{Table, Text};

/// The errors, and beside them what keeps the rest of the crate from failing too.
pub(crate) fn beside_error(error: &syn::Error, fallback: &TokenStream) -> TokenStream {
    let errors = error.to_compile_error();
    quote!(#errors #fallback)
}

/// A block that pollutes no namespace.
fn const_block(krate: &Path, items: &TokenStream) -> TokenStream {
    quote! {
        #[doc(hidden)]
        #[automatically_derived]
        #[allow(missing_docs, unreachable_pub, dead_code, unused_imports, unused_variables, private_interfaces, private_bounds, non_camel_case_types, non_snake_case, clippy::all, clippy::pedantic)]
        const _: () = {
            use #krate::__private as __s;
            #items
        };
    }
}

/// The tokens with another place. rustc's arrow spans from the first token of an expression to its last, so each of them counts.
fn located_at(tokens: TokenStream, span: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        match token {
            TokenTree::Group(group) => {
                let inner = located_at(group.stream(), span);
                let mut relocated = Group::new(group.delimiter(), inner);
                relocated.set_span(group.span());
                TokenTree::Group(relocated)
            }
            other => other,
        }
    };
    tokens.into_iter().map(relocate).collect()
}

/// The names of columns, as texts: `&["a", "b"]`.
fn names(table: &Table, columns: &[Ident]) -> TokenStream {
    let names = columns.iter().map(|column| name_of(table, column));
    quote!(&[#(#names),*])
}

/// The name of a column, as a text.
fn name_of(table: &Table, column: &Ident) -> Literal {
    table.column(column).map_or_else(
        || Literal::string(&column.to_string()),
        |column| Literal::string(&column.name.value),
    )
}

/// `.method("text")`, where there is a text.
fn with_text(method: &str, text: Option<&Text>) -> TokenStream {
    let method = Ident::new(method, Span::call_site());
    text.map_or_else(TokenStream::new, |text| {
        let value = &text.value;
        quote!(.#method(#value))
    })
}

/// An optional text: `Some("a")` or `None`.
fn optional_text(text: Option<&Text>) -> TokenStream {
    text.map_or_else(
        || quote!(__s::None),
        |text| {
            let value = &text.value;
            quote!(__s::Some(#value))
        },
    )
}

/// `.include(&[..])`, or nothing.
fn include(table: &Table, columns: &[Ident]) -> TokenStream {
    if columns.is_empty() {
        return TokenStream::new();
    }
    let columns = names(table, columns);
    quote!(.include(#columns))
}
