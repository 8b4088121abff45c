//! `index(..)`: parts (columns and expressions, with their order) and options, between commas.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{ExprMethodCall, Ident, Lit, LitStr};

use super::meta::{Meta, Value, metas, split_at_commas};
use super::{expr, value};
use crate::ast::{Expr, Index, IndexPart, Text, unraw};
use crate::errors::Errors;
use crate::keys::{INDEX_METHODS, PART_METHODS, Place};
use crate::suggest::{did_you_mean, listed};

/// The parts and the options of an `index(..)`, a `unique(..)` or a `primary_key(..)`.
pub(super) struct Parts {
    pub(super) parts: Vec<IndexPart>,
    pub(super) options: Vec<Meta>,
}

impl Parts {
    pub(super) fn option(&self, word: &str) -> Option<&Meta> {
        self.options.iter().find(|option| option.word() == word)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.option(word).is_some()
    }

    pub(super) fn name(&self, place: Place, errors: &Errors) -> Option<Text> {
        self.option("name")
            .and_then(|option| value::name(option, place, errors))
    }

    pub(super) fn include(&self, place: Place, errors: &Errors) -> Vec<Ident> {
        self.option("include")
            .and_then(|option| value::columns(option, place, errors))
            .unwrap_or_default()
    }
}

/// `#[table(index(..))]`
pub(super) fn table_index(meta: &Meta, errors: &Errors) -> Option<Index> {
    let parts = parts_and_options(meta, Place::Index, Place::Table, errors)?;
    if parts.parts.is_empty() {
        errors.push_at(
            meta.span(),
            "`index(..)` names no column; write `index(user_id, created_at.desc())`",
        );
        return None;
    }
    Some(index(meta, parts, Place::Index, errors))
}

/// `#[column(index)]`, `#[column(index(..))]`
pub(super) fn column_index(field: &Ident, meta: &Meta, errors: &Errors) -> Option<Index> {
    let options = column_options(meta, Place::ColumnIndex, errors)?;
    let has = |word: &str| options.iter().any(|option| option.word() == word);
    let mut part = IndexPart::of(Expr::Column(field.clone()));
    part.descending = has("desc");
    part.nulls_first = has("nulls_first")
        .then_some(true)
        .or(has("nulls_last").then_some(false));
    part.operator_class = options
        .iter()
        .find(|option| option.word() == "ops")
        .and_then(|option| value::name(option, Place::ColumnIndex, errors));
    let parts = Parts {
        parts: vec![part],
        options,
    };
    Some(index(meta, parts, Place::ColumnIndex, errors))
}

/// The options of an index or a unique constraint that stands at a field.
pub(super) fn column_options(meta: &Meta, place: Place, errors: &Errors) -> Option<Vec<Meta>> {
    match &meta.value {
        Value::None => Some(Vec::new()),
        Value::List(group) => Some(metas(group.stream(), place, errors)),
        Value::Equals(_) => {
            value::wrong_form(meta, Place::Column, errors);
            None
        }
    }
}

pub(super) fn index(meta: &Meta, parts: Parts, place: Place, errors: &Errors) -> Index {
    let filter = parts
        .option("where")
        .and_then(|option| value::either(option, place, errors))
        .and_then(|tokens| expr::expr(tokens, errors));
    let method = parts
        .option("using")
        .and_then(|option| value::word(option, place, errors))
        .and_then(|word| value::one_of(&word, INDEX_METHODS, "index method", errors));
    Index {
        span: meta.span(),
        name: parts.name(place, errors),
        unique: parts.has("unique"),
        nulls_not_distinct: parts.option("nulls_not_distinct").map(Meta::span),
        method,
        include: parts.include(place, errors),
        filter,
        parts: parts.parts,
    }
}

/// What stands between the parentheses: a chunk that begins with an option's word and is written as an option is one,
/// everything else is a part.
pub(super) fn parts_and_options(
    meta: &Meta,
    place: Place,
    of: Place,
    errors: &Errors,
) -> Option<Parts> {
    let group = value::list(meta, of, errors)?;
    let (options, parts): (Vec<_>, Vec<_>) = split_at_commas(group.stream())
        .into_iter()
        .partition(|chunk| is_option(chunk, place));
    let mut option_tokens = TokenStream::new();
    for option in options {
        option_tokens.extend(option);
        option_tokens.extend(quote::quote!(,));
    }
    Some(Parts {
        parts: parts
            .into_iter()
            .filter_map(|tokens| part(tokens, errors))
            .collect(),
        options: metas(option_tokens, place, errors),
    })
}

