//! What stands beside an error, so that one mistake is one error: the impls, without what was wrong.

use proc_macro2::TokenStream;
use quote::quote;

use super::{const_block, schema, secret, sql_enum, table};
use crate::ast::{Schema, SqlEnum, Table};

/// A table that others can reference, by the columns that its fields are.
pub(crate) fn fallback_table(table: &Table) -> TokenStream {
    let columns = table::columns_struct(table);
    let definition = quote!(&__s::TableDef::incomplete(Self::NAME, Self::OWNERSHIP));
    let implementation = table::implementation(table, &definition);
    let debug = secret::debug(table);
    const_block(&table.krate, &quote!(#columns #implementation #debug))
}

/// The enum as far as it was understood; without values there is nothing that could stand for it.
pub(crate) fn fallback_sql_enum(sql_enum: &SqlEnum) -> TokenStream {
    sql_enum::incomplete(sql_enum)
}

/// The static, whose tables are not asked.
pub(crate) fn fallback_schema(schema: &Schema) -> TokenStream {
    schema::value(schema)
}
