//! A field and its `#[argument(..)]`.

use syn::Field;

use crate::ast::{Column, Valued};
use crate::errors::Errors;
use crate::keys::{Place, type_word};
use crate::parse::derive_input::keys;
use crate::parse::meta::Meta;
use crate::parse::{column, expr, sql_type, value};

const PLACE: Place = Place::Argument;

pub(super) fn argument(field: &Field, errors: &Errors) -> Option<Column> {
    let mut argument = column::without_keys(field, field.ident.clone()?);
    for meta in keys(&field.attrs, "argument", PLACE, errors) {
        apply(&mut argument, &meta, errors);
    }
    Some(argument)
}

fn apply(argument: &mut Column, meta: &Meta, errors: &Errors) {
    let word = meta.word();
    if let Some(word) = type_word(&word) {
        let sql_type = sql_type::from_meta(meta, word, errors);
        return sql_type::add(&mut argument.sql_type, sql_type, "argument", errors);
    }
    match word.as_str() {
        "name" => {
            if let Some(name) = value::name(meta, PLACE, errors) {
                argument.name = name;
            }
        }
        _ => argument.default = default(meta, errors),
    }
}

fn default(meta: &Meta, errors: &Errors) -> Option<Valued> {
    let tokens = value::equals(meta, PLACE, errors)?;
    Some(Valued {
        key: meta.span(),
        expr: expr::expr(tokens.clone(), errors)?,
    })
}
