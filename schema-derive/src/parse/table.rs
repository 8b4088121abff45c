//! `#[derive(Table)]`.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Field, Fields, Generics, Path};

use super::column::{self, Extras};
use super::derive_input::{derive_input, keys, krate, reject};
use super::docs::doc_comment;
use super::meta::{Meta, Value};
use super::parts::Parts;
use super::{
    allow, constraint, foreign_key, index, partition, policy, search, trigger, value, volume,
};
use crate::ast::{Ownership, PrimaryKey, Table, Text, unraw};
use crate::errors::Errors;
use crate::keys::Place;

const PLACE: Place = Place::Table;

/// Parses a table, as far as it can be read. `None` if the tokens are not an item.
pub(crate) fn table(input: TokenStream, errors: &Errors) -> Option<Table> {
    let input = derive_input(input, errors)?;
    let fields = named_fields(&input, errors);
    reject(&input.attrs, "column", "a field", errors);
    let metas = keys(&input.attrs, "table", PLACE, errors);
    let mut table = without_keys(&input, krate(&metas, PLACE, errors));
    for field in &fields {
        let Some((column, extras)) = column::column(field, errors) else {
            continue;
        };
        add_extras(&mut table, extras);
        table.columns.push(column);
    }
    for meta in &metas {
        apply(&mut table, meta, errors);
    }
    // Last, because its default name contains the name of the table.
    table.active_view = active_view(&table.name, &metas, errors);
    Some(table)
}

/// The table of a struct, before any key and field is applied.
pub(super) fn without_keys(input: &DeriveInput, krate: Path) -> Table {
    Table {
        name: Text {
            value: unraw(&input.ident).to_snake_case(),
            span: input.ident.span(),
        },
        krate,
        comment: doc_comment(&input.attrs),
        ident: input.ident.clone(),
        visibility: input.vis.clone(),
        generics: without_defaults(input.generics.clone()),
        schema: None,
        ownerships: Vec::new(),
        columns: Vec::new(),
        primary_keys: Vec::new(),
        uniques: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        partition_by: None,
        partitions: Vec::new(),
        monthly_partitions: None,
        policies: Vec::new(),
        force_row_security: None,
        triggers: Vec::new(),
        audit: None,
        search: None,
        volume: None,
        active_view: None,
        renamed_from: None,
        allow: Vec::new(),
    }
}

/// The fields. Anything but a struct with named fields is reported and becomes a table without columns.
fn named_fields(input: &DeriveInput, errors: &Errors) -> Vec<Field> {
    let message = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return fields.named.iter().cloned().collect(),
            _ => "a table needs fields with names: `struct User { id: UserId, .. }`",
        },
        Data::Enum(_) => "a table is a struct; for an enum of labels use `#[derive(SqlEnum)]`",
        Data::Union(_) => "a table is a struct, not a union",
    };
    errors.push_on(&input.ident, message);
    Vec::new()
}

/// Removes the defaults of type parameters, which are allowed in a struct but not in an impl.
fn without_defaults(mut generics: Generics) -> Generics {
    for parameter in generics.type_params_mut() {
        parameter.default = None;
    }
    for parameter in generics.const_params_mut() {
        parameter.default = None;
    }
    generics
}

/// Adds the parts of a field that belong to the table. Several fields with `primary_key` make one composite key.
fn add_extras(table: &mut Table, extras: Extras) {
    if let Some(key) = extras.primary_key {
        match table.primary_keys.first_mut() {
            Some(first) => first.columns.extend(key.columns),
            None => table.primary_keys.push(key),
        }
    }
    table.uniques.extend(extras.uniques);
    table.indexes.extend(extras.indexes);
    table.checks.extend(extras.checks);
    table.foreign_keys.extend(extras.foreign_key);
}

