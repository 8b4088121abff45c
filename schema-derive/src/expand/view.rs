use proc_macro2::TokenStream;
use quote::quote;

use super::block::const_block;
use super::calls::{list, optional_text, with_text};
use super::source::source;
use super::{index, query, relation};
use crate::ast::{Column, View};

/// The impl of `View`, the struct of its columns, and the code that reads a row.
pub(crate) fn view(view: &View) -> TokenStream {
    let definition = definition(view);
    // rustc evaluates a static even if nothing uses it, and checks it only once.
    let place = quote!(static __DEFINITION: __s::ViewDef = #definition;);
    with_definition(view, &quote!(&__DEFINITION), &place)
}

/// The fallback beside an error: the same without the content of the attributes.
pub(super) fn incomplete(view: &View) -> TokenStream {
    let definition = quote!(&__s::ViewDef::incomplete(Self::NAME, Self::OWNERSHIP));
    with_definition(view, &definition, &TokenStream::new())
}

fn with_definition(view: &View, definition: &TokenStream, place: &TokenStream) -> TokenStream {
    let columns = relation::columns_struct(&view.table);
    let implementation = implementation(view, definition);
    let row = view.has_fields.then(|| row(view));
    let queries = view.has_fields.then(|| query::view(&view.table));
    const_block(
        &view.table.krate,
        &quote!(#columns #place #implementation #row #queries),
    )
}

fn implementation(view: &View, definition: &TokenStream) -> TokenStream {
    let table = &view.table;
    let ident = &table.ident;
    let columns = relation::columns_ident(table);
    let schema = optional_text(table.schema.as_ref());
    let name = &table.name.value;
    let ownership = relation::ownership(table);
    let materialized = view
        .materialized
        .map(|_| quote!(impl __s::MaterializedView for #ident {}));
    quote! {
        impl __s::View for #ident {
            type Columns = #columns;
            const NAME: __s::TableName = __s::TableName::new(#schema, #name);
            const OWNERSHIP: __s::Ownership = #ownership;
            const COLUMNS: #columns = <#columns>::at(0);
            const DEF: &'static __s::ViewDef = #definition;
        }
        #materialized
    }
}

fn definition(view: &View) -> TokenStream {
    let table = &view.table;
    let columns = table.columns.iter().map(column);
    let query = view.query.as_ref().map(source);
    let comment = with_text("comment", table.comment.as_ref());
    let materialized = view.materialized.map(|_| quote!(.materialized()));
    let definer = view
        .is_security_definer()
        .then(|| quote!(.security_definer()));
    let indexes = table.indexes.iter().map(|index| index::index(table, index));
    let indexes = list("indexes", indexes);
    let allow = relation::allow(table);
    let ident = &table.ident;
    quote! {
        __s::ViewDef::new(<#ident as __s::View>::NAME, <#ident as __s::View>::OWNERSHIP, &[#(#columns),*], #query)
            #comment #materialized #definer #indexes #allow
    }
}

fn column(column: &Column) -> TokenStream {
    let (rust_type, name) = (&column.rust_type, &column.name.value);
    let comment = with_text("comment", column.comment.as_ref());
    quote!(__s::ViewColumnDef::new::<#rust_type>(#name) #comment)
}

/// The code that reads a row of a result into the struct.
fn row(view: &View) -> TokenStream {
    let ident = &view.table.ident;
    let fields = view.table.columns.iter().map(|column| {
        let (field, rust_type, name) = (&column.field, &column.rust_type, &column.name.value);
        quote!(#field: #rust_type = #name)
    });
    quote!(__s::sqlx_row!(#ident { #(#fields),* });)
}
