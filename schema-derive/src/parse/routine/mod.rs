//! `#[derive(Function)]` and `#[derive(Procedure)]`.

mod argument;
mod returns;

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use syn::{Data, DeriveInput, Field, Fields};

use super::derive_input::{derive_input, keys, krate, reject};
use super::docs::doc_comment;
use super::meta::Meta;
use super::{source, value};
use crate::ast::{Language, Returns, Routine, RoutineKind, SecurityDefiner, Text, unraw};
use crate::errors::Errors;
use crate::keys::{LANGUAGES, VOLATILITIES};

/// Parses a function or a procedure, as far as it can be read. `None` if there is not enough for a fallback.
pub(crate) fn routine(kind: RoutineKind, input: TokenStream, errors: &Errors) -> Option<Routine> {
    let input = derive_input(input, errors)?;
    if !input.generics.params.is_empty() {
        let message = format!(
            "a {} has fixed arguments and takes no generic parameters",
            kind.word()
        );
        errors.push_on(&input.generics, message);
        return None;
    }
    let fields = fields(kind, &input, errors);
    reject(&input.attrs, "argument", "a field", errors);
    let metas = keys(&input.attrs, kind.word(), kind.place(), errors);
    let mut routine = without_keys(kind, &input);
    routine.krate = krate(&metas, kind.place(), errors);
    for field in fields.iter().flatten() {
        reject(&field.attrs, kind.word(), "the struct", errors);
        routine.arguments.extend(argument::argument(field, errors));
    }
    for meta in &metas {
        apply(&mut routine, meta, errors);
    }
    if fields.is_none() {
        routine.returns = Returns::Unknown;
    }
    Some(routine)
}

/// The fields, which must have names.
fn fields(kind: RoutineKind, input: &DeriveInput, errors: &Errors) -> Option<Vec<Field>> {
    if let Data::Struct(data) = &input.data {
        match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter().cloned().collect()),
            Fields::Unit => return Some(Vec::new()),
            Fields::Unnamed(_) => {}
        }
    }
    let message = format!(
        "a {} is a struct whose fields are its arguments: `struct ProcessOrder {{ order_id: Uuid }}`, or `struct ProcessOrder;` where it has none",
        kind.word()
    );
    errors.push_on(&input.ident, message);
    None
}

fn without_keys(kind: RoutineKind, input: &DeriveInput) -> Routine {
    Routine {
        kind,
        name: Text {
            value: unraw(&input.ident).to_snake_case(),
            span: input.ident.span(),
        },
        krate: syn::parse_quote!(::freehold),
        comment: doc_comment(&input.attrs),
        ident: input.ident.clone(),
        schema: None,
        arguments: Vec::new(),
        returns: Returns::Nothing,
        trigger: None,
        language: None,
        volatility: None,
        strict: false,
        parallel_safe: false,
        search_path: None,
        security_definer: None,
        execute: None,
        body: None,
    }
}

fn apply(routine: &mut Routine, meta: &Meta, errors: &Errors) {
    let place = routine.kind.place();
    match meta.word().as_str() {
        "name" => {
            if let Some(name) = value::name(meta, place, errors) {
                routine.name = name;
            }
        }
        "schema" => routine.schema = value::name(meta, place, errors),
        "returns" => routine.returns = returns::returns(meta, errors),
        "out" => routine.returns = returns::out(meta, errors),
        "trigger" => routine.trigger = value::flag(meta, place, errors),
        "language" => routine.language = language(routine.kind, meta, errors),
        "volatility" => routine.volatility = volatility(meta, errors),
        "strict" => routine.strict = value::flag(meta, place, errors).is_some(),
        "parallel_safe" => routine.parallel_safe = value::flag(meta, place, errors).is_some(),
        "search_path" => routine.search_path = value::text(meta, place, errors),
        "security_definer" => {
            routine.security_definer = value::text(meta, place, errors).map(|reason| {
                let span = meta.span();
                SecurityDefiner { span, reason }
            });
        }
        "execute" => routine.execute = value::names(meta, place, errors),
        "body" | "body_file" => source::body(&mut routine.body, meta, place, errors),
        "comment" => routine.comment = value::text(meta, place, errors),
        _ => {}
    }
}

fn language(kind: RoutineKind, meta: &Meta, errors: &Errors) -> Option<Language> {
    let word = value::word(meta, kind.place(), errors)?;
    Some(Language {
        span: word.span(),
        variant: value::one_of(&word, LANGUAGES, "language", errors)?,
    })
}

fn volatility(meta: &Meta, errors: &Errors) -> Option<&'static str> {
    let word = value::word(meta, RoutineKind::Function.place(), errors)?;
    value::one_of(&word, VOLATILITIES, "volatility", errors)
}
