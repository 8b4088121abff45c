//! The items of typed queries: reading a row, the key, the struct of a new row, and the finders.
//!
//! Without the feature `postgres` none of them is generated.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::finder;
use super::kind::{
    Kind, WITH_QUERIES, full_kind, is_composite, is_plain, key_columns, kind, target, target_of,
};
use super::relation::columns_ident;
use crate::ast::{Column, Ownership, Table, unraw};

/// The items in the const block of a table.
pub(super) fn table(table: &Table) -> TokenStream {
    if !is_plain(table) {
        return TokenStream::new();
    }
    let relation = relation(table, &quote!(table), &reader(table), &reach(table));
    let key = key(table);
    let finders = finders(table);
    let foreign_keys = foreign_keys(table);
    let new_row = new_row_impl(table, &new_values(table));
    quote!(use __s::{ReadTyped as _, TypedValue as _, Untyped as _}; #relation #key #foreign_keys #finders #new_row)
}

/// The fallback beside an error: the same items, so that one mistake causes only one error. They never run.
pub(super) fn fallback(table: &Table) -> TokenStream {
    if !is_plain(table) {
        return TokenStream::new();
    }
    let nothing = quote!(__s::unread(cells));
    let ident = &table.ident;
    let reach = reached_by_all(table);
    let reach = quote!(#reach impl<__K> __s::OwnedIn<__K> for #ident {});
    let relation = relation(table, &quote!(table), &nothing, &reach);
    let key = key(table);
    let finders = finders(table);
    let foreign_keys = foreign_keys(table);
    let new_row = new_row_impl(table, &TokenStream::new());
    quote!(#relation #key #foreign_keys #finders #new_row)
}

/// The items in the const block of a view.
pub(super) fn view(view: &Table) -> TokenStream {
    if !WITH_QUERIES {
        return TokenStream::new();
    }
    let relation = relation(view, &quote!(view), &reader(view), &reach(view));
    quote!(use __s::{ReadTyped as _, Untyped as _}; #relation)
}

/// The struct of a new row. It is outside of the const block because users name it.
pub(super) fn new_row(table: &Table) -> TokenStream {
    if !is_plain(table) {
        return TokenStream::new();
    }
    let (visibility, new) = (&table.visibility, new_ident(table));
    let fields = required(table).map(|(_, column)| {
        let (field, visibility, rust_type) = (&column.field, &column.visibility, &column.rust_type);
        quote!(#visibility #field: #rust_type)
    });
    let documentation = format!(
        "A new row of [`{}`]: the columns that need a value.",
        unraw(&table.ident)
    );
    quote! {
        #[doc = #documentation]
        #[allow(dead_code, missing_docs, non_snake_case, unreachable_pub)]
        #visibility struct #new { #(#fields),* }
    }
}

fn new_ident(table: &Table) -> Ident {
    format_ident!("New{}", unraw(&table.ident))
}

/// The impl of `NewRow`, which gives a statement the values of a new row.
fn new_row_impl(table: &Table, values: &TokenStream) -> TokenStream {
    let (ident, new) = (&table.ident, new_ident(table));
    quote! {
        impl __s::NewRow for #new {
            type Table = #ident;
            fn values(self, into: &mut __s::NewValues<'_>) { #values }
        }
    }
}

fn new_values(table: &Table) -> TokenStream {
    let values = required(table).map(|(position, column)| {
        let (field, rust_type) = (&column.field, &column.rust_type);
        quote!((&&__s::Typed::<#rust_type>::NEW).put(into, #position, self.#field);)
    });
    quote!(#(#values)*)
}

/// The columns that a new row must have a value for: neither the database nor Freehold sets them, and they have no
/// default and are not an `Option`.
fn required(table: &Table) -> impl Iterator<Item = (usize, &Column)> {
    let columns = table.columns.iter().enumerate();
    columns.filter(|(_, column)| {
        let is_given = column.default.is_some()
            || column.is_created_at()
            || column.identity.is_some()
            || is_optional(column);
        !is_given && kind(table, column) != Kind::Fixed
    })
}

/// Whether the type is written `Option<..>`. An `Option` behind an alias is not recognised, so a new row must have it.
fn is_optional(column: &Column) -> bool {
    let syn::Type::Path(path) = &column.rust_type else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|segment| segment.ident == "Option")
}

/// `impl Relation for Task`
fn relation(
    table: &Table,
    what: &TokenStream,
    read: &TokenStream,
    reach: &TokenStream,
) -> TokenStream {
    let ident = &table.ident;
    let columns = columns_ident(table);
    let (constructor, model) = if what.to_string() == "view" {
        (quote!(view), quote!(View))
    } else {
        (quote!(table), quote!(Table))
    };
    let number = match table.columns.first() {
        Some(column) => {
            let field = &column.field;
            quote!(self.#field.source())
        }
        None => quote!(0),
    };
    quote! {
        static __META: __s::Meta = __s::Meta::#constructor(<#ident as __s::#model>::DEF);
        impl<__Source> __s::ColumnsOf for #columns<__Source> {
            type Relation = #ident;
            fn at(source: __s::core::primitive::u8) -> Self { Self::at(source) }
            fn source(&self) -> __s::core::primitive::u8 { #number }
        }
        impl __s::Relation for #ident {
            type Fields = #columns;
            type OuterFields = #columns<__s::Outer<#ident>>;
            fn meta() -> &'static __s::Meta { &__META }
            fn read(cells: &mut __s::RowReader<'_>) -> __s::Result<Self, __s::ReadError> { #read }
        }
        #reach
    }
}

fn reader(table: &Table) -> TokenStream {
    let fields = table.columns.iter().map(|column| {
        let (field, rust_type) = (&column.field, &column.rust_type);
        // `?` would make rustc resolve a `From` for each field. No constant of a user has these names.
        quote! {
            #field: match (&&__s::Typed::<#rust_type>::NEW).read(cells) {
                __s::Ok(__value) => __value,
                __s::Err(__error) => return __s::Err(__error)
            }
        }
    });
    quote! {
        __s::Ok(Self { #(#fields),* })
    }
}

/// The impls that declare whose scope reaches the rows.
fn reach(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let by_key = |column: Option<&Ident>| {
        let key = type_of(table, column);
        key.map(|key| quote!(impl __s::InScopeOf<#key> for #ident {} impl __s::OwnedIn<#key> for #ident {}))
    };
    match table.ownership() {
        Some(Ownership::Owner(_)) => {
            let reach = by_key(table.key_columns().first());
            quote!(#reach impl __s::AddedUnscoped for #ident {})
        }
        Some(Ownership::Scope(column)) => by_key(Some(column)).unwrap_or_default(),
        Some(Ownership::Through(column)) => {
            let parent = table
                .column(column)
                .and_then(|column| target(table, column));
            let reach = parent.map(|parent| {
                quote! {
                    impl<__K> __s::InScopeOf<__K> for #ident where #parent: __s::InScopeOf<__K> {}
                    impl<__K> __s::OwnedIn<__K> for #ident where #parent: __s::OwnedIn<__K> {}
                }
            });
            reach.unwrap_or_default()
        }
        Some(Ownership::Internal(_)) => quote!(impl __s::AddedUnscoped for #ident {}),
        Some(Ownership::Shared(_)) | None => reached_by_all(table),
    }
}

/// The impls that let every scope reach the rows: for a shared table, and beside an error, so that the statements over
/// the table are not errors too.
fn reached_by_all(table: &Table) -> TokenStream {
    let ident = &table.ident;
    quote! {
        impl<__K> __s::InScopeOf<__K> for #ident {}
        impl __s::Shared for #ident {}
        impl __s::AddedUnscoped for #ident {}
    }
}

fn type_of<'a>(table: &'a Table, column: Option<&Ident>) -> Option<&'a syn::Type> {
    Some(&table.column(column?)?.rust_type)
}

/// `impl HasForeignKey<(Part<1, Free>, Part<2, Free>), Order> for Line`, for each foreign key of several columns.
///
/// Of two foreign keys over the same columns only the first counts, as for a single column.
fn foreign_keys(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let mut seen = Vec::new();
    let mut impls = TokenStream::new();
    for key in table.foreign_keys.iter().filter(|key| is_composite(key)) {
        let columns = key.columns.iter().filter_map(|own| table.column(own));
        let kinds = columns.map(|column| full_kind(table, column));
        let kinds = quote!((#(#kinds),*));
        let Some(target) = target_of(table, key).filter(|_| !seen.contains(&kinds.to_string()))
        else {
            continue;
        };
        impls.extend(quote!(impl __s::HasForeignKey<#kinds, #target> for #ident {}));
        seen.push(kinds.to_string());
    }
    impls
}

/// `impl Keyed<TaskId> for Task`
fn key(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let types: Vec<_> = key_columns(table, false)
        .map(|column| &column.rust_type)
        .collect();
    let key = match types.as_slice() {
        [only] => quote!(#only),
        several => quote!((#(#several),*)),
    };
    quote!(impl __s::Keyed<#key> for #ident {})
}

fn finders(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let finders = finder::finders(table);
    if finders.is_empty() {
        return TokenStream::new();
    }
    let methods = finders.iter().map(|finder| finder::method(table, finder));
    quote!(impl #ident { #(#methods)* })
}
