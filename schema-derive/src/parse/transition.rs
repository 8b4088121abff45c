//! `transitions(=> pending; pending => confirmed, cancelled; confirmed => shipped)`

use heck::ToUpperCamelCase;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, Token};

use super::meta::Meta;
use super::value;
use crate::ast::{Step, Transitions, unraw};
use crate::errors::Errors;
use crate::keys::Place;

pub(super) fn transitions(meta: &Meta, errors: &Errors) -> Option<Transitions> {
    let group = value::list(meta, Place::Column, errors)?;
    let steps = Punctuated::<Written, Token![;]>::parse_terminated.parse2(group.stream());
    let written: Vec<_> = steps.into_iter().flatten().collect();
    let (steps, first): (Vec<_>, Vec<_>) = written.iter().partition(|step| step.from.is_some());
    if steps.is_empty() {
        value::wrong_form(meta, Place::Column, errors);
        return None;
    }
    // Read all before returning, so that the mistakes of each are reported.
    let read: Vec<_> = steps.iter().map(|step| self::step(step, errors)).collect();
    let first = first_states(&first, errors);
    Some(Transitions {
        span: meta.span(),
        first: first?,
        steps: read.into_iter().collect::<Option<_>>()?,
    })
}

/// The states after an arrow without a left side.
fn first_states(written: &[&Written], errors: &Errors) -> Option<Vec<Ident>> {
    if let [_, second, ..] = written {
        errors.push_on(
            &second.to,
            "the first states are listed already; write all of them in one list, separated by commas",
        );
    }
    let states = written.iter().flat_map(|step| &step.to);
    let states: Vec<_> = states.map(|word| variant(word, errors)).collect();
    states.into_iter().collect()
}

/// A step as it is written. Without a left side it lists the first states.
struct Written {
    from: Option<Ident>,
    to: Punctuated<Ident, Token![,]>,
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let is_first = input.peek(Token![=>]);
        let from = (!is_first).then(|| Ident::parse_any(input)).transpose()?;
        input.parse::<Token![=>]>()?;
        Ok(Self {
            from,
            to: Punctuated::parse_separated_nonempty_with(input, Ident::parse_any)?,
        })
    }
}

fn step(written: &Written, errors: &Errors) -> Option<Step> {
    let from = written.from.as_ref().map(|word| variant(word, errors));
    let to: Vec<_> = written
        .to
        .iter()
        .map(|word| variant(word, errors))
        .collect();
    Some(Step {
        from: from??,
        to: to.into_iter().collect::<Option<_>>()?,
    })
}

/// The variant that a word names. A word that begins in lower case is converted from snake case; any other word is the
/// variant itself.
fn variant(word: &Ident, errors: &Errors) -> Option<Ident> {
    let written = unraw(word);
    let name = if written.starts_with(char::is_lowercase) {
        written.to_upper_camel_case()
    } else {
        written.clone()
    };
    let variant = syn::parse_str::<Ident>(&name).ok();
    if variant.is_none() {
        errors.push_at(
            word.span(),
            format!("`{written}` cannot be a value of an enum; write a variant's name, as it is or in snake case"),
        );
    }
    let mut variant = variant?;
    variant.set_span(word.span());
    Some(variant)
}
