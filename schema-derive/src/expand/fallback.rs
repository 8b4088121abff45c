//! What stands beside an error, so that one mistake is one error: the impls, without what was wrong.

use proc_macro2::TokenStream;
use quote::quote;

use super::block::const_block;
use super::{domain, query, relation, routine, schema, secret, sql_enum, table, view};
use crate::ast::{Domain, Routine, Schema, SqlEnum, Table, View};

/// A table that others can reference, by the columns that its fields are.
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

/// The enum as far as it was understood; without values there is nothing that could stand for it.
pub(crate) fn fallback_sql_enum(sql_enum: &SqlEnum) -> TokenStream {
    sql_enum::incomplete(sql_enum)
}

/// A view whose rows can be read into its fields.
pub(crate) fn fallback_view(view: &View) -> TokenStream {
    view::incomplete(view)
}

/// A function or a procedure that can be called, where its arguments and what it gives back were understood.
pub(crate) fn fallback_routine(routine: &Routine) -> TokenStream {
    routine::incomplete(routine)
}

/// A type that columns can have.
pub(crate) fn fallback_domain(domain: &Domain) -> TokenStream {
    domain::incomplete(domain)
}

/// The static, whose tables are not asked.
pub(crate) fn fallback_schema(schema: &Schema) -> TokenStream {
    schema::tables(schema)
}
