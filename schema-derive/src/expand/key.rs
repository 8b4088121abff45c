use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::Key;

/// The impls of `Key` and `SqlValue`; what else the type inside can do in a column, the core gives to every `Key`.
pub(crate) fn key(key: &Key) -> TokenStream {
    let (ident, inner) = (&key.ident, &key.inner);
    let conversions = conversions(key);
    super::const_block(
        &key.krate,
        &quote! {
            impl __s::SqlValue for #ident {
                type Base = Self;
                const TYPE: __s::SqlType = <#inner as __s::SqlValue>::TYPE;
            }
            impl __s::Key for #ident {
                type Inner = #inner;
                fn as_inner(&self) -> &#inner {
                    &self.0
                }
            }
            #conversions
            __s::sqlx_key!(#ident, #inner);
        },
    )
}

fn conversions(key: &Key) -> TokenStream {
    let (ident, inner) = (&key.ident, &key.inner);
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
