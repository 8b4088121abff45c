//! The fallback beside an error: the impls without the wrong parts, so that one mistake causes only one error.

use proc_macro2::TokenStream;
use quote::quote;

use super::block::const_block;
use super::{domain, query, relation, routine, schema, secret, sql_enum, table, view};
use crate::ast::{Domain, Routine, Schema, SqlEnum, Table, View};

/// A table with the columns of its fields, so that other tables can reference it.
pub(crate) fn fallback_table(table: &Table) -> TokenStream {
    let columns = relation::columns_struct(table);
    let definition = quote!(&__s::TableDef::incomplete(Self::NAME, Self::OWNERSHIP));
    let implementation = table::implementation(table, &definition);
    let debug = secret::debug(table);
    let queries = query::fallback(table);
    let new_row = query::new_row(table);
    let block = const_block(
        &table.krate,
        &quote!(#columns #implementation #debug #queries),
    );
    quote!(#block #new_row)
}

/// The enum with the variants that could be read.
pub(crate) fn fallback_sql_enum(sql_enum: &SqlEnum) -> TokenStream {
    sql_enum::incomplete(sql_enum)
}

/// A view whose rows can be read into its fields.
pub(crate) fn fallback_view(view: &View) -> TokenStream {
    view::incomplete(view)
}

/// A function or a procedure, which can be called if its arguments and its return type could be read.
pub(crate) fn fallback_routine(routine: &Routine) -> TokenStream {
    routine::incomplete(routine)
}

/// A type that columns can have.
pub(crate) fn fallback_domain(domain: &Domain) -> TokenStream {
    domain::incomplete(domain)
}

/// The static of the schema, without checks of its tables.
pub(crate) fn fallback_schema(schema: &Schema) -> TokenStream {
    schema::tables(schema)
}
