use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::calls::list;
use super::expr;
use super::names::names;
use crate::ast::{Event, Table, Trigger};

/// `TriggerDef::new("check_stock", TriggerTiming::Before, &[..], <CheckStock as TriggerFunction>::definition)..`
///
/// The tokens of the function are the user's, so rustc reports a wrong function on them.
pub(super) fn trigger(table: &Table, trigger: &Trigger) -> TokenStream {
    let name = &trigger.name.value;
    let timing = format_ident!("{}", trigger.timing);
    let events = trigger.events.iter().map(|event| self::event(table, event));
    let path = &trigger.function;
    let function = quote!(<#path as __s::TriggerFunction>::definition);
    let level = trigger
        .for_each_statement
        .then(|| quote!(.for_each_statement()));
    let when = trigger.when.as_ref().map(|when| {
        let when = expr::expr(table, when);
        quote!(.when(#when))
    });
    let arguments = list(
        "arguments",
        trigger.arguments.iter().map(|argument| quote!(#argument)),
    );
    quote! {
        __s::TriggerDef::new(#name, __s::TriggerTiming::#timing, &[#(#events),*], #function) #level #when #arguments
    }
}

fn event(table: &Table, event: &Event) -> TokenStream {
    let variant = format_ident!("{}", event.variant);
    let columns = (event.variant == "Update").then(|| {
        let columns = names(table, &event.columns);
        quote!((#columns))
    });
    quote!(__s::TriggerEvent::#variant #columns)
}