/// `name = ..` is an option, `name` alone a column of that name; `where(..)` and `include(..)` are options, `lower(..)` a call.
fn is_option(chunk: &TokenStream, place: Place) -> bool {
    let mut tokens = chunk.clone().into_iter();
    let Some(TokenTree::Ident(first)) = tokens.next() else {
        return false;
    };
    let word = unraw(&first);
    let known = place.key(&word).is_some();
    match tokens.next() {
        Some(TokenTree::Punct(punct)) => {
            punct.as_char() == '=' && punct.spacing() == proc_macro2::Spacing::Alone
        }
        Some(TokenTree::Group(group)) => {
            group.delimiter() == Delimiter::Parenthesis
                && known
                && matches!(word.as_str(), "where" | "include")
        }
        None => {
            known
                && matches!(
                    word.as_str(),
                    "unique" | "nulls_not_distinct" | "deferrable"
                )
        }
        Some(_) => false,
    }
}

/// A part: `created_at.desc().nulls_last()`, `lower(email)`.
fn part(tokens: TokenStream, errors: &Errors) -> Option<IndexPart> {
    let parsed = expr::syntax(tokens, errors)?;
    part_of(&parsed, errors)
}

fn part_of(parsed: &syn::Expr, errors: &Errors) -> Option<IndexPart> {
    match parsed {
        syn::Expr::MethodCall(call) if is_part_method(call) => {
            let mut part = part_of(&call.receiver, errors)?;
            apply(&mut part, call, errors);
            Some(part)
        }
        syn::Expr::MethodCall(call) if !expr::is_method(&call.method) => {
            let word = call.method.to_string();
            let suggestion = did_you_mean(&word, PART_METHODS.iter().copied());
            let end = if suggestion.is_empty() { ";" } else { "" };
            let all = listed(PART_METHODS.iter().copied());
            errors.push_at(
                call.method.span(),
                format!("unknown method `{word}` in an index{suggestion}{end} there are {all}"),
            );
            None
        }
        other => expr::from_syntax(other, errors).map(IndexPart::of),
    }
}

fn is_part_method(call: &ExprMethodCall) -> bool {
    PART_METHODS.iter().any(|word| call.method == word)
}

fn apply(part: &mut IndexPart, call: &ExprMethodCall, errors: &Errors) {
    match call.method.to_string().as_str() {
        "desc" => part.descending = true,
        "nulls_first" => part.nulls_first = Some(true),
        "nulls_last" => part.nulls_first = Some(false),
        "collate" => part.collation = text_argument(call, errors),
        "ops" => part.operator_class = name_argument(call, errors),
        _ => {}
    }
}

fn text_argument(call: &ExprMethodCall, errors: &Errors) -> Option<LitStr> {
    match call.args.first() {
        Some(syn::Expr::Lit(syn::ExprLit {
            lit: Lit::Str(text),
            ..
        })) => Some(text.clone()),
        _ => {
            errors.push_at(
                call.method.span(),
                "`collate` takes the collation's name: `.collate(\"C\")`",
            );
            None
        }
    }
}

fn name_argument(call: &ExprMethodCall, errors: &Errors) -> Option<Text> {
    let ident = match call.args.first() {
        Some(syn::Expr::Path(path)) => path.path.get_ident().cloned(),
        _ => None,
    };
    if ident.is_none() {
        errors.push_at(
            call.method.span(),
            "`ops` takes the operator class: `.ops(jsonb_path_ops)`",
        );
    }
    ident.map(|ident| Text {
        value: unraw(&ident),
        span: ident.span(),
    })
}

/// The parts as columns; one that is more than a column is a mistake.
pub(super) fn plain_columns(parts: &[IndexPart], what: &str, errors: &Errors) -> Vec<Ident> {
    let mut columns = Vec::new();
    for part in parts {
        match part.column() {
            Some(column) if part.is_plain() => columns.push(column.clone()),
            Some(column) => errors.push_at(
                column.span(),
                format!("{what} takes columns alone, without an order"),
            ),
            None => errors.push_at(
                part.value.span(),
                format!("{what} takes columns alone, no expression"),
            ),
        }
    }
    columns
}
