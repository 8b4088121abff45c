//! The finders, such as `Task::by_status(..)`: one for every prefix of a key, a unique constraint or an index.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::ast::{Column, Expr, Index, Ownership, Table};
use crate::keys::Method;

/// A finder: the columns by which an index finds rows.
pub(super) struct Finder<'a> {
    columns: Vec<&'a Column>,
    is_unique: bool,
}

impl Finder<'_> {
    /// `by_a_and_b`
    fn name(&self) -> Ident {
        let words: Vec<_> = self
            .columns
            .iter()
            .map(|column| column.field_name.as_str())
            .collect();
        format_ident!("by_{}", words.join("_and_"))
    }
}

/// The finders of a table, each name once. Every statement filters by the scope, so finders leave the scope out.
pub(super) fn finders(table: &Table) -> Vec<Finder<'_>> {
    let mut finders: Vec<Finder<'_>> = Vec::new();
    for finder in candidates(table) {
        let name = finder.name();
        match finders.iter_mut().find(|other| other.name() == name) {
            Some(other) => other.is_unique |= finder.is_unique,
            None => finders.push(finder),
        }
    }
    finders
}

fn candidates(table: &Table) -> impl Iterator<Item = Finder<'_>> {
    let key = prefixes(table, &table.key_columns().iter().collect::<Vec<_>>(), true);
    // `get` finds by the whole key.
    let key_length = without_scope(table, &table.key_columns().iter().collect::<Vec<_>>()).len();
    let key = key
        .into_iter()
        .filter(move |finder| finder.columns.len() < key_length);
    let uniques = table
        .uniques
        .iter()
        .flat_map(|unique| prefixes(table, &unique.columns.iter().collect::<Vec<_>>(), true));
    let indexes = table
        .indexes
        .iter()
        .filter(|index| serves(table, index))
        .flat_map(|index| of_index(table, index));
    key.chain(uniques).chain(indexes)
}

/// Whether finders can use the index: it supports equality, and contains all rows that are not deleted.
fn serves(table: &Table, index: &Index) -> bool {
    let by_equality = index
        .method
        .is_none_or(|method| method == "BTree" || method == "Hash");
    by_equality
        && index
            .filter
            .as_ref()
            .is_none_or(|filter| is_not_deleted(table, filter))
}

/// Whether the filter is `deleted_at.is_null()`.
fn is_not_deleted(table: &Table, filter: &Expr) -> bool {
    let Expr::Method(Method::IsNull { negated: false }, operand, _) = filter else {
        return false;
    };
    let Expr::Column(column) = &**operand else {
        return false;
    };
    table.column(column).is_some_and(Column::is_deleted_at)
}

fn of_index<'a>(table: &'a Table, index: &'a Index) -> Vec<Finder<'a>> {
    let columns: Vec<_> = index.parts.iter().map_while(|part| part.column()).collect();
    let is_whole = columns.len() == index.parts.len();
    prefixes(table, &columns, index.unique && is_whole)
}

/// One finder for each prefix of the list. Only the whole list of a unique index finds a single row.
fn prefixes<'a>(table: &'a Table, columns: &[&'a Ident], is_unique: bool) -> Vec<Finder<'a>> {
    let columns = without_scope(table, columns);
    let whole = columns.len();
    (1..=whole)
        .map(|length| Finder {
            columns: columns[..length].to_vec(),
            is_unique: is_unique && length == whole,
        })
        .collect()
}

fn without_scope<'a>(table: &'a Table, columns: &[&'a Ident]) -> Vec<&'a Column> {
    let scope = match table.ownership() {
        Some(Ownership::Scope(scope)) => table.column(scope),
        _ => None,
    };
    let columns = columns.iter().filter_map(|column| table.column(column));
    let mut without: Vec<&Column> = Vec::new();
    for column in columns {
        let is_scope = scope.is_some_and(|scope| scope.field == column.field);
        // A repeated column is reported elsewhere.
        let is_there = without.iter().any(|other| other.field == column.field);
        if !is_scope && !is_there {
            without.push(column);
        }
    }
    without
}

/// The method of the finder, which compares each column with its argument.
pub(super) fn method(table: &Table, finder: &Finder<'_>) -> TokenStream {
    let (name, visibility) = (finder.name(), &table.visibility);
    let arguments = finder.columns.iter().map(|column| {
        let (field, rust_type) = (&column.field, &column.rust_type);
        quote!(#field: impl __s::Comparable<#rust_type>)
    });
    let values = finder.columns.iter().map(|column| {
        let field = &column.field;
        let mut columns = table.columns.iter();
        let position = columns
            .position(|other| other.field == *field)
            .unwrap_or_default();
        quote!((#position, __s::compared(#field)))
    });
    let (output, find) = if finder.is_unique {
        (quote!(__s::FindOne<Self>), quote!(__s::find_one))
    } else {
        (quote!(__s::Select<Self>), quote!(__s::find))
    };
    quote! {
        #visibility fn #name(#(#arguments),*) -> #output { #find([#(#values),*]) }
    }
}
