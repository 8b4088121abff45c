use proc_macro2::TokenStream;
use quote::quote;

use super::calls::with_text;
use super::names::{include, names};
use super::{expr, reference};
use crate::ast::{Check, Table, Unique};

pub(super) fn primary_key(table: &Table) -> TokenStream {
    let columns = names(table, table.key_columns());
    let name = with_text(
        "name",
        table.primary_keys.first().and_then(|key| key.name.as_ref()),
    );
    quote!(__s::PrimaryKeyDef::new(#columns) #name)
}

pub(super) fn unique(table: &Table, unique: &Unique) -> TokenStream {
    let columns = names(table, &unique.columns);
    let name = with_text("name", unique.name.as_ref());
    let include = include(table, &unique.include);
    let nulls = unique
        .nulls_not_distinct
        .then(|| quote!(.nulls_not_distinct()));
    let deferrable = reference::deferrable(unique.deferrable);
    quote!(__s::UniqueDef::new(#columns) #name #include #nulls #deferrable)
}

pub(super) fn check(table: &Table, check: &Check) -> TokenStream {
    let columns = names(table, &named_after(check));
    let condition = expr::expr(table, &check.condition);
    let name = with_text("name", check.name.as_ref());
    quote!(__s::CheckDef::new(#columns, #condition) #name)
}

/// The columns of the check's default name: the column on which the check is written, or the columns in its condition,
/// each once.
fn named_after(check: &Check) -> Vec<syn::Ident> {
    let mut columns: Vec<_> = check.column.iter().cloned().collect();
    if columns.is_empty() {
        for column in check.condition.columns() {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
    }
    columns
}
