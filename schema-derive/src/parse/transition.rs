//! `transitions(pending => confirmed, cancelled; confirmed => shipped)`

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
    let Some(steps) = steps.ok().filter(|steps| !steps.is_empty()) else {
        value::wrong_form(meta, Place::Column, errors);
        return None;
    };
    // Each is read, so that each of its mistakes is reported.
    let read: Vec<_> = steps.iter().map(|step| self::step(step, errors)).collect();
    Some(Transitions {
        span: meta.span(),
        steps: read.into_iter().collect::<Option<_>>()?,
    })
}

/// The words of a step.
struct Written {
    from: Ident,
    to: Punctuated<Ident, Token![,]>,
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let from = Ident::parse_any(input)?;
        input.parse::<Token![=>]>()?;
        Ok(Self {
            from,
            to: Punctuated::parse_separated_nonempty_with(input, Ident::parse_any)?,
        })
    }
}

fn step(written: &Written, errors: &Errors) -> Option<Step> {
    let from = variant(&written.from, errors);
    let to: Vec<_> = written
        .to
        .iter()
        .map(|word| variant(word, errors))
        .collect();
    Some(Step {
        from: from?,
        to: to.into_iter().collect::<Option<_>>()?,
    })
}

/// The variant that a word means: a word in snake case is the variant's label, any other is the variant itself.
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
            format!("`{written}` can be no value of an enum; write one, as it is or in snake case"),
        );
    }
    let mut variant = variant?;
    variant.set_span(word.span());
    Some(variant)
}
