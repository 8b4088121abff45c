use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::ast::{Column, Table, unraw};

/// `impl Debug` for the struct of a table with secrets, which `#[derive(Debug)]` would print.
pub(super) fn debug(table: &Table) -> Option<TokenStream> {
    let has_secret = table.columns.iter().any(|column| column.secret.is_some());
    has_secret.then(|| implementation(table))
}

fn implementation(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let name = unraw(ident);
    let generics = with_bounds(table);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let fields = table.columns.iter().map(field);
    quote! {
        impl #impl_generics __s::core::fmt::Debug for #ident #type_generics #where_clause {
            fn fmt(&self, f: &mut __s::core::fmt::Formatter<'_>) -> __s::core::fmt::Result {
                f.debug_struct(#name) #(#fields)* .finish()
            }
        }
    }
}

/// A field of the output. A secret is printed as a placeholder, so its type needs no `Debug`.
fn field(column: &Column) -> TokenStream {
    let (field, name) = (&column.field, &column.field_name);
    if column.secret.is_some() {
        return quote!(.field(#name, &__s::core::format_args!("[secret]")));
    }
    let value = quote_spanned!(column.rust_type.span()=> &self.#field);
    quote!(.field(#name, #value))
}

/// The generics, with a bound `Debug` on the type of each field that is not secret.
fn with_bounds(table: &Table) -> syn::Generics {
    let mut generics = table.generics.clone();
    if generics.type_params().next().is_none() {
        return generics;
    }
    let predicates = &mut generics.make_where_clause().predicates;
    for column in table
        .columns
        .iter()
        .filter(|column| column.secret.is_none())
    {
        let rust_type = &column.rust_type;
        predicates.push(syn::parse_quote!(#rust_type: __s::core::fmt::Debug));
    }
    generics
}
