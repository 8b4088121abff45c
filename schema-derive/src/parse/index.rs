//! `index(..)`, on a table and on a field.

use syn::Ident;

use super::meta::Meta;
use super::parts::Parts;
use super::value;
use crate::ast::Index;
use crate::errors::Errors;
use crate::keys::{INDEX_METHODS, Place};

/// `#[table(index(..))]`
pub(super) fn table_index(meta: &Meta, errors: &Errors) -> Option<Index> {
    let parts = Parts::of_table(meta, Place::Index, errors)?;
    if parts.parts.is_empty() {
        if parts.is_whole {
            errors.push_at(
                meta.span(),
                "`index(..)` names no column; write `index(user_id, created_at.desc())`",
            );
        }
        return None;
    }
    Some(index(meta, parts, errors))
}

/// `#[column(index)]`, `#[column(index(..))]`
pub(super) fn column_index(field: &Ident, meta: &Meta, errors: &Errors) -> Option<Index> {
    let mut parts = Parts::of_column(field, meta, Place::ColumnIndex, errors)?;
    let descending = one_flag(&parts, "asc", "desc", errors) == Some("desc");
    let nulls = one_flag(&parts, "nulls_first", "nulls_last", errors);
    let operator_class = parts.operator_class(errors);
    for part in &mut parts.parts {
        part.descending = descending;
        part.nulls_first = nulls.map(|word| word == "nulls_first");
        part.operator_class.clone_from(&operator_class);
    }
    Some(index(meta, parts, errors))
}

/// The one of two flags that is set. Both together are a mistake.
fn one_flag(
    parts: &Parts,
    one: &'static str,
    other: &'static str,
    errors: &Errors,
) -> Option<&'static str> {
    match (parts.flag(one, errors), parts.flag(other, errors)) {
        (Some(_), Some(span)) => {
            errors.push_at(span, format!("an index is `{one}` or `{other}`, not both"));
            None
        }
        (Some(_), None) => Some(one),
        (None, Some(_)) => Some(other),
        (None, None) => None,
    }
}

pub(super) fn index(meta: &Meta, parts: Parts, errors: &Errors) -> Index {
    let method = parts.method(errors);
    Index {
        span: meta.span(),
        name: parts.name(errors),
        unique: parts.flag("unique", errors).is_some(),
        nulls_not_distinct: parts.flag("nulls_not_distinct", errors),
        method: method.and_then(|word| value::one_of(&word, INDEX_METHODS, "index method", errors)),
        include: parts.include(errors),
        filter: parts.filter(errors),
        parts: parts.parts,
    }
}
