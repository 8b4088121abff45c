//! A field and its `#[column(..)]`.

use syn::{Field, Ident};

use super::derive_input::{keys, reject};
use super::docs::doc_comment;
use super::meta::{Meta, Value};
use super::{allow, constraint, expr, foreign_key, index, sql_type, transition, value, valued};
use crate::ast::{
    Check, Column, ForeignKey, Identity, Index, PrimaryKey, Role, RoleKind, SqlType, Text, Unique,
    Valued, unraw,
};
use crate::errors::Errors;
use crate::keys::{self, Place};

const PLACE: Place = Place::Column;

/// The parts of `#[column(..)]` that belong to the table.
#[derive(Default)]
pub(super) struct Extras {
    pub(super) primary_key: Option<PrimaryKey>,
    pub(super) uniques: Vec<Unique>,
    pub(super) indexes: Vec<Index>,
    pub(super) checks: Vec<Check>,
    pub(super) foreign_key: Option<ForeignKey>,
}

pub(super) fn column(field: &Field, errors: &Errors) -> Option<(Column, Extras)> {
    let ident = field.ident.clone()?;
    reject(&field.attrs, "table", "the struct", errors);
    let metas = keys(&field.attrs, "column", PLACE, errors);
    let mut column = without_keys(field, ident);
    let mut extras = Extras::default();
    for meta in &metas {
        apply(&mut column, meta, errors);
        apply_extra(&mut extras, &column.field, meta, errors);
    }
    extras.foreign_key =
        foreign_key::column_foreign_key(&column.field, &column.allow, &metas, errors);
    Some((column, extras))
}

/// The column of a field, before any key is applied.
pub(super) fn without_keys(field: &Field, ident: Ident) -> Column {
    let field_name = unraw(&ident);
    Column {
        name: Text {
            value: field_name.clone(),
            span: ident.span(),
        },
        visibility: field.vis.clone(),
        rust_type: field.ty.clone(),
        comment: doc_comment(&field.attrs),
        field: ident,
        field_name,
        sql_type: None,
        sql_type_raw: None,
        identity: None,
        serial: None,
        default: None,
        generated: None,
        roles: Vec::new(),
        immutable: None,
        transitions: None,
        secret: None,
        renamed_from: None,
        allow: Vec::new(),
    }
}

fn apply(column: &mut Column, meta: &Meta, errors: &Errors) {
    let word = meta.word();
    if let Some(type_word) = keys::type_word(&word) {
        return add_type(column, sql_type::from_meta(meta, type_word, errors), errors);
    }
    match word.as_str() {
        "name" => {
            if let Some(name) = value::name(meta, PLACE, errors) {
                column.name = name;
            }
        }
        "sql_type" => column.sql_type_raw = value::text(meta, PLACE, errors),
        "identity" => column.identity = identity(meta, errors),
        "serial" => column.serial = value::flag(meta, PLACE, errors),
        "default" => add_value(
            &mut column.default,
            "default",
            default(meta, errors),
            errors,
        ),
        "default_sql" => add_value(
            &mut column.default,
            "default",
            valued::sql(meta, PLACE, errors),
            errors,
        ),
        "generated" => add_value(
            &mut column.generated,
            "generated",
            valued::expression(meta, PLACE, errors),
            errors,
        ),
        "generated_sql" => add_value(
            &mut column.generated,
            "generated",
            valued::sql(meta, PLACE, errors),
            errors,
        ),
        "created_at" => column.roles.extend(role(meta, RoleKind::CreatedAt, errors)),
        "updated_at" => column.roles.extend(updated_at(meta, errors)),
        "deleted_at" => column.roles.extend(role(meta, RoleKind::DeletedAt, errors)),
        "immutable" => column.immutable = value::flag(meta, PLACE, errors),
        "transitions" => column.transitions = transition::transitions(meta, errors),
        "secret" => column.secret = value::flag(meta, PLACE, errors),
        "comment" => column.comment = value::text(meta, PLACE, errors),
        "renamed_from" => column.renamed_from = value::name(meta, PLACE, errors),
        "allow" => column.allow.extend(allow::names(meta, PLACE, errors)),
        _ => {}
    }
}

fn apply_extra(extras: &mut Extras, field: &Ident, meta: &Meta, errors: &Errors) {
    match meta.word().as_str() {
        "primary_key" => extras.primary_key = primary_key(field, meta, errors),
        "unique" => match constraint::column_unique(field, meta, errors) {
            Some(constraint::UniqueKind::Constraint(unique)) => extras.uniques.push(unique),
            Some(constraint::UniqueKind::Index(index)) => extras.indexes.push(index),
            None => {}
        },
        "index" => extras
            .indexes
            .extend(index::column_index(field, meta, errors)),
        "check" => extras
            .checks
            .extend(constraint::check(meta, Some(field), PLACE, errors)),
        "check_sql" => {
            extras
                .checks
                .extend(constraint::check_sql(meta, Some(field), PLACE, errors));
        }
        _ => {}
    }
}

fn add_type(column: &mut Column, sql_type: Option<SqlType>, errors: &Errors) {
    sql_type::add(&mut column.sql_type, sql_type, "column", errors);
}

/// Sets the value of a key such as `default`. `default` and `default_sql` together are a mistake.
fn add_value(slot: &mut Option<Valued>, word: &str, value: Option<Valued>, errors: &Errors) {
    if let (Some(_), Some(second)) = (&slot, &value) {
        errors.push_at(
            second.key,
            format!("write `{word}` or `{word}_sql`, not both"),
        );
        return;
    }
    if value.is_some() {
        *slot = value;
    }
}

fn default(meta: &Meta, errors: &Errors) -> Option<Valued> {
    let tokens = value::equals(meta, PLACE, errors)?;
    let expr = expr::expr(tokens.clone(), errors)?;
    Some(Valued {
        key: meta.span(),
        expr,
    })
}

fn role(meta: &Meta, kind: RoleKind, errors: &Errors) -> Option<Role> {
    value::flag(meta, PLACE, errors).map(|span| Role { span, kind })
}

/// `updated_at`, or `updated_at = application`.
fn updated_at(meta: &Meta, errors: &Errors) -> Option<Role> {
    let by_application = match meta.value {
        Value::None => false,
        _ => {
            let word = value::word(meta, PLACE, errors)?;
            value::one_of(
                &word,
                &[("trigger", false), ("application", true)],
                "`updated_at` mode",
                errors,
            )?
        }
    };
    Some(Role {
        span: meta.span(),
        kind: RoleKind::UpdatedAt { by_application },
    })
}

/// `identity`, `identity = always`, or `identity = by_default`.
fn identity(meta: &Meta, errors: &Errors) -> Option<Identity> {
    let by_default = match meta.value {
        Value::None => false,
        _ => {
            let word = value::word(meta, PLACE, errors)?;
            value::one_of(
                &word,
                &[("always", false), ("by_default", true)],
                "identity",
                errors,
            )?
        }
    };
    Some(Identity {
        span: meta.span(),
        by_default,
    })
}

fn primary_key(field: &Ident, meta: &Meta, errors: &Errors) -> Option<PrimaryKey> {
    let span = value::flag(meta, PLACE, errors)?;
    Some(PrimaryKey {
        span,
        name: None,
        columns: vec![field.clone()],
    })
}
