//! `references = User::id` on a field, and `foreign_key(..)` on a table.

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Ident, Path};

use super::meta::{Meta, Value, metas, split_at_commas};
use super::parts::joined;
use super::{allow, value};
use crate::ast::{Action, Deferrable, ForeignKey, Target};
use crate::errors::Errors;
use crate::keys::{ACTIONS, Place};

/// The keys of a field that need `references`.
const DEPENDENT: &[&str] = &["on_delete", "on_update", "deferrable"];

/// `#[column(references = User::id, on_delete = cascade)]`
pub(super) fn column_foreign_key(
    field: &Ident,
    allow: &[Ident],
    metas: &[Meta],
    errors: &Errors,
) -> Option<ForeignKey> {
    let find = |word: &str| metas.iter().find(|meta| meta.word() == word);
    let Some(references) = find("references") else {
        for meta in metas
            .iter()
            .filter(|meta| DEPENDENT.contains(&meta.word().as_str()))
        {
            let message = format!(
                "`{}` needs `references`; write `references = User::id` beside it",
                meta.word()
            );
            errors.push_at(meta.span(), message);
        }
        return None;
    };
    Some(ForeignKey {
        span: references.span(),
        name: None,
        columns: vec![field.clone()],
        target: column_target(references, errors),
        on_delete: find("on_delete").and_then(|meta| action(meta, Place::Column, errors)),
        on_update: find("on_update").and_then(|meta| action(meta, Place::Column, errors)),
        deferrable: find("deferrable").and_then(|meta| deferrable(meta, Place::Column, errors)),
        allow: allow.to_vec(),
    })
}

/// Reads `User::id`: the last segment is the column, the rest is the table.
fn column_target(meta: &Meta, errors: &Errors) -> Option<Target> {
    let tokens = value::equals(meta, Place::Column, errors)?;
    let path = Path::parse_mod_style.parse2(tokens.clone()).ok();
    let target = path.and_then(split_path);
    if target.is_none() {
        errors.push_on(
            tokens,
            "`references` takes a table and its column: `references = User::id`",
        );
    }
    target
}

fn split_path(mut path: Path) -> Option<Target> {
    let column = path.segments.pop()?.ident;
    path.segments.pop_punct();
    (!path.segments.is_empty()).then(|| Target {
        table: path,
        columns: vec![column],
    })
}

/// `foreign_key(user_id, project_id, references = Project(user_id, id), on_delete = cascade)`
pub(super) fn table_foreign_key(meta: &Meta, errors: &Errors) -> Option<ForeignKey> {
    let group = value::list(meta, Place::Table, errors)?;
    let (columns, options): (Vec<_>, Vec<_>) = split_at_commas(group.stream())
        .into_iter()
        .partition(is_column);
    let options = metas(joined(options), Place::ForeignKey, errors);
    let find = |word: &str| options.iter().find(|option| option.word() == word);
    if find("references").is_none() {
        errors.push_at(
            meta.span(),
            "`foreign_key` needs `references`; write `references = Project(user_id, id)`",
        );
    }
    let columns: Vec<Ident> = columns
        .into_iter()
        .filter_map(|tokens| Ident::parse_any.parse2(tokens).ok())
        .collect();
    if columns.is_empty() {
        errors.push_at(meta.span(), "`foreign_key` names no column; write them first: `foreign_key(user_id, project_id, references = ..)`");
    }
    Some(ForeignKey {
        span: meta.span(),
        name: find("name").and_then(|option| value::name(option, Place::ForeignKey, errors)),
        columns,
        target: find("references").and_then(|option| table_target(option, errors)),
        on_delete: find("on_delete").and_then(|option| action(option, Place::ForeignKey, errors)),
        on_update: find("on_update").and_then(|option| action(option, Place::ForeignKey, errors)),
        deferrable: find("deferrable")
            .and_then(|option| deferrable(option, Place::ForeignKey, errors)),
        allow: find("allow")
            .map(|option| allow::names(option, Place::ForeignKey, errors))
            .unwrap_or_default(),
    })
}

fn is_column(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(ident)), None) => ident != "deferrable",
        _ => false,
    }
}

/// `Project(user_id, id)`
fn table_target(meta: &Meta, errors: &Errors) -> Option<Target> {
    let tokens = value::equals(meta, Place::ForeignKey, errors)?;
    let target = split_call(tokens.clone());
    if target.is_none() {
        errors.push_on(
            tokens,
            "`references` takes a table and its columns here: `references = Project(user_id, id)`",
        );
    }
    target
}

fn split_call(tokens: TokenStream) -> Option<Target> {
    let mut tokens: Vec<_> = tokens.into_iter().collect();
    let Some(TokenTree::Group(group)) = tokens.pop() else {
        return None;
    };
    let table = Path::parse_mod_style
        .parse2(tokens.into_iter().collect())
        .ok()?;
    let columns = value::idents.parse2(group.stream()).ok()?;
    (!columns.is_empty()).then_some(Target { table, columns })
}

/// Reads an action: `cascade`, `set_null`, `set_null(column)`, ..
fn action(meta: &Meta, place: Place, errors: &Errors) -> Option<Action> {
    let tokens = value::equals(meta, place, errors)?;
    let mut rest = tokens.clone().into_iter();
    let Some(TokenTree::Ident(word)) = rest.next() else {
        value::wrong_form(meta, place, errors);
        return None;
    };
    let variant = value::one_of(&word, ACTIONS, "action", errors)?;
    let columns = match rest.next() {
        None => Vec::new(),
        Some(TokenTree::Group(group)) if variant.starts_with("Set") => set_columns(&group, errors)?,
        Some(token) => {
            errors.push_at(
                token.span(),
                "only `set_null` and `set_default` take columns",
            );
            return None;
        }
    };
    Some(Action {
        span: word.span(),
        variant,
        columns,
    })
}

fn set_columns(group: &Group, errors: &Errors) -> Option<Vec<Ident>> {
    let columns = value::idents.parse2(group.stream()).ok();
    if columns.is_none() {
        errors.push_on(
            group,
            "write the columns that are set: `set_null(project_id)`",
        );
    }
    columns
}

/// Reads `deferrable`, or `deferrable = initially_deferred`.
pub(super) fn deferrable(meta: &Meta, place: Place, errors: &Errors) -> Option<Deferrable> {
    let initially_deferred = match meta.value {
        Value::None => false,
        _ => {
            let word = value::word(meta, place, errors)?;
            let times = [("initially_immediate", false), ("initially_deferred", true)];
            value::one_of(&word, &times, "time of checking", errors)?
        }
    };
    Some(Deferrable { initially_deferred })
}
