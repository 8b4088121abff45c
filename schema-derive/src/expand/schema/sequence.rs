use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ast::{Number, Sequence};
use crate::expand::calls::{flag, optional_text};

pub(super) fn sequence(sequence: &Sequence) -> TokenStream {
    let name = sequence_name(sequence);
    let numbers = [
        with_number("start", sequence.start),
        with_number("increment", sequence.increment),
        with_number("min", sequence.min),
        with_number("max", sequence.max),
        with_number("cache", sequence.cache),
    ];
    let cycle = flag("cycle", sequence.cycle);
    quote!(__s::SequenceDef::new(#name) #(#numbers)* #cycle)
}

/// The name of the sequence, with its PostgreSQL schema.
pub(super) fn sequence_name(sequence: &Sequence) -> TokenStream {
    let (schema, name) = (
        optional_text(sequence.schema.as_ref()),
        &sequence.name.value,
    );
    quote!(__s::TableName::new(#schema, #name))
}

fn with_number(method: &str, number: Option<Number>) -> Option<TokenStream> {
    let method = format_ident!("{method}");
    number.map(|number| {
        let value = number.value;
        quote!(.#method(#value))
    })
}
