//! Type words: `varchar(255)`, `numeric(10, 2)`, `array(text)`.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitInt};

use super::meta::{Meta, Value};
use crate::ast::{SqlType, SqlTypeArguments, unraw};
use crate::errors::Errors;
use crate::keys::{self, TYPES, TypeArguments, TypeWord};
use crate::suggest::unknown;

/// The largest length of `varchar` and `char`, in characters (`MaxAttrSize`).
const MAX_LENGTH: u32 = 10_485_760;

/// The largest precision of `numeric`, in digits.
const MAX_PRECISION: u16 = 1_000;

pub(super) fn from_meta(meta: &Meta, word: &'static TypeWord, errors: &Errors) -> Option<SqlType> {
    let group = match &meta.value {
        Value::None => None,
        Value::List(group) => Some(group),
        Value::Equals(tokens) => {
            errors.push_on(
                tokens,
                format!("a type takes no value: write `{}`", usage(word)),
            );
            return None;
        }
    };
    let arguments = arguments(word, group, meta.span(), errors)?;
    Some(SqlType {
        word,
        span: meta.span(),
        arguments,
    })
}

/// Sets the type of `what` (a column, a domain, an argument). A second type is a mistake.
pub(super) fn add(
    slot: &mut Option<SqlType>,
    sql_type: Option<SqlType>,
    what: &str,
    errors: &Errors,
) {
    let Some(sql_type) = sql_type else {
        return;
    };
    if let Some(first) = slot {
        let message = format!(
            "the {what} has the type `{}` already; write one type",
            first.word.word
        );
        errors.push_at(sql_type.span, message);
        return;
    }
    *slot = Some(sql_type);
}

/// The type of an identifier that is a type word, with its arguments.
pub(super) fn from_word(
    ident: &Ident,
    arguments: Option<&Group>,
    errors: &Errors,
) -> Option<SqlType> {
    let written = unraw(ident);
    let Some(word) = keys::type_word(&written) else {
        let words = TYPES.iter().map(|known| known.word);
        errors.push_at(ident.span(), unknown("type", &written, words));
        return None;
    };
    Some(SqlType {
        word,
        span: ident.span(),
        arguments: self::arguments(word, arguments, ident.span(), errors)?,
    })
}

fn usage(word: &TypeWord) -> String {
    match word.arguments {
        TypeArguments::None => word.word.to_owned(),
        TypeArguments::OptionalLength | TypeArguments::Length => format!("{}(20)", word.word),
        TypeArguments::OptionalDigits => format!("{}(10, 2)", word.word),
        TypeArguments::Element => format!("{}(text)", word.word),
    }
}

fn arguments(
    word: &TypeWord,
    group: Option<&Group>,
    span: Span,
    errors: &Errors,
) -> Option<SqlTypeArguments> {
    match (word.arguments, group) {
        (
            TypeArguments::None | TypeArguments::OptionalLength | TypeArguments::OptionalDigits,
            None,
        ) => Some(SqlTypeArguments::None),
        (TypeArguments::OptionalLength | TypeArguments::Length, Some(group)) => {
            length(word, group, errors)
        }
        (TypeArguments::OptionalDigits, Some(group)) => digits(word, group, errors),
        (TypeArguments::Element, Some(group)) => element(group, errors),
        (TypeArguments::None, Some(group)) => {
            errors.push_on(group, format!("`{}` takes no arguments", word.word));
            None
        }
        (TypeArguments::Length | TypeArguments::Element, None) => {
            errors.push_at(
                span,
                format!("`{}` needs its argument: `{}`", word.word, usage(word)),
            );
            None
        }
    }
}

fn numbers(input: ParseStream<'_>) -> syn::Result<Vec<LitInt>> {
    let numbers: Punctuated<LitInt, syn::Token![,]> = Punctuated::parse_terminated(input)?;
    Ok(numbers.into_iter().collect())
}

fn length(word: &TypeWord, group: &Group, errors: &Errors) -> Option<SqlTypeArguments> {
    let numbers = numbers.parse2(group.stream()).unwrap_or_default();
    let length = match numbers.as_slice() {
        [length] => length.base10_parse::<u32>().ok(),
        _ => None,
    };
    let length = length.filter(|length| (1..=MAX_LENGTH).contains(length));
    if length.is_none() {
        errors.push_on(
            group,
            format!(
                "`{}` takes a length from 1 to {MAX_LENGTH}: `{}`",
                word.word,
                usage(word)
            ),
        );
    }
    length.map(SqlTypeArguments::Length)
}

fn digits(word: &TypeWord, group: &Group, errors: &Errors) -> Option<SqlTypeArguments> {
    let numbers = numbers.parse2(group.stream()).unwrap_or_default();
    let digits = match numbers.as_slice() {
        [precision] => precision
            .base10_parse::<u16>()
            .ok()
            .map(|precision| (precision, 0)),
        [precision, scale] => precision
            .base10_parse::<u16>()
            .ok()
            .zip(scale.base10_parse::<i16>().ok()),
        _ => None,
    };
    let digits = digits.filter(|(precision, scale)| {
        (1..=MAX_PRECISION).contains(precision)
            && u16::try_from(*scale).is_ok_and(|scale| scale <= *precision)
    });
    if digits.is_none() {
        let message = format!(
            "`{}` takes a precision from 1 to {MAX_PRECISION} and a scale no greater: `{}`",
            word.word,
            usage(word)
        );
        errors.push_on(group, message);
    }
    digits.map(|(precision, scale)| SqlTypeArguments::Digits(precision, scale))
}

fn element(group: &Group, errors: &Errors) -> Option<SqlTypeArguments> {
    let Some((word, arguments, span)) = element_words(group.stream()) else {
        errors.push_on(
            group,
            "`array` takes the type of its elements: `array(varchar(20))`",
        );
        return None;
    };
    let sql_type = SqlType {
        word,
        span,
        arguments: self::arguments(word, arguments.as_ref(), span, errors)?,
    };
    Some(SqlTypeArguments::Element(Box::new(sql_type)))
}

/// A type word and the parentheses after it.
fn element_words(tokens: TokenStream) -> Option<(&'static TypeWord, Option<Group>, Span)> {
    let mut tokens = tokens.into_iter();
    let Some(TokenTree::Ident(ident)) = tokens.next() else {
        return None;
    };
    let word = keys::type_word(&unraw(&ident))?;
    match (tokens.next(), tokens.next()) {
        (None, _) => Some((word, None, ident.span())),
        (Some(TokenTree::Group(group)), None) => Some((word, Some(group), ident.span())),
        _ => None,
    }
}
