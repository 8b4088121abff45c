//! The rules of an enum.

use std::collections::HashSet;

use super::names::{builtin_type, length};
use super::texts;
use crate::ast::SqlEnum;
use crate::errors::Errors;
use crate::keys::MAX_IDENTIFIER_BYTES;

/// Adds every mistake of the enum to `errors`.
pub(crate) fn sql_enum(sql_enum: &SqlEnum, errors: &Errors) {
    length(&sql_enum.name, errors);
    sql_enum
        .schema
        .iter()
        .for_each(|schema| length(schema, errors));
    sql_enum
        .comment
        .iter()
        .for_each(|comment| texts::text(comment, "a comment", errors));
    if sql_enum.labels.is_empty() && errors.is_empty() {
        errors.push_at(
            sql_enum.ident.span(),
            format!(
                "`{}` has no values, so no row could store one; add a variant",
                sql_enum.ident
            ),
        );
    }
    native_keys(sql_enum, errors);
    builtin_name(sql_enum, errors);
    duplicates(sql_enum, errors);
    labels(sql_enum, errors);
    others(sql_enum, errors);
}

/// At most one variant has `other`. It takes every unknown label and has no label itself.
fn others(sql_enum: &SqlEnum, errors: &Errors) {
    for second in sql_enum.others.iter().skip(1) {
        errors.push_at(
            second.variant.span(),
            format!("`{}` is a second variant with `other`, but the first takes every label that the enum does not know; remove `other` here", second.variant),
        );
    }
    for other in &sql_enum.others {
        for key in &other.label_keys {
            errors.push_at(
                key.span(),
                format!("`{}` has no label, because it takes every label that the enum does not know; remove `{key}`, or remove `other`", other.variant),
            );
        }
    }
}

/// A text enum is not an object of the database, so it has no schema and no comment.
fn native_keys(sql_enum: &SqlEnum, errors: &Errors) {
    if sql_enum.native {
        return;
    }
    for key in &sql_enum.native_keys {
        errors.push_at(
            key.span(),
            format!("`{key}` is only for a native enum; add `native`, or remove it"),
        );
    }
}

/// PostgreSQL finds its own type before another type of the same name.
fn builtin_name(sql_enum: &SqlEnum, errors: &Errors) {
    if sql_enum.native && sql_enum.schema.is_none() {
        builtin_type(&sql_enum.name, errors);
    }
}

fn duplicates(sql_enum: &SqlEnum, errors: &Errors) {
    let mut seen = HashSet::new();
    for label in &sql_enum.labels {
        if !seen.insert(&label.text.value) {
            errors.push_at(
                label.text.span,
                format!(
                    "the label `{}` is already used; give one of the two another `rename`",
                    label.text.value
                ),
            );
        }
    }
}

fn labels(sql_enum: &SqlEnum, errors: &Errors) {
    for label in &sql_enum.labels {
        texts::text(&label.text, "a label", errors);
        if sql_enum.native && label.text.value.len() > MAX_IDENTIFIER_BYTES {
            errors.push_at(label.text.span, format!("a label of a native enum has at most {MAX_IDENTIFIER_BYTES} bytes; shorten it with `rename`"));
        }
        if sql_enum.native && label.text.value == "NULL" {
            errors.push_at(
                label.text.span,
                "sqlx reads the label `NULL` of a native enum as a missing label, and every statement with the type fails; write another label with `rename`, or remove `native` to store the enum as text".to_owned(),
            );
        }
        let before = label.renamed_from.as_ref();
        if let Some(before) = before.filter(|before| before.value == label.text.value) {
            errors.push_at(
                before.span,
                format!(
                    "`{}` is the current label; `renamed_from` takes the previous label",
                    before.value
                ),
            );
        }
    }
}
