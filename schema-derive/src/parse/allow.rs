//! `allow(..)`: the names of allowed rules and of allowed hazards of migrations.

use syn::Ident;

use super::meta::Meta;
use super::value;
use crate::ast::unraw;
use crate::errors::Errors;
use crate::keys::{Allow, FOREIGN_KEY_RULES, HAZARDS, Place, RULES};
use crate::suggest::{listed, nearest};

/// The names of `allow(..)` that can be allowed in this place. Reports the others.
pub(super) fn names(meta: &Meta, place: Place, errors: &Errors) -> Vec<Ident> {
    let names = value::columns(meta, place, errors).unwrap_or_default();
    names
        .into_iter()
        .filter_map(|name| {
            if is_allowable(&name, place, errors) {
                Some(name)
            } else {
                meant(&name, place)
            }
        })
        .collect()
}

/// The name that a misspelt word most likely means. With it, the violated rule is not reported as a second mistake.
fn meant(name: &Ident, place: Place) -> Option<Ident> {
    let near = nearest(&unraw(name), allowable(place))?;
    Some(Ident::new(near, name.span()))
}

/// The rules and hazards that can be allowed in the place.
fn allowable(place: Place) -> impl Iterator<Item = &'static str> {
    let rules = RULES
        .iter()
        .filter(move |(rule, allow)| fits(rule, *allow, place));
    let hazards = HAZARDS
        .iter()
        .filter(move |(_, refused)| *refused && takes_hazards(place));
    rules
        .map(|(rule, _)| *rule)
        .chain(hazards.map(|(hazard, _)| *hazard))
}

/// Whether the rule can be allowed in the place.
fn fits(rule: &str, allow: Allow, place: Place) -> bool {
    match place {
        Place::Table => allow.on_table(),
        Place::ForeignKey => FOREIGN_KEY_RULES.contains(&rule),
        Place::View => allow.on_view(),
        _ => allow.on_column(),
    }
}

/// Whether hazards can be allowed in the place: the steps of a migration belong to tables and columns.
fn takes_hazards(place: Place) -> bool {
    matches!(place, Place::Table | Place::Column)
}

fn is_allowable(name: &Ident, place: Place, errors: &Errors) -> bool {
    let word = unraw(name);
    if allowable(place).any(|known| known == word) {
        return true;
    }
    errors.push_at(name.span(), refusal(&word, place));
    false
}

fn refusal(word: &str, place: Place) -> String {
    let rule = RULES.iter().find(|(known, _)| *known == word);
    let hazard = HAZARDS.iter().find(|(known, _)| *known == word);
    match (rule, hazard) {
        (Some((_, allow)), _) => refused_rule(word, *allow),
        (_, Some((_, refused))) => refused_hazard(word, *refused),
        _ => unknown_name(word, place),
    }
}

fn refused_rule(word: &str, allow: Allow) -> String {
    let place = match allow {
        Allow::Never => {
            return format!(
                "the rule `{word}` cannot be allowed: it keeps users' rows apart, or PostgreSQL requires it"
            );
        }
        Allow::View => "view",
        Allow::Column | Allow::TableOrColumn => "column",
        Allow::Table | Allow::TableOrView => "table",
    };
    format!("allow the rule `{word}` on the {place}: `#[{place}(allow({word}))]`")
}

fn refused_hazard(word: &str, refused: bool) -> String {
    if refused {
        format!("allow the hazard `{word}` on the table or on a column: `#[table(allow({word}))]`")
    } else {
        format!("the hazard `{word}` is only a warning and stops no migration; remove it")
    }
}

fn unknown_name(word: &str, place: Place) -> String {
    let kind = if takes_hazards(place) {
        "rule or hazard"
    } else {
        "rule"
    };
    match nearest(word, allowable(place)) {
        Some(near) => format!("unknown {kind} `{word}`, did you mean `{near}`?"),
        None => format!(
            "unknown {kind} `{word}`; expected one of {}",
            listed(allowable(place))
        ),
    }
}
