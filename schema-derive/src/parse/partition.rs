//! `partition_by = range(created_at)`, `partition(..)` and `monthly_partitions`.

use proc_macro2::{TokenStream, TokenTree};
use syn::LitInt;
use syn::parse::Parser;

use super::meta::{Meta, Value, metas, split_at_commas, understood};
use super::{expr, value};
use crate::ast::{Expr, MonthlyPartitions, Months, Partition, PartitionBound, PartitionBy};
use crate::errors::Errors;
use crate::keys::{Place, STRATEGIES};

const PLACE: Place = Place::Partition;

/// `partition_by = range(created_at)`
pub(super) fn partition_by(meta: &Meta, errors: &Errors) -> Option<PartitionBy> {
    let tokens = value::equals(meta, Place::Table, errors)?;
    let mut tokens = tokens.clone().into_iter();
    let (Some(TokenTree::Ident(word)), Some(TokenTree::Group(group)), None) =
        (tokens.next(), tokens.next(), tokens.next())
    else {
        value::wrong_form(meta, Place::Table, errors);
        return None;
    };
    let strategy = value::one_of(&word, STRATEGIES, "strategy", errors)?;
    let columns = value::idents
        .parse2(group.stream())
        .ok()
        .filter(|columns| !columns.is_empty());
    if columns.is_none() {
        value::wrong_form(meta, Place::Table, errors);
    }
    Some(PartitionBy {
        span: meta.span(),
        strategy,
        columns: columns?,
    })
}

/// `partition(name = logs_2025, from = "2025-01-01", to = "2026-01-01")`
pub(super) fn partition(meta: &Meta, errors: &Errors) -> Option<Partition> {
    let group = value::list(meta, Place::Table, errors)?;
    let options = metas(group.stream(), PLACE, errors);
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    let Some(name) = find("name") else {
        errors.push_at(
            meta.span(),
            "a partition needs a name: `partition(name = logs_2025, ..)`",
        );
        return None;
    };
    // A key with a mistake is reported already; the key that it leaves missing is not reported as a second mistake.
    if options.len() < split_at_commas(group.stream()).len() {
        return None;
    }
    Some(Partition {
        span: meta.span(),
        name: value::name(name, PLACE, errors)?,
        bound: bound(meta, &options, errors)?,
    })
}

/// The bound of the partition, which must be written in exactly one way.
fn bound(meta: &Meta, options: &[Meta], errors: &Errors) -> Option<PartitionBound> {
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    match (
        find("from"),
        find("to"),
        find("in"),
        find("modulus"),
        find("remainder"),
        find("default"),
    ) {
        (Some(from), Some(to), None, None, None, None) => Some(PartitionBound::Range(
            values(from, errors)?,
            values(to, errors)?,
        )),
        (None, None, Some(list), None, None, None) => {
            Some(PartitionBound::List(values(list, errors)?))
        }
        (None, None, None, Some(modulus), Some(remainder), None) => Some(PartitionBound::Hash(
            number(modulus, PLACE, errors)?,
            number(remainder, PLACE, errors)?,
        )),
        (None, None, None, None, None, Some(default)) => {
            value::flag(default, PLACE, errors)?;
            Some(PartitionBound::Default)
        }
        _ => {
            errors.push_at(meta.span(), "a partition holds a range (`from` and `to`), a list (`in`), a remainder (`modulus` and `remainder`) or the rest (`default`); write one of them");
            None
        }
    }
}

/// One value, or one value for each column of the partition key.
fn values(meta: &Meta, errors: &Errors) -> Option<Vec<Expr>> {
    let chunks = match &meta.value {
        Value::List(group) => split_at_commas(group.stream()),
        _ => vec![value::equals(meta, PLACE, errors)?.clone()],
    };
    let read: Vec<_> = chunks
        .into_iter()
        .map(|tokens| bound_value(meta, tokens, errors))
        .collect();
    read.into_iter().collect()
}

/// A literal, or `minvalue` or `maxvalue`, which SQL writes as words.
fn bound_value(meta: &Meta, tokens: TokenStream, errors: &Errors) -> Option<Expr> {
    let read = expr::expr(tokens, errors)?;
    match read {
        Expr::Column(ident) if ident == "minvalue" || ident == "maxvalue" => {
            Some(Expr::Keyword(ident))
        }
        Expr::Number { .. }
        | Expr::Text(_)
        | Expr::Bool { .. }
        | Expr::Null(_)
        | Expr::Variant(_) => Some(read),
        other => {
            let message = format!(
                "`{}` takes literals, `minvalue` and `maxvalue`",
                meta.word()
            );
            errors.push_at(other.span(), message);
            None
        }
    }
}

fn number(meta: &Meta, place: Place, errors: &Errors) -> Option<u32> {
    let literal: LitInt = value::parsed(meta, place, errors)?;
    let number = literal.base10_parse().ok();
    if number.is_none() {
        value::wrong_form(meta, place, errors);
    }
    number
}

/// Reads `monthly_partitions`, or `monthly_partitions(function = create_log_partitions, ahead = 3)`.
pub(super) fn monthly_partitions(meta: &Meta, errors: &Errors) -> Option<MonthlyPartitions> {
    let place = Place::MonthlyPartitions;
    let options = match &meta.value {
        Value::None => Vec::new(),
        _ => understood(value::list(meta, Place::Table, errors)?, place, errors)?,
    };
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    Some(MonthlyPartitions {
        span: meta.span(),
        function: find("function").and_then(|meta| value::name(meta, place, errors)),
        ahead: find("ahead").and_then(|meta| {
            let count = number(meta, place, errors)?;
            let span = meta.span();
            Some(Months { count, span })
        }),
    })
}
