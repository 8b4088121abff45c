//! What statements may do with each column, which the column's type encodes; and whether the table has statements.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use super::reference;
use crate::ast::{Column, ForeignKey, Ownership, SqlTypeArguments, Table};

/// Whether the derive generates queries at all.
pub(super) const WITH_QUERIES: bool = cfg!(any(test, feature = "postgres"));

/// Whether the table has queries. A statement needs a static for its text, and a static cannot have type parameters.
pub(super) fn is_plain(table: &Table) -> bool {
    WITH_QUERIES && table.generics.params.is_empty()
}

/// Which statements may set a column: all, only an insert, or none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Free,
    InsertOnly,
    Fixed,
}

pub(super) fn kind(table: &Table, column: &Column) -> Kind {
    let is_key = key_columns(table, true).any(|key| key.field == column.field);
    let is_owner_key = is_key && matches!(table.ownership(), Some(Ownership::Owner(_)));
    let is_through = matches!(table.ownership(), Some(Ownership::Through(through)) if is_column(table, through, column));
    let is_counted = column.serial.is_some()
        || column
            .identity
            .as_ref()
            .is_some_and(|identity| !identity.by_default);
    let is_kept = column.generated.is_some() || column.is_updated_at() || column.is_deleted_at();
    if is_scope(table, column) || is_owner_key || is_counted || is_kept {
        Kind::Fixed
    } else if is_key || is_through || column.immutable.is_some() || column.is_created_at() {
        Kind::InsertOnly
    } else {
        Kind::Free
    }
}

/// The third type argument of a column, such as `, InsertOnly` or `, To<User, Free>`; nothing for the default `Free`.
pub(super) fn kind_of(table: &Table, column: &Column) -> TokenStream {
    // A reference names its table without type parameters, and a type would need them.
    let kind = if is_plain(table) {
        full_kind(table, column)
    } else {
        settable(table, column)
    };
    if kind.to_string().ends_with("Free") {
        return TokenStream::new();
    }
    quote!(, #kind)
}

/// The type `To<User, Part<1, Free>>`: what the column can be joined to, and which statements may set it.
pub(super) fn full_kind(table: &Table, column: &Column) -> TokenStream {
    let mut kind = settable(table, column);
    let mut keys = table.foreign_keys.iter();
    if keys.any(|key| is_composite(key) && has_column(table, key, column)) {
        let position = position(table, column);
        kind = quote!(__s::Part<#position, #kind>);
    }
    match target(table, column) {
        Some(target) => quote!(__s::To<#target, #kind>),
        None => kind,
    }
}

fn settable(table: &Table, column: &Column) -> TokenStream {
    let kind = match kind(table, column) {
        Kind::Free => quote!(__s::Free),
        Kind::InsertOnly => quote!(__s::InsertOnly),
        Kind::Fixed => quote!(__s::Fixed),
    };
    if is_json(column) {
        return quote!(__s::Document<#kind>);
    }
    kind
}

/// Whether the column is stored as `json`, or as an array of it.
fn is_json(column: &Column) -> bool {
    let mut sql_type = column.sql_type.as_ref();
    while let Some(of) = sql_type {
        if of.word.stored_as == "json" {
            return true;
        }
        sql_type = match &of.arguments {
            SqlTypeArguments::Element(element) => Some(element),
            _ => None,
        };
    }
    false
}

/// The position of the column, as a literal.
fn position(table: &Table, column: &Column) -> Literal {
    let mut columns = table.columns.iter();
    let position = columns.position(|other| other.field == column.field);
    Literal::usize_unsuffixed(position.unwrap_or_default())
}

/// The table that a foreign key over only this column references.
pub(super) fn target(table: &Table, column: &Column) -> Option<TokenStream> {
    let mut keys = table.foreign_keys.iter();
    let key = keys.find(|key| !is_composite(key) && has_column(table, key, column))?;
    target_of(table, key)
}

fn has_column(table: &Table, key: &ForeignKey, column: &Column) -> bool {
    key.columns.iter().any(|own| is_column(table, own, column))
}

pub(super) fn target_of(table: &Table, key: &ForeignKey) -> Option<TokenStream> {
    let target = key.target.as_ref()?;
    Some(reference::target_type(table, target))
}

pub(super) fn is_composite(key: &ForeignKey) -> bool {
    key.columns.len() > 1
}

/// The columns of the primary key, with or without the scope.
pub(super) fn key_columns(table: &Table, with_scope: bool) -> impl Iterator<Item = &Column> {
    let columns = table.key_columns().iter();
    let columns = columns.filter_map(|column| table.column(column));
    columns.filter(move |column| with_scope || !is_scope(table, column))
}

fn is_scope(table: &Table, column: &Column) -> bool {
    matches!(table.ownership(), Some(Ownership::Scope(scope)) if is_column(table, scope, column))
}

pub(super) fn is_column(table: &Table, ident: &Ident, column: &Column) -> bool {
    table
        .column(ident)
        .is_some_and(|other| other.field == column.field)
}
