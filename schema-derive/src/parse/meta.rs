//! Lists of keys, separated by commas: `key`, `key = value`, `key(..)`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

use crate::ast::unraw;
use crate::errors::Errors;
use crate::keys::{FOREIGN_WORDS, Place};
use crate::suggest::{listed, nearest};

/// A key with its value.
pub(super) struct Meta {
    pub(super) key: Ident,
    pub(super) value: Value,
}

/// The value of a key.
pub(super) enum Value {
    /// No value: `key`.
    None,
    /// `key = ..`
    Equals(TokenStream),
    /// `key(..)`
    List(Group),
}

impl Meta {
    /// The word of the key.
    pub(super) fn word(&self) -> String {
        unraw(&self.key)
    }

    pub(super) fn span(&self) -> Span {
        self.key.span()
    }

    /// The tokens of the value, or of the key if it has no value; a message about the value is placed on them.
    pub(super) fn value_tokens(&self) -> TokenStream {
        match &self.value {
            Value::None => self.key.to_token_stream(),
            Value::Equals(tokens) => tokens.clone(),
            Value::List(group) => group.to_token_stream(),
        }
    }
}

/// The keys of an attribute, in order. Keys with mistakes are reported and left out.
pub(super) fn metas(tokens: TokenStream, place: Place, errors: &Errors) -> Vec<Meta> {
    let mut found: Vec<Meta> = Vec::new();
    for chunk in split_at_commas(tokens) {
        let Some(meta) = meta(chunk, place, errors) else {
            continue;
        };
        if is_known(&meta, place, errors) && !is_duplicate(&meta, &found, place, errors) {
            found.push(meta);
        }
    }
    found
}

/// The keys of a group. `None` if one of them has a mistake, so that a missing key is not reported as a second mistake.
pub(super) fn understood(group: &Group, place: Place, errors: &Errors) -> Option<Vec<Meta>> {
    let found = metas(group.stream(), place, errors);
    (found.len() == split_at_commas(group.stream()).len()).then_some(found)
}

/// The tokens between commas, without empty parts.
pub(super) fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut chunks = vec![TokenStream::new()];
    for token in tokens {
        match (&token, chunks.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => {
                chunks.push(TokenStream::new());
            }
            (_, Some(chunk)) => chunk.extend([token]),
            (_, None) => {}
        }
    }
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

/// Parses one key with its value.
fn meta(tokens: TokenStream, place: Place, errors: &Errors) -> Option<Meta> {
    let mut rest = tokens.clone().into_iter();
    let Some(TokenTree::Ident(key)) = rest.next() else {
        let message = format!(
            "expected a key of `{}`: {}",
            place.written(),
            listed(place.words())
        );
        errors.push_on(tokens, message);
        return None;
    };
    let value = value_after(&key, rest, errors)?;
    Some(Meta { key, value })
}

fn value_after(
    key: &Ident,
    mut rest: impl Iterator<Item = TokenTree>,
    errors: &Errors,
) -> Option<Value> {
    match rest.next() {
        None => Some(Value::None),
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
            let value: TokenStream = rest.collect();
            if value.is_empty() {
                errors.push_at(key.span(), format!("`{key} =` has no value"));
                return None;
            }
            Some(Value::Equals(value))
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            match rest.next() {
                None => Some(Value::List(group)),
                Some(token) => unexpected(key, &token, errors),
            }
        }
        Some(token) => unexpected(key, &token, errors),
    }
}

fn unexpected(key: &Ident, token: &TokenTree, errors: &Errors) -> Option<Value> {
    let message = format!(
        "unexpected `{token}`; put a comma before the next key, or write `{key} = ..` or `{key}(..)`"
    );
    errors.push_at(token.span(), message);
    None
}

fn is_known(meta: &Meta, place: Place, errors: &Errors) -> bool {
    let word = meta.word();
    let known = place.words().any(|known| known == word);
    if !known {
        let message = format!("unknown key `{word}`{}", instead(&word, place));
        errors.push_at(meta.span(), message);
    }
    known
}

/// What to write instead of an unknown key: the equivalent of a foreign word, the right place, the nearest word, or a
/// list of all words.
fn instead(word: &str, place: Place) -> String {
    if let Some((_, advice)) = FOREIGN_WORDS.iter().find(|(foreign, _)| *foreign == word) {
        return format!("; {advice}");
    }
    if let Some(other) = place
        .counterpart()
        .filter(|other| other.key(word).is_some())
    {
        return format!(
            " in `{}`; it belongs in `{}`",
            place.written(),
            other.written()
        );
    }
    let suggestion = nearest(word, place.words()).map_or_else(
        || ";".to_owned(),
        |near| format!(", did you mean `{near}`?"),
    );
    format!(
        "{suggestion} `{}` takes {}",
        place.written(),
        listed(place.words())
    )
}

fn is_duplicate(meta: &Meta, before: &[Meta], place: Place, errors: &Errors) -> bool {
    let word = meta.word();
    let repeats = place.key(&word).is_some_and(|key| key.repeats);
    let duplicate = !repeats && before.iter().any(|other| other.word() == word);
    if duplicate {
        errors.push_at(
            meta.span(),
            format!("duplicate key `{word}`; write it once"),
        );
    }
    duplicate
}
