//! An expression as the value of a key, in the expression language or in SQL.

use super::meta::Meta;
use super::{expr, value};
use crate::ast::{Expr, Valued};
use crate::errors::Errors;
use crate::keys::Place;

/// Reads `using(..)` or `using_sql = ".."`. Both together are a mistake.
pub(super) fn either(
    options: &[Meta],
    word: &str,
    place: Place,
    errors: &Errors,
) -> Option<Valued> {
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    match (find(word), find(&format!("{word}_sql"))) {
        (Some(_), Some(second)) => {
            errors.push_at(
                second.span(),
                format!("write `{word}` or `{word}_sql`, not both"),
            );
            None
        }
        (Some(meta), None) => expression(meta, place, errors),
        (None, Some(meta)) => sql(meta, place, errors),
        (None, None) => None,
    }
}

/// Reads `key = expr` or `key(expr)`.
pub(super) fn expression(meta: &Meta, place: Place, errors: &Errors) -> Option<Valued> {
    let tokens = value::either(meta, place, errors)?;
    let expr = expr::expr(tokens, errors)?;
    Some(Valued {
        key: meta.span(),
        expr,
    })
}

/// Reads `key = ".."`, where the text is SQL.
pub(super) fn sql(meta: &Meta, place: Place, errors: &Errors) -> Option<Valued> {
    let text = value::string(meta, place, errors)?;
    Some(Valued {
        key: meta.span(),
        expr: Expr::Sql(text),
    })
}
