//! The content of `index(..)`, `unique(..)` and `primary_key(..)`: parts and options.
//!
//! A part is a column or an expression, with its order.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{ExprMethodCall, Ident, Lit, LitStr};

use super::meta::{Meta, Value, metas, split_at_commas};
use super::{expr, value};
use crate::ast::{Expr, IndexPart, Text, unraw};
use crate::errors::Errors;
use crate::keys::{PART_METHODS, Place};
use crate::suggest::unknown;

/// The parts and the options of an index or a key.
pub(super) struct Parts {
    pub(super) parts: Vec<IndexPart>,
    pub(super) options: Vec<Meta>,
    /// Whether every part could be read. A part with a mistake is reported already.
    pub(super) is_whole: bool,
    place: Place,
}

impl Parts {
    /// Reads a list on the table.
    pub(super) fn of_table(meta: &Meta, place: Place, errors: &Errors) -> Option<Self> {
        let group = value::list(meta, Place::Table, errors)?;
        let chunks = split_at_commas(group.stream()).into_iter();
        let (options, parts): (Vec<_>, Vec<_>) = chunks.partition(|chunk| is_option(chunk, place));
        let count = parts.len();
        let parts: Vec<_> = parts
            .into_iter()
            .filter_map(|tokens| part(tokens, errors))
            .collect();
        Some(Self {
            is_whole: parts.len() == count,
            parts,
            options: metas(joined(options), place, errors),
            place,
        })
    }

    /// Makes the field the only part, and reads the options on the field.
    pub(super) fn of_column(
        field: &Ident,
        meta: &Meta,
        place: Place,
        errors: &Errors,
    ) -> Option<Self> {
        let options = match &meta.value {
            Value::None => Vec::new(),
            Value::List(group) => metas(group.stream(), place, errors),
            Value::Equals(_) => {
                value::wrong_form(meta, Place::Column, errors);
                return None;
            }
        };
        Some(Self {
            parts: vec![IndexPart::of(Expr::Column(field.clone()))],
            options,
            is_whole: true,
            place,
        })
    }

    pub(super) fn option(&self, word: &str) -> Option<&Meta> {
        self.options.iter().find(|option| option.word() == word)
    }

    /// The span of an option that takes no value, if it is set.
    pub(super) fn flag(&self, word: &str, errors: &Errors) -> Option<Span> {
        value::flag(self.option(word)?, self.place, errors)
    }

    pub(super) fn name(&self, errors: &Errors) -> Option<Text> {
        value::name(self.option("name")?, self.place, errors)
    }

    pub(super) fn operator_class(&self, errors: &Errors) -> Option<Text> {
        value::name(self.option("ops")?, self.place, errors)
    }

    pub(super) fn include(&self, errors: &Errors) -> Vec<Ident> {
        let option = self.option("include");
        option
            .and_then(|option| value::columns(option, self.place, errors))
            .unwrap_or_default()
    }

    pub(super) fn filter(&self, errors: &Errors) -> Option<Expr> {
        let tokens = value::either(self.option("where")?, self.place, errors)?;
        expr::expr(tokens, errors)
    }

    pub(super) fn method(&self, errors: &Errors) -> Option<Ident> {
        value::word(self.option("using")?, self.place, errors)
    }

    /// The parts as columns. A part that is more than a column is a mistake.
    pub(super) fn columns(&self, what: &str, errors: &Errors) -> Vec<Ident> {
        let mut columns = Vec::new();
        for part in &self.parts {
            match part.column() {
                Some(column) if part.is_plain() => columns.push(column.clone()),
                Some(column) => errors.push_at(
                    column.span(),
                    format!("{what} takes only columns, without an order"),
                ),
                None => errors.push_at(
                    part.value.span(),
                    format!("{what} takes only columns, not expressions"),
                ),
            }
        }
        columns
    }
}

