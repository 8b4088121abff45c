//! The names of columns in the database.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use crate::ast::Table;

/// The names of columns, as texts: `&["a", "b"]`.
pub(super) fn names(table: &Table, columns: &[Ident]) -> TokenStream {
    let names = columns.iter().map(|column| name_of(table, column));
    quote!(&[#(#names),*])
}

/// The name of a column, as a text.
pub(super) fn name_of(table: &Table, column: &Ident) -> Literal {
    table.column(column).map_or_else(
        || Literal::string(&column.to_string()),
        |column| Literal::string(&column.name.value),
    )
}

/// `.include(&[..])`, or nothing without columns.
pub(super) fn include(table: &Table, columns: &[Ident]) -> TokenStream {
    if columns.is_empty() {
        return TokenStream::new();
    }
    let columns = names(table, columns);
    quote!(.include(#columns))
}
