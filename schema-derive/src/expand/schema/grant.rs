use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Path;

use super::sequence::sequence_name;
use crate::ast::{Grant, GrantOn, Names, Privilege, Schema, Text};
use crate::expand::calls::list;
use crate::keys::GrantObject;

/// One definition for each role of each grant.
pub(super) fn grants(schema: &Schema) -> impl Iterator<Item = TokenStream> {
    let grants = schema.grants.iter();
    let complete = grants.filter_map(|grant| Some((grant, grant.on.as_ref()?)));
    complete.flat_map(|(grant, on)| {
        let to = grant.to.iter();
        to.map(|role| definition(schema, grant, on, role))
    })
}

fn definition(schema: &Schema, grant: &Grant, on: &GrantOn, to: &Text) -> TokenStream {
    let rights = grant.privileges.iter().map(|right| privilege(right, on));
    let objects = objects(schema, on);
    let role = &to.value;
    let future = grant.future.map(|_| quote!(.future()));
    quote!(__s::GrantDef::new(&[#(#rights),*], __s::GrantOn::#objects, #role) #future)
}

/// A right. Its columns are fields of the table's struct of columns, so rustc reports a wrong one at the word.
fn privilege(right: &Privilege, on: &GrantOn) -> TokenStream {
    let variant = format_ident!("{}", right.variant);
    let table = on.single_relation().into_iter();
    let columns = table.flat_map(|table| {
        let kind = relation(on.object);
        let columns = right.columns.iter();
        columns.map(move |column| quote!(<#table as #kind>::COLUMNS.#column.name()))
    });
    let columns = list("columns", columns);
    quote!(__s::PrivilegeDef::new(__s::Privilege::#variant) #columns)
}

/// The trait of this kind of relations.
fn relation(object: GrantObject) -> TokenStream {
    match object {
        GrantObject::Views => quote!(__s::View),
        _ => quote!(__s::Table),
    }
}

/// The variant of `GrantOn` with its value.
fn objects(schema: &Schema, on: &GrantOn) -> TokenStream {
    match &on.names {
        None => all_of(on.object),
        Some(Names::Paths(paths)) => named(on.object, paths),
        Some(Names::Words(words)) => worded(schema, on.object, words),
    }
}

fn all_of(object: GrantObject) -> TokenStream {
    match object {
        GrantObject::Tables => quote!(Tables),
        GrantObject::Views => quote!(Views),
        GrantObject::Sequences => quote!(Sequences),
        GrantObject::Functions => quote!(Routines),
        GrantObject::AllTables => quote!(AllTables),
        GrantObject::Schemas => quote!(Namespaces(&[])),
    }
}

fn named(object: GrantObject, paths: &[Path]) -> TokenStream {
    if object == GrantObject::Functions {
        return quote!(RoutineDefs(&[#(<#paths as __s::Routine>::DEF),*]));
    }
    let kind = relation(object);
    quote!(Relations(&[#(<#paths as #kind>::NAME),*]))
}

fn worded(schema: &Schema, object: GrantObject, words: &[Text]) -> TokenStream {
    if object == GrantObject::Sequences {
        let sequences = words.iter().filter_map(|name| schema.sequence(&name.value));
        let names = sequences.map(sequence_name);
        return quote!(SequenceNames(&[#(#names),*]));
    }
    let names = words.iter().map(|name| &name.value);
    quote!(Namespaces(&[#(#names),*]))
}
