use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use syn::spanned::Spanned;

use super::calls::with_text;
use super::names::names;
use crate::ast::{Action, Deferrable, ForeignKey, Table, Target};
use crate::keys::is_hazard;

/// `ForeignKeyDef::new(&["user_id"], &[<User as Table>::COLUMNS.id.referenced_by::<UserId>()], ..)`
///
/// The tokens of `User`, `id` and the field's type are the user's, so rustc reports errors on them.
pub(super) fn foreign_key(table: &Table, key: &ForeignKey) -> Option<TokenStream> {
    let target = key.target.as_ref()?;
    let columns = names(table, &key.columns);
    let references = key
        .columns
        .iter()
        .zip(&target.columns)
        .map(|(own, theirs)| reference(table, own, target, theirs));
    let on_delete = action(table, key.on_delete.as_ref()?);
    let name = with_text("name", key.name.as_ref());
    let on_update = key.on_update.as_ref().map(|on_update| {
        let action = action(table, on_update);
        quote!(.on_update(#action))
    });
    let deferrable = deferrable(key.deferrable);
    let allow = allow(key);
    Some(quote! {
        __s::ForeignKeyDef::new(#columns, &[#(#references),*], #on_delete) #name #on_update #deferrable #allow
    })
}

fn reference(table: &Table, own: &Ident, target: &Target, theirs: &Ident) -> TokenStream {
    let parent = target_type(table, target);
    let field_type = table.column(own).map(|column| &column.rust_type);
    quote!(<#parent as __s::Table>::COLUMNS.#theirs.referenced_by::<#field_type>())
}

/// The type of the referenced table. `Self` becomes the name of the table, because a static has no `Self`.
pub(super) fn target_type(table: &Table, target: &Target) -> TokenStream {
    let path = &target.table;
    if !path.is_ident("Self") {
        return quote!(#path);
    }
    let mut ident = table.ident.clone();
    ident.set_span(path.span());
    let (_, type_generics, _) = table.generics.split_for_impl();
    quote!(#ident #type_generics)
}

fn action(table: &Table, action: &Action) -> TokenStream {
    let variant = format_ident!("{}", action.variant);
    let columns = action.variant.starts_with("Set").then(|| {
        let columns = names(table, &action.columns);
        quote!((#columns))
    });
    quote!(__s::Action::#variant #columns)
}

/// `.deferrable(..)`, or nothing if it is not deferrable.
pub(super) fn deferrable(deferrable: Option<Deferrable>) -> Option<TokenStream> {
    deferrable.map(|deferrable| {
        let variant = format_ident!(
            "{}",
            if deferrable.initially_deferred {
                "InitiallyDeferred"
            } else {
                "InitiallyImmediate"
            }
        );
        quote!(.deferrable(__s::Deferrable::#variant))
    })
}

fn allow(key: &ForeignKey) -> Option<TokenStream> {
    let names = key.allow.iter().map(ToString::to_string);
    let rules: Vec<_> = names.filter(|name| !is_hazard(name)).collect();
    (!rules.is_empty()).then(|| quote!(.allow(&[#(#rules),*])))
}
