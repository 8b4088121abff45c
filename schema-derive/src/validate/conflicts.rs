//! Keys that cannot be combined.

use proc_macro2::Span;

use crate::ast::{Column, Role, RoleKind, Table};
use crate::errors::Errors;

/// The keys that give the column its value. Only one of them may be set.
fn sources(column: &Column) -> Vec<(&'static str, Span)> {
    let default = column
        .default
        .as_ref()
        .map(|default| ("default", default.key));
    let generated = column
        .generated
        .as_ref()
        .map(|generated| ("generated", generated.key));
    let identity = column
        .identity
        .as_ref()
        .map(|identity| ("identity", identity.span));
    let serial = column.serial.map(|span| ("serial", span));
    default
        .into_iter()
        .chain(generated)
        .chain(identity)
        .chain(serial)
        .collect()
}

pub(super) fn values(table: &Table, errors: &Errors) {
    for column in &table.columns {
        if let [(first, _), (second, span), ..] = sources(column).as_slice() {
            errors.push_at(
                *span,
                format!("`{first}` and `{second}` both set the column's value; write one of them"),
            );
        }
        if let (Some(default), true) = (&column.default, column.is_deleted_at()) {
            errors.push_at(
                default.key,
                "a `default` on the `deleted_at` column would mark every new row as deleted; remove it",
            );
        }
        if let (Some(generated), Some(role)) = (&column.generated, column.roles.first()) {
            errors.push_at(
                generated.key,
                format!(
                    "a `{}` column is set by Freehold and cannot be `generated`",
                    role.kind.word()
                ),
            );
        }
    }
}

/// A column has at most one of `created_at`, `updated_at` and `deleted_at`.
pub(super) fn roles(table: &Table, errors: &Errors) {
    for column in &table.columns {
        if let [first, second, ..] = column.roles.as_slice() {
            let (first, word) = (first.kind.word(), second.kind.word());
            errors.push_at(
                second.span,
                format!("a column is `{first}` or `{word}`, not both"),
            );
        }
    }
}

/// A column that Freehold updates cannot be immutable.
pub(super) fn immutable_roles(table: &Table, errors: &Errors) {
    for column in &table.columns {
        let changing = |role: &&Role| !matches!(role.kind, RoleKind::CreatedAt);
        if let (Some(span), Some(role)) = (column.immutable, column.roles.iter().find(changing)) {
            let word = role.kind.word();
            errors.push_at(
                span,
                format!("a `{word}` column changes and cannot be `immutable`"),
            );
        }
    }
}

/// A generated column changes with the columns that it is computed from, so it cannot be immutable.
pub(super) fn immutable_generated(table: &Table, errors: &Errors) {
    for column in &table.columns {
        if let (Some(span), Some(_)) = (column.immutable, &column.generated) {
            errors.push_at(
                span,
                "a `generated` column changes with the columns that it is computed from; make those `immutable`",
            );
        }
    }
}

/// The audit trail identifies a changed row by its primary key, so the key cannot be secret.
pub(super) fn secret_key(table: &Table, errors: &Errors) {
    let key = table.key_columns().iter();
    let key = key.filter_map(|ident| table.column(ident));
    for column in key.filter(|_| table.audit.is_some()) {
        if let Some(span) = column.secret {
            errors.push_at(
                span,
                "the audit trail contains the primary key of each row, so the key cannot be `secret`; choose a key without secrets",
            );
        }
    }
}

/// Each of `created_at`, `updated_at` and `deleted_at` is on at most one column.
pub(super) fn repeated_roles(table: &Table, errors: &Errors) {
    let all = || {
        let columns = table.columns.iter();
        columns.flat_map(|column| column.roles.iter().map(move |role| (column, role)))
    };
    for (index, (column, role)) in all().enumerate() {
        let word = role.kind.word();
        let mut before = all().take(index);
        let first = before
            .find(|(other, before)| before.kind.word() == word && other.field != column.field);
        if let Some((first, _)) = first {
            errors.push_at(
                role.span,
                format!(
                    "`{word}` is on the field `{}` already; a table has one such column",
                    first.field
                ),
            );
        }
    }
}

pub(super) fn types(table: &Table, errors: &Errors) {
    for column in &table.columns {
        if let (Some(word), Some(raw)) = (&column.sql_type, &column.sql_type_raw) {
            errors.push_at(
                raw.span,
                format!(
                    "the column has the type `{}` already; write one type",
                    word.word.word
                ),
            );
        }
        let counted = column.serial.map(|span| ("serial", span)).or(column
            .identity
            .as_ref()
            .map(|identity| ("identity", identity.span)));
        if let (Some((key, span)), Some(raw)) = (counted, &column.sql_type_raw) {
            errors.push_at(
                span,
                format!(
                    "`{key}` is for fields of type `i16`, `i32` or `i64` and cannot be stored as `{}`; remove `sql_type`",
                    raw.value
                ),
            );
        }
    }
}

/// `primary_key` is written on the fields or on the table, not on both.
pub(super) fn primary_keys(table: &Table, errors: &Errors) {
    if let [_, second, ..] = table.primary_keys.as_slice() {
        errors.push_at(
            second.span,
            "the table has a primary key already; write it at the fields or at the table, once",
        );
    }
}

/// A unique constraint on the columns of the primary key is redundant.
pub(super) fn unique_primary_key(table: &Table, errors: &Errors) {
    let key = table.key_columns();
    for unique in table
        .uniques
        .iter()
        .filter(|unique| !key.is_empty() && unique.columns == key)
    {
        errors.push_at(
            unique.span,
            "the primary key is unique already; remove `unique`",
        );
    }
}

/// Two unique constraints over the same columns are redundant.
pub(super) fn unique_twice(table: &Table, errors: &Errors) {
    for (position, unique) in table.uniques.iter().enumerate() {
        let mut before = table.uniques.iter().take(position);
        if before.any(|other| other.columns == unique.columns) {
            errors.push_at(
                unique.span,
                "these columns are unique already; write it once",
            );
        }
    }
}
