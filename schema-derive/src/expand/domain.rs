use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::block::const_block;
use super::calls::{list, optional_text, with_text};
use super::{column, expr, key};
use crate::ast::{Check, Domain};

/// The impls of `Domain`, `Newtype` and `SqlValue`.
///
/// The core implements the other traits of columns for every `Newtype`.
pub(crate) fn domain(domain: &Domain) -> TokenStream {
    let ident = &domain.ident;
    let Some(inner) = &domain.inner else {
        return incomplete(domain);
    };
    let definition = definition(domain, inner);
    let conversions = key::conversions(ident, inner);
    const_block(
        &domain.krate,
        &quote! {
            impl __s::SqlValue for #ident {
                type Base = Self;
                const TYPE: __s::SqlType = __s::SqlType::Domain(<Self as __s::Domain>::DEF);
            }
            impl __s::Newtype for #ident {
                type Inner = #inner;
                fn as_inner(&self) -> &#inner {
                    &self.0
                }
            }
            impl __s::Domain for #ident {
                const DEF: &'static __s::DomainDef = #definition;
            }
            // rustc evaluates the associated const only if something uses it.
            const _: &__s::DomainDef = <#ident as __s::Domain>::DEF;
            #conversions
            __s::sqlx_domain!(#ident, #inner);
        },
    )
}

/// The fallback beside an error: a type that columns can have, so that its columns are not errors too.
pub(super) fn incomplete(domain: &Domain) -> TokenStream {
    let ident = &domain.ident;
    let inner = domain.inner.as_ref();
    let base = inner.map(|inner| {
        let conversions = key::conversions(ident, inner);
        quote! {
            impl __s::Newtype for #ident {
                type Inner = #inner;
                fn as_inner(&self) -> &#inner {
                    &self.0
                }
            }
            #conversions
        }
    });
    let unread = base.is_none().then(|| quote!(__s::no_value!(#ident);));
    const_block(
        &domain.krate,
        &quote! {
            impl __s::SqlValue for #ident {
                type Base = Self;
                const TYPE: __s::SqlType = __s::SqlType::Scalar(__s::ScalarType::Text);
            }
            #unread
            #base
        },
    )
}

fn definition(domain: &Domain, inner: &Type) -> TokenStream {
    let schema = optional_text(domain.schema.as_ref());
    let name = &domain.name.value;
    let base = base(domain, inner);
    let comment = with_text("comment", domain.comment.as_ref());
    let checks = list("checks", domain.checks.iter().map(check));
    quote!(&__s::DomainDef::new(__s::TableName::new(#schema, #name), #base) #comment #checks)
}

fn base(domain: &Domain, inner: &Type) -> TokenStream {
    match &domain.sql_type {
        Some(sql_type) => {
            let (word, value) = (column::word(sql_type), column::sql_type(sql_type));
            quote!(__s::domain_base_as::<#inner, #word>(#value))
        }
        None => quote!(__s::domain_base::<#inner>()),
    }
}

fn check(check: &Check) -> TokenStream {
    let name = optional_text(check.name.as_ref());
    let condition = expr::by_name(&check.condition);
    quote!(__s::DomainCheckDef { name: #name, condition: #condition })
}