fn apply(table: &mut Table, meta: &Meta, errors: &Errors) {
    match meta.word().as_str() {
        "name" => {
            if let Some(name) = value::name(meta, PLACE, errors) {
                table.name = name;
            }
        }
        "schema" => table.schema = value::name(meta, PLACE, errors),
        "owner" => table
            .ownerships
            .extend(value::flag(meta, PLACE, errors).map(Ownership::Owner)),
        "shared" => table
            .ownerships
            .extend(value::flag(meta, PLACE, errors).map(Ownership::Shared)),
        "internal" => table
            .ownerships
            .extend(value::flag(meta, PLACE, errors).map(Ownership::Internal)),
        "scope" => table.ownerships.extend(scope(meta, errors)),
        "primary_key" => table.primary_keys.extend(primary_key(meta, errors)),
        "unique" => add_unique(table, meta, errors),
        "index" => table.indexes.extend(index::table_index(meta, errors)),
        "check" => table
            .checks
            .extend(constraint::check(meta, None, PLACE, errors)),
        "check_sql" => table
            .checks
            .extend(constraint::check_sql(meta, None, PLACE, errors)),
        "foreign_key" => table
            .foreign_keys
            .extend(foreign_key::table_foreign_key(meta, errors)),
        "partition_by" => table.partition_by = partition::partition_by(meta, errors),
        "partition" => table.partitions.extend(partition::partition(meta, errors)),
        "comment" => table.comment = value::text(meta, PLACE, errors),
        "renamed_from" => table.renamed_from = value::name(meta, PLACE, errors),
        "allow" => table.allow.extend(allow::names(meta, PLACE, errors)),
        _ => apply_object(table, meta, errors),
    }
}

/// Applies the keys of other objects of the table: monthly partitions, policies, triggers, the audit trail, search,
/// volume.
fn apply_object(table: &mut Table, meta: &Meta, errors: &Errors) {
    match meta.word().as_str() {
        "monthly_partitions" => {
            table.monthly_partitions = partition::monthly_partitions(meta, errors);
        }
        "policy" => table.policies.extend(policy::policy(meta, errors)),
        "force_row_security" => table.force_row_security = value::flag(meta, PLACE, errors),
        "trigger" => table.triggers.extend(trigger::trigger(meta, errors)),
        "audit" => table.audit = value::flag(meta, PLACE, errors),
        "search" => table.search = search::search(meta, errors),
        "volume" => table.volume = volume::volume(meta, errors),
        _ => {}
    }
}

fn add_unique(table: &mut Table, meta: &Meta, errors: &Errors) {
    match constraint::table_unique(meta, errors) {
        Some(constraint::UniqueKind::Constraint(unique)) => table.uniques.push(unique),
        Some(constraint::UniqueKind::Index(index)) => table.indexes.push(index),
        None => {}
    }
}

/// Reads `scope = user_id` or `scope(through = order_id)`.
fn scope(meta: &Meta, errors: &Errors) -> Option<Ownership> {
    if let Value::Equals(_) = meta.value {
        return value::word(meta, PLACE, errors).map(Ownership::Scope);
    }
    let group = value::list(meta, PLACE, errors)?;
    let mut tokens = group.stream().into_iter();
    let is_through = tokens
        .next()
        .is_some_and(|token| token.to_string() == "through")
        && tokens.next().is_some_and(|token| token.to_string() == "=");
    let column = syn::parse2(tokens.collect()).ok().filter(|_| is_through);
    if column.is_none() {
        errors.push_on(group, "`scope(..)` is written `scope(through = order_id)`; for a column of this table, `scope = user_id`");
    }
    column.map(Ownership::Through)
}

/// Reads `active_view`, or `active_view = name`.
fn active_view(table: &Text, metas: &[Meta], errors: &Errors) -> Option<Text> {
    let meta = metas.iter().find(|meta| meta.word() == "active_view")?;
    match meta.value {
        Value::None => Some(Text {
            value: format!("{}_active", table.value),
            span: meta.span(),
        }),
        _ => value::name(meta, PLACE, errors),
    }
}

/// Reads `primary_key(a, b)`, with or without `name = ..`.
fn primary_key(meta: &Meta, errors: &Errors) -> Option<PrimaryKey> {
    let parts = Parts::of_table(meta, Place::PrimaryKey, errors)?;
    Some(PrimaryKey {
        span: meta.span(),
        name: parts.name(errors),
        columns: parts.columns("a primary key", errors),
    })
}
