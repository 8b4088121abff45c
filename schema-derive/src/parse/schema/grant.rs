//! `grant(select, update(note), on = tables(Order), to = app_write)`

use proc_macro2::{Group, TokenTree};
use syn::Ident;

use super::PLACE as SCHEMA;
use crate::ast::{Grant, GrantOn, Names, Privilege};
use crate::errors::Errors;
use crate::keys::{COLUMN_PRIVILEGES, GRANT_OBJECTS, GrantObject, PRIVILEGES, Place};
use crate::parse::meta::{Meta, Value, metas};
use crate::parse::value;
use crate::suggest::listed;

const PLACE: Place = Place::Grant;

pub(super) fn grant(meta: &Meta, errors: &Errors) -> Option<Grant> {
    let group = value::list(meta, SCHEMA, errors)?;
    let options = metas(group.stream(), PLACE, errors);
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    Some(Grant {
        span: meta.span(),
        privileges: options
            .iter()
            .filter_map(|option| privilege(option, errors))
            .collect(),
        on: find("on").and_then(|meta| on(meta, errors)),
        to: find("to")
            .map(|meta| value::name_or_names(meta, PLACE, errors))
            .unwrap_or_default(),
        future: find("future").and_then(|meta| value::flag(meta, PLACE, errors)),
    })
}

/// The right, if the key is one.
fn privilege(meta: &Meta, errors: &Errors) -> Option<Privilege> {
    let word = meta.word();
    let (word, variant) = PRIVILEGES.iter().find(|(known, _)| *known == word)?;
    Some(Privilege {
        span: meta.span(),
        word,
        variant,
        columns: columns(meta, word, errors)?,
    })
}

/// The columns to which the right is limited; empty if the key has no value.
fn columns(meta: &Meta, word: &str, errors: &Errors) -> Option<Vec<Ident>> {
    if let (Value::List(group), false) = (&meta.value, COLUMN_PRIVILEGES.contains(&word)) {
        let message = format!(
            "`{word}` applies to whole objects and takes no columns; only {} take columns",
            listed(COLUMN_PRIVILEGES.iter().copied())
        );
        errors.push_on(group, message);
        return None;
    }
    if matches!(meta.value, Value::None) {
        return Some(Vec::new());
    }
    let columns = value::columns(meta, PLACE, errors)?;
    if columns.is_empty() {
        value::wrong_form(meta, PLACE, errors);
        return None;
    }
    Some(columns)
}

/// `on = tables` or `on = tables(User, Order)`
fn on(meta: &Meta, errors: &Errors) -> Option<GrantOn> {
    let mut tokens = value::equals(meta, PLACE, errors)?.clone().into_iter();
    let (word, group) = match (tokens.next(), tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(word)), None, None) => (word, None),
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(group)), None) => (word, Some(group)),
        _ => {
            value::wrong_form(meta, PLACE, errors);
            return None;
        }
    };
    let object = value::one_of(&word, GRANT_OBJECTS, "kind of object", errors)?;
    let names = match group {
        Some(group) => Some(names(object, meta, &group, errors)?),
        None => None,
    };
    Some(GrantOn {
        span: word.span(),
        object,
        names,
    })
}

/// The objects between the parentheses.
fn names(object: GrantObject, meta: &Meta, group: &Group, errors: &Errors) -> Option<Names> {
    let names = match object {
        GrantObject::Tables
        | GrantObject::Views
        | GrantObject::Functions
        | GrantObject::AllTables => value::paths_in(group).map(Names::Paths),
        GrantObject::Sequences | GrantObject::Schemas => value::names_in(group).map(Names::Words),
    };
    if names.is_none() {
        value::wrong_form(meta, PLACE, errors);
    }
    names
}
