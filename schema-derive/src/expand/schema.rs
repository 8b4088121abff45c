use proc_macro2::{Group, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use crate::ast::Schema;

/// The static, and for each table a const that asks the rules, with the table's name as its place.
pub(crate) fn schema(schema: &Schema) -> TokenStream {
    let (krate, ident) = (&schema.krate, &schema.ident);
    let value = value(schema);
    let checks = schema.tables.iter().enumerate().map(|(index, table)| {
        let index = Literal::usize_unsuffixed(index);
        let call = quote!(#krate::__private::assert_table(&#ident, #index));
        let call = located_at(call, table.span());
        quote_spanned!(table.span()=> const _: () = #call;)
    });
    quote! {
        #value
        #(#checks)*
    }
}

/// The tokens with another place. rustc's arrow spans from the first token of an expression to its last, so each of them counts.
fn located_at(tokens: TokenStream, span: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        match token {
            TokenTree::Group(group) => {
                let inner = located_at(group.stream(), span);
                let mut relocated = Group::new(group.delimiter(), inner);
                relocated.set_span(group.span());
                TokenTree::Group(relocated)
            }
            other => other,
        }
    };
    tokens.into_iter().map(relocate).collect()
}

/// The static alone.
pub(super) fn value(schema: &Schema) -> TokenStream {
    let Schema {
        attributes,
        visibility,
        krate,
        ident,
        tables,
        ..
    } = schema;
    let name = ident.to_string();
    let updated_at = updated_at(schema);
    let documentation = documentation(schema);
    // At most half full, so that a look-up is short; at least one slot is always empty, where it ends.
    let slots = (2 * tables.len() + 1).next_power_of_two();
    quote! {
        #documentation
        #(#attributes)*
        #visibility static #ident: #krate::SchemaDef = {
            use #krate::__private as __s;
            const __TABLES: &[&__s::TableDef] = &[#(<#tables as __s::Table>::DEF),*];
            __s::SchemaDef::new(#name, __TABLES).indexed(&__s::name_index::<#slots>(__TABLES)) #updated_at
        };
    }
}

/// What the documentation says where the user says nothing.
fn documentation(schema: &Schema) -> Option<TokenStream> {
    let has_own = schema
        .attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("doc"));
    let count = schema.tables.len();
    let text = format!("The schema of {count} tables.");
    (!has_own).then(|| quote!(#[doc = #text]))
}

fn updated_at(schema: &Schema) -> Option<TokenStream> {
    let function = super::with_text("function", schema.function.as_ref());
    let clock = schema.clock.map(|clock| {
        let clock = format_ident!("{clock}");
        quote!(.clock(__s::Clock::#clock))
    });
    let says = schema.function.is_some() || schema.clock.is_some();
    says.then(|| quote!(.updated_at(__s::UpdatedAtDef::new() #function #clock)))
}
