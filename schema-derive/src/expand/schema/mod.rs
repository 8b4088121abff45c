//! The static of `schema!`, and the consts that check the rules.

mod grant;
mod options;
mod sequence;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::located::located_at;
use crate::ast::Schema;

/// The static, and for each table, view and function a const that checks the rules, with the span of its name.
pub(crate) fn schema(schema: &Schema) -> TokenStream {
    let value = value(schema, &options::options(schema));
    let tables = checks(schema, "assert_table", &schema.tables);
    let views = checks(schema, "assert_view", &schema.views);
    let routines = checks(schema, "assert_routine", &schema.functions);
    quote!(#value #tables #views #routines)
}

/// A const for each path of a list.
fn checks(schema: &Schema, assertion: &str, paths: &[Path]) -> TokenStream {
    let (krate, ident) = (&schema.krate, &schema.ident);
    let assertion = format_ident!("{assertion}");
    let check = |(index, path): (usize, &Path)| {
        let index = Literal::usize_unsuffixed(index);
        let call = quote!(#krate::__private::#assertion(&#ident, #index));
        let call = located_at(call, path.span());
        quote_spanned!(path.span()=> const _: () = #call;)
    };
    paths.iter().enumerate().map(check).collect()
}

/// The static with only the tables, for the fallback beside an error: the options may have the mistake.
pub(super) fn tables(schema: &Schema) -> TokenStream {
    value(schema, &TokenStream::new())
}

fn value(schema: &Schema, options: &TokenStream) -> TokenStream {
    let Schema {
        attributes,
        visibility,
        krate,
        ident,
        tables,
        ..
    } = schema;
    let name = ident.to_string();
    let documentation = documentation(schema);
    // At most half of the slots are used, so that look-ups are short. At least one slot is empty, where a look-up ends.
    let slots = (2 * tables.len() + 1).next_power_of_two();
    quote! {
        #documentation
        #(#attributes)*
        #visibility static #ident: #krate::SchemaDef = {
            use #krate::__private as __s;
            const __TABLES: &[&__s::TableDef] = &[#(<#tables as __s::Table>::DEF),*];
            __s::SchemaDef::new(#name, __TABLES).indexed(&__s::name_index::<#slots>(__TABLES)) #options
        };
    }
}

/// The doc comment of the static, if the user writes none.
fn documentation(schema: &Schema) -> Option<TokenStream> {
    let has_own = schema
        .attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("doc"));
    let count = schema.tables.len();
    let text = format!("The schema of {count} tables.");
    (!has_own).then(|| quote!(#[doc = #text]))
}
