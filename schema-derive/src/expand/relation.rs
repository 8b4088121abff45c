//! What tables and views share: the struct of the columns, the ownership, and the allowed rules.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::calls::list;
use super::kind;
use super::names::name_of;
use crate::ast::{Ownership, Table, unraw};

/// The struct with one field for each column.
///
/// `Task::COLUMNS.title` names a column, and rustc reports a wrong name at the word.
pub(super) fn columns_struct(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let columns = columns_ident(table);
    let (_, type_generics, where_clause) = table.generics.split_for_impl();
    let (parameters, owner) = if kind::is_plain(table) {
        // What the table is in a statement: the table itself, or `Outer`, which may have no row.
        (quote!(<__Source = #ident>), quote!(__Source))
    } else {
        let generics = &table.generics;
        (quote!(#generics), quote!(#ident #type_generics))
    };
    let implementation = columns_at(table);
    // `ColumnsOf` names the table, which must not be more private than the columns.
    let visibility = &table.visibility;
    let fields = table.columns.iter().map(|column| {
        let (field, rust_type) = (&column.field, &column.rust_type);
        let kind = kind::kind_of(table, column);
        quote!(pub #field: __s::Column<#owner, #rust_type #kind>)
    });
    // Beside an error there may be no column, and then nothing else uses the parameter.
    let unused = table
        .columns
        .is_empty()
        .then(|| quote!(__source: __s::core::marker::PhantomData<fn() -> #owner>));
    quote! {
        #visibility struct #columns #parameters #where_clause { #(#fields,)* #unused }
        #implementation
    }
}

/// The function `at`, which makes the columns of the statement's table number `source`.
fn columns_at(table: &Table) -> TokenStream {
    let columns = columns_ident(table);
    let (impl_generics, type_generics, where_clause) = table.generics.split_for_impl();
    let (parameters, arguments) = if kind::is_plain(table) {
        (quote!(<__Source>), quote!(<__Source>))
    } else {
        (quote!(#impl_generics), quote!(#type_generics))
    };
    let values = table.columns.iter().zip(0_u16..).map(|(column, at)| {
        let (field, name) = (&column.field, &column.name.value);
        quote!(#field: __s::Column::new(source, #at, #name))
    });
    let unused = table
        .columns
        .is_empty()
        .then(|| quote!(__source: __s::core::marker::PhantomData));
    quote! {
        impl #parameters #columns #arguments #where_clause {
            const fn at(source: __s::core::primitive::u8) -> Self {
                Self { #(#values,)* #unused }
            }
        }
    }
}

/// The name of the struct of the columns. No type of a field has such a name.
pub(super) fn columns_ident(table: &Table) -> syn::Ident {
    format_ident!("__{}Columns", unraw(&table.ident))
}

pub(super) fn ownership(table: &Table) -> TokenStream {
    match table.ownership() {
        Some(Ownership::Owner(_)) => quote!(__s::Ownership::Owner),
        Some(Ownership::Scope(column)) => {
            let name = name_of(table, column);
            quote!(__s::Ownership::Scope(#name))
        }
        Some(Ownership::Through(column)) => {
            let name = name_of(table, column);
            quote!(__s::Ownership::Through(#name))
        }
        Some(Ownership::Internal(_)) => quote!(__s::Ownership::Internal),
        Some(Ownership::Shared(_)) | None => quote!(__s::Ownership::Shared),
    }
}

/// `.allow(&[..])`, or nothing without allowed rules.
pub(super) fn allow(table: &Table) -> TokenStream {
    let rules = table.allow.iter().map(|rule| {
        let rule = rule.to_string();
        quote!(#rule)
    });
    list("allow", rules)
}
