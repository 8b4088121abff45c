//! `#[derive(View)]`.

use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Field, Fields, LitBool};

use super::derive_input::{derive_input, keys, krate};
use super::meta::Meta;
use super::{allow, column, constraint, index, source, table, value};
use crate::ast::{Column, Expr, Index, IndexPart, Ownership, Switch, Unique, View};
use crate::errors::Errors;
use crate::keys::Place;

const PLACE: Place = Place::View;

/// Parses a view, as far as it can be read. `None` if there is not enough for a fallback.
pub(crate) fn view(input: TokenStream, errors: &Errors) -> Option<View> {
    let input = derive_input(input, errors)?;
    if !input.generics.params.is_empty() {
        errors.push_on(
            &input.generics,
            "a view has one query and takes no generic parameters",
        );
        return None;
    }
    let fields = named_fields(&input, errors);
    let metas = keys(&input.attrs, "view", PLACE, errors);
    let mut view = View {
        table: table::without_keys(&input, krate(&metas, PLACE, errors)),
        has_fields: fields.is_some(),
        query: None,
        materialized: None,
        index_keys: Vec::new(),
        security_invoker: None,
    };
    let fields = fields.unwrap_or_default();
    view.table.columns = fields
        .iter()
        .filter_map(|field| view_column(field, errors))
        .collect();
    for meta in &metas {
        apply(&mut view, meta, errors);
    }
    Some(view)
}

/// The fields. Anything but a struct with named fields is reported.
fn named_fields(input: &DeriveInput, errors: &Errors) -> Option<Vec<Field>> {
    let message = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter().cloned().collect()),
            _ => "a view needs fields with names: `struct OrderSummary { id: OrderId, .. }`",
        },
        Data::Enum(_) | Data::Union(_) => {
            "a view is a struct with a field for each column of its query"
        }
    };
    errors.push_on(&input.ident, message);
    None
}

/// Parses a field. Its doc comment documents only the field; the comment of the column is `comment = ".."`.
fn view_column(field: &Field, errors: &Errors) -> Option<Column> {
    let mut column = column::without_keys(field, field.ident.clone()?);
    column.comment = None;
    for meta in keys(&field.attrs, "view", Place::ViewColumn, errors) {
        match meta.word().as_str() {
            "name" => {
                if let Some(name) = value::name(&meta, Place::ViewColumn, errors) {
                    column.name = name;
                }
            }
            _ => column.comment = value::text(&meta, Place::ViewColumn, errors),
        }
    }
    Some(column)
}

fn apply(view: &mut View, meta: &Meta, errors: &Errors) {
    let table = &mut view.table;
    match meta.word().as_str() {
        "name" => {
            if let Some(name) = value::name(meta, PLACE, errors) {
                table.name = name;
            }
        }
        "schema" => table.schema = value::name(meta, PLACE, errors),
        "scope" => table
            .ownerships
            .extend(value::word(meta, PLACE, errors).map(Ownership::Scope)),
        "shared" => table
            .ownerships
            .extend(value::flag(meta, PLACE, errors).map(Ownership::Shared)),
        "internal" => table
            .ownerships
            .extend(value::flag(meta, PLACE, errors).map(Ownership::Internal)),
        "comment" => table.comment = value::text(meta, PLACE, errors),
        "allow" => table.allow.extend(allow::names(meta, PLACE, errors)),
        "query" | "query_file" => source::query(&mut view.query, meta, PLACE, errors),
        "materialized" => view.materialized = value::flag(meta, PLACE, errors),
        "security_invoker" => view.security_invoker = switch(meta, errors),
        "index" | "unique" => {
            view.index_keys.push(meta.key.clone());
            table.indexes.extend(view_index(meta, errors));
        }
        _ => {}
    }
}

fn switch(meta: &Meta, errors: &Errors) -> Option<Switch> {
    let literal: LitBool = value::parsed(meta, PLACE, errors)?;
    Some(Switch {
        key: meta.span(),
        on: literal.value,
    })
}

/// Reads `index(..)` or `unique(..)`. A materialized view has no constraints, so `unique` makes a unique index.
fn view_index(meta: &Meta, errors: &Errors) -> Option<Index> {
    if meta.word() == "index" {
        return index::table_index(meta, errors);
    }
    match constraint::table_unique(meta, errors)? {
        constraint::UniqueKind::Index(index) => Some(index),
        constraint::UniqueKind::Constraint(unique) => Some(unique_index(unique, errors)),
    }
}

fn unique_index(unique: Unique, errors: &Errors) -> Index {
    if unique.deferrable.is_some() {
        errors.push_at(unique.span, "a unique index cannot be `deferrable`, and a view has no unique constraints; remove `deferrable`");
    }
    let parts = unique.columns.into_iter().map(Expr::Column);
    Index {
        span: unique.span,
        name: unique.name,
        parts: parts.map(IndexPart::of).collect(),
        unique: true,
        nulls_not_distinct: unique.nulls_not_distinct.then_some(unique.span),
        method: None,
        include: unique.include,
        filter: None,
    }
}
