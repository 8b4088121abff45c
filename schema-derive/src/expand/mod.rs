//! [`ast`](crate::ast) → tokens. No rules, no parsing; one file for each emitted item.
//!
//! The output is const data and calls into the core. Every path in it is absolute or goes through `__s`, the private
//! module of the crate `freehold`.

mod block;
mod calls;
mod column;
mod constraints;
mod domain;
mod expr;
mod fallback;
mod finder;
mod index;
mod key;
mod kind;
mod located;
mod names;
mod partition;
mod policy;
mod query;
mod reference;
mod relation;
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
mod volume;

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

use proc_macro2::TokenStream;
use quote::quote;

/// The errors, and beside them a fallback that keeps the rest of the user's crate from failing too.
pub(crate) fn beside_error(error: &syn::Error, fallback: &TokenStream) -> TokenStream {
    let errors = error.to_compile_error();
    quote!(#errors #fallback)
}
