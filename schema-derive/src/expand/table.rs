use proc_macro2::TokenStream;
use quote::quote;

use super::block::const_block;
use super::calls::{list, optional_text, with_text};
use super::relation::{allow, columns_ident, columns_struct, ownership};
use super::{
    column, constraints, index, partition, policy, query, reference, search, secret, transition,
    trigger, volume,
};
use crate::ast::Table;

/// The impl of `Table`, and the struct of its columns.
pub(crate) fn table(table: &Table) -> TokenStream {
    let columns = columns_struct(table);
    let (definition, reference) = placed(table, &definition(table));
    let implementation = implementation(table, &reference);
    let transitions = transition::methods(table);
    let debug = secret::debug(table);
    let queries = query::table(table);
    let new_row = query::new_row(table);
    let block = const_block(
        &table.krate,
        &quote!(#columns #definition #implementation #transitions #debug #queries),
    );
    quote!(#block #new_row)
}

/// The static of the definition, and a reference to it.
///
/// rustc evaluates a static even if nothing uses it, so that it reports a default that does not fit its column before
/// a schema lists the table. It also checks a static once instead of at each reference. A static cannot have type
/// parameters; with them, rustc evaluates the definition only where it is used.
fn placed(table: &Table, definition: &TokenStream) -> (Option<TokenStream>, TokenStream) {
    if table.generics.params.is_empty() {
        let place = quote!(static __DEFINITION: __s::TableDef = #definition;);
        (Some(place), quote!(&__DEFINITION))
    } else {
        (None, quote!(&#definition))
    }
}

/// `impl Table for ..`, with a definition.
pub(super) fn implementation(table: &Table, definition: &TokenStream) -> TokenStream {
    let ident = &table.ident;
    let columns = columns_ident(table);
    let (impl_generics, type_generics, where_clause) = table.generics.split_for_impl();
    let schema = optional_text(table.schema.as_ref());
    let name = &table.name.value;
    let ownership = ownership(table);
    quote! {
        impl #impl_generics __s::Table for #ident #type_generics #where_clause {
            type Columns = #columns #type_generics;
            const NAME: __s::TableName = __s::TableName::new(#schema, #name);
            const OWNERSHIP: __s::Ownership = #ownership;
            const COLUMNS: #columns #type_generics = <#columns #type_generics>::at(0);
            const DEF: &'static __s::TableDef = #definition;
        }
    }
}

fn definition(table: &Table) -> TokenStream {
    let columns = table
        .columns
        .iter()
        .map(|column| column::column(table, column));
    let key = constraints::primary_key(table);
    let comment = with_text("comment", table.comment.as_ref());
    let uniques = list(
        "uniques",
        table
            .uniques
            .iter()
            .map(|unique| constraints::unique(table, unique)),
    );
    let indexes = list(
        "indexes",
        table.indexes.iter().map(|index| index::index(table, index)),
    );
    let checks = list(
        "checks",
        table
            .checks
            .iter()
            .map(|check| constraints::check(table, check)),
    );
    let foreign_keys = list(
        "foreign_keys",
        table
            .foreign_keys
            .iter()
            .filter_map(|key| reference::foreign_key(table, key)),
    );
    let partition_by = table
        .partition_by
        .as_ref()
        .map(|by| partition::partition_by(table, by));
    let partitions = list(
        "partitions",
        table.partitions.iter().map(partition::partition),
    );
    let objects = objects(table);
    let renamed_from = with_text("renamed_from", table.renamed_from.as_ref());
    let allow = allow(table);
    let ident = &table.ident;
    let (_, type_generics, _) = table.generics.split_for_impl();
    let path = format!("::{ident}");
    let own = quote!(<#ident #type_generics as __s::Table>);
    quote! {
        __s::TableDef::new(#own::NAME, #own::OWNERSHIP, &[#(#columns),*], #key)
            .path(__s::core::concat!(__s::core::module_path!(), #path))
            #comment #uniques #indexes #checks #foreign_keys #partition_by #partitions #objects #renamed_from #allow
    }
}

/// The other objects of the table: monthly partitions, policies, triggers, the audit trail, search, the volume, the
/// active view.
fn objects(table: &Table) -> TokenStream {
    let monthly = table
        .monthly_partitions
        .as_ref()
        .and_then(|monthly| partition::monthly(table, monthly));
    let policies = list(
        "policies",
        table
            .policies
            .iter()
            .map(|policy| policy::policy(table, policy)),
    );
    let force = table
        .force_row_security
        .map(|_| quote!(.force_row_security()));
    let triggers = list(
        "triggers",
        table
            .triggers
            .iter()
            .map(|trigger| trigger::trigger(table, trigger)),
    );
    let audit = table.audit.map(|_| quote!(.audit()));
    let search = table
        .search
        .as_ref()
        .map(|search| search::search(table, search));
    let volume = table
        .volume
        .as_ref()
        .map(|volume| volume::volume(table, volume));
    let active_view = with_text("active_view", table.active_view.as_ref());
    quote!(#monthly #policies #force #triggers #audit #search #volume #active_view)
}