/// Joins the chunks to one list again.
pub(super) fn joined(chunks: Vec<TokenStream>) -> TokenStream {
    let mut tokens = TokenStream::new();
    for chunk in chunks {
        tokens.extend(chunk);
        tokens.extend(quote::quote!(,));
    }
    tokens
}

/// Whether a chunk is an option and not a part.
///
/// `name = ..` is an option, but `name` without a value is a column of that name. `where(..)` and `include(..)` are
/// options, but `lower(..)` is a call.
fn is_option(chunk: &TokenStream, place: Place) -> bool {
    let mut tokens = chunk.clone().into_iter();
    let Some(TokenTree::Ident(first)) = tokens.next() else {
        return false;
    };
    let word = unraw(&first);
    // `r#where` is a column of that name.
    let is_raw = first != word;
    let is_one_of =
        |words: &[&str]| !is_raw && place.key(&word).is_some() && words.contains(&word.as_str());
    match tokens.next() {
        Some(TokenTree::Punct(punct)) => {
            punct.as_char() == '=' && punct.spacing() == Spacing::Alone
        }
        Some(TokenTree::Group(group)) => {
            group.delimiter() == Delimiter::Parenthesis && is_one_of(&["where", "include"])
        }
        None => is_one_of(&["unique", "nulls_not_distinct", "deferrable", "where"]),
        Some(_) => false,
    }
}

/// Reads a part such as `created_at.desc().nulls_last()` or `lower(email)`. A single word is a column, even if it is a
/// keyword of Rust.
fn part(tokens: TokenStream, errors: &Errors) -> Option<IndexPart> {
    if let Ok(column) = Ident::parse_any.parse2(tokens.clone()) {
        return Some(IndexPart::of(Expr::Column(column)));
    }
    if let Some((column, order)) = order_as_word(tokens.clone()) {
        let message = format!("write an order as `{column}.{order}()`");
        errors.push_at(order.span(), message);
        return None;
    }
    let parsed = expr::syntax(tokens, errors)?;
    part_of(&parsed, errors)
}

/// Recognises `title desc`, which is SQL.
fn order_as_word(tokens: TokenStream) -> Option<(Ident, Ident)> {
    let mut tokens = tokens.into_iter();
    let (Some(TokenTree::Ident(column)), Some(TokenTree::Ident(order))) =
        (tokens.next(), tokens.next())
    else {
        return None;
    };
    let order = Ident::new(&order.to_string().to_lowercase(), order.span());
    (order == "desc" || order == "asc").then_some((column, order))
}

fn part_of(parsed: &syn::Expr, errors: &Errors) -> Option<IndexPart> {
    match parsed {
        syn::Expr::MethodCall(call) if is_part_method(call) => {
            let mut part = part_of(&call.receiver, errors)?;
            apply(&mut part, call, errors);
            Some(part)
        }
        syn::Expr::MethodCall(call) if !expr::is_method(&call.method) => {
            let message = unknown(
                "method",
                &call.method.to_string(),
                PART_METHODS.iter().copied(),
            );
            errors.push_at(call.method.span(), message);
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
        "collate" => part.collation = text_argument(call, errors),
        "ops" => part.operator_class = name_argument(call, errors),
        word if !call.args.is_empty() => {
            errors.push_at(call.method.span(), format!("`{word}` takes no argument"));
        }
        "desc" => part.descending = true,
        "nulls_first" => part.nulls_first = Some(true),
        "nulls_last" => part.nulls_first = Some(false),
        _ => {}
    }
}

fn text_argument(call: &ExprMethodCall, errors: &Errors) -> Option<LitStr> {
    match call.args.first() {
        Some(syn::Expr::Lit(syn::ExprLit {
            lit: Lit::Str(text),
            ..
        })) if call.args.len() == 1 => Some(text.clone()),
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
        Some(syn::Expr::Path(path)) if call.args.len() == 1 => path.path.get_ident().cloned(),
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
