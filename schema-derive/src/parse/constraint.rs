//! `unique(..)`, `check(..)` and `check_sql`.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Ident, LitStr};

use super::index;
use super::meta::{Meta, Value};
use super::parts::Parts;
use super::{expr, foreign_key, value};
use crate::ast::{Check, Expr, Index, IndexPart, Text, Unique, unraw};
use crate::errors::Errors;
use crate::keys::Place;

/// What `unique(..)` makes: an index if it has a condition, an expression or an order, otherwise a constraint.
pub(super) enum UniqueKind {
    Constraint(Unique),
    Index(Index),
}

/// `#[table(unique(a, b, ..))]`
pub(super) fn table_unique(meta: &Meta, errors: &Errors) -> Option<UniqueKind> {
    unique(meta, Parts::of_table(meta, Place::Unique, errors)?, errors)
}

/// `#[column(unique)]`, `#[column(unique(..))]`
pub(super) fn column_unique(field: &Ident, meta: &Meta, errors: &Errors) -> Option<UniqueKind> {
    unique(
        meta,
        Parts::of_column(field, meta, Place::Unique, errors)?,
        errors,
    )
}

fn unique(meta: &Meta, parts: Parts, errors: &Errors) -> Option<UniqueKind> {
    if parts.parts.is_empty() {
        if parts.is_whole {
            errors.push_at(
                meta.span(),
                "`unique(..)` names no column; write `unique(user_id, slug)`",
            );
        }
        return None;
    }
    let is_plain = parts.parts.iter().all(IndexPart::is_plain);
    if is_plain && parts.option("where").is_none() {
        return Some(UniqueKind::Constraint(unique_constraint(
            meta, &parts, errors,
        )));
    }
    if let Some(option) = parts.option("deferrable") {
        errors.push_at(option.span(), "a unique index cannot be `deferrable`; for a unique constraint, remove `where`, expressions and orders");
    }
    let mut index = index::index(meta, parts, errors);
    index.unique = true;
    Some(UniqueKind::Index(index))
}

fn unique_constraint(meta: &Meta, parts: &Parts, errors: &Errors) -> Unique {
    let deferrable = parts.option("deferrable");
    Unique {
        span: meta.span(),
        name: parts.name(errors),
        columns: parts.columns("a unique constraint", errors),
        include: parts.include(errors),
        nulls_not_distinct: parts.flag("nulls_not_distinct", errors).is_some(),
        deferrable: deferrable
            .and_then(|option| foreign_key::deferrable(option, Place::Unique, errors)),
    }
}

/// `check(expr)` or `check(name: expr)`
pub(super) fn check(
    meta: &Meta,
    column: Option<&Ident>,
    place: Place,
    errors: &Errors,
) -> Option<Check> {
    let group = value::list(meta, place, errors)?;
    let (name, tokens) = named(group.stream());
    if tokens.is_empty() {
        errors.push_on(
            group,
            "`check(..)` is empty; write the condition: `check(length(title) > 0)`",
        );
        return None;
    }
    Some(Check {
        name,
        condition: expr::expr(tokens, errors)?,
        column: column.cloned(),
    })
}

/// `check_sql = ".."` or `check_sql(name: "..")`
pub(super) fn check_sql(
    meta: &Meta,
    column: Option<&Ident>,
    place: Place,
    errors: &Errors,
) -> Option<Check> {
    let (name, sql) = match &meta.value {
        Value::Equals(tokens) => (None, syn::parse2::<LitStr>(tokens.clone()).ok()),
        Value::List(group) => {
            let (name, tokens) = named(group.stream());
            (name, syn::parse2::<LitStr>(tokens).ok())
        }
        Value::None => (None, None),
    };
    let Some(sql) = sql else {
        value::wrong_form(meta, place, errors);
        return None;
    };
    Some(Check {
        name,
        condition: Expr::Sql(sql),
        column: column.cloned(),
    })
}

/// Splits off the name of `name: condition`. `name::..` is a path, not a name.
fn named(tokens: TokenStream) -> (Option<Text>, TokenStream) {
    let mut rest = tokens.clone().into_iter();
    let name = match rest.next() {
        Some(TokenTree::Ident(ident)) => Text {
            value: unraw(&ident),
            span: ident.span(),
        },
        Some(TokenTree::Literal(literal)) => {
            match syn::parse2::<LitStr>(TokenTree::from(literal).into()) {
                Ok(text) => value::text_of(&text),
                Err(_) => return (None, tokens),
            }
        }
        _ => return (None, tokens),
    };
    let colon = rest.next();
    let is_single = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == proc_macro2::Spacing::Alone);
    if colon.as_ref().is_some_and(is_single) {
        (Some(name), rest.collect())
    } else {
        (None, tokens)
    }
}
