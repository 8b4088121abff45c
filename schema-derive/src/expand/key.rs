use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type};

use super::block::const_block;
use crate::ast::Key;

/// The impls of `Key`, `Newtype` and `SqlValue`.
///
/// The core implements the other traits of columns for every `Newtype` and `Key`.
pub(crate) fn key(key: &Key) -> TokenStream {
    let ident = &key.ident;
    let Some(inner) = &key.inner else {
        return fallback(key);
    };
    let conversions = conversions(ident, inner);
    const_block(
        &key.krate,
        &quote! {
            impl __s::SqlValue for #ident {
                type Base = Self;
                const TYPE: __s::SqlType = __s::key_type::<#inner>();
            }
            impl __s::Newtype for #ident {
                type Inner = #inner;
                fn as_inner(&self) -> &#inner {
                    &self.0
                }
            }
            impl __s::Key for #ident {}
            // rustc evaluates the associated const only if something uses it.
            const _: __s::SqlType = <#ident as __s::SqlValue>::TYPE;
            #conversions
            __s::sqlx_key!(#ident, #inner);
        },
    )
}

/// The fallback beside an error: a type that columns can have, so that its columns are not errors too.
fn fallback(key: &Key) -> TokenStream {
    let ident = &key.ident;
    const_block(
        &key.krate,
        &quote! {
            impl __s::SqlValue for #ident {
                type Base = Self;
                const TYPE: __s::SqlType = __s::SqlType::Scalar(__s::ScalarType::Uuid);
            }
            __s::no_value!(#ident);
        },
    )
}

pub(super) fn conversions(ident: &Ident, inner: &Type) -> TokenStream {
    quote! {
        impl __s::core::convert::From<#inner> for #ident {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }
        impl __s::core::convert::From<#ident> for #inner {
            fn from(key: #ident) -> Self {
                key.0
            }
        }
    }
}
