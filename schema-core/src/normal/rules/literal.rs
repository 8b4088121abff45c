//! Literals, in the form in which PostgreSQL prints their values.

use super::{interval, time};
use crate::sql::number;
use crate::sql::tree::{Node, Type};

/// The value of a text as a literal of a type.
pub(crate) fn typed(text: String, target: &Type) -> Node {
    let read = match target.name.as_str() {
        _ if target.array => array_text(&text).map(Node::Text),
        "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" => {
            number::canonical(text.trim()).map(Node::Number)
        }
        "boolean" => boolean(&text).map(Node::Bool),
        "date" | "timestamp" | "timestamptz" => time::canonical(&text).map(Node::Text),
        "interval" | "time" => interval::canonical(&text).map(Node::Text),
        "uuid" => Some(Node::Text(text.to_ascii_lowercase())),
        "json" | "jsonb" => Some(Node::Text(compact(&text))),
        "bytea" => Some(Node::Text(bytes(&text))),
        "regclass" => Some(Node::Text(relation(&text))),
        _ => None,
    };
    read.unwrap_or(Node::Text(text))
}

/// An operand that is a literal. The other operand gives its type, if that is known. Otherwise a quoted number is
/// read as a number: valid SQL never compares a text with an unquoted number.
pub(super) fn operand(node: Node, place: Option<&Type>) -> Node {
    let Node::Text(text) = node else {
        return node;
    };
    let text = match place.map(|place| typed(text.clone(), place)) {
        Some(Node::Text(text)) => text,
        Some(value) => return value,
        None => text,
    };
    if number::canonical(&text).as_ref() == Some(&text) {
        return Node::Number(text);
    }
    if is_uuid(&text) {
        return Node::Text(text.to_ascii_lowercase());
    }
    let has_unit = text.contains(|c: char| c == ':' || c.is_ascii_alphabetic());
    let interval = interval::canonical(&text).filter(|_| has_unit);
    Node::Text(time::canonical(&text).or(interval).unwrap_or(text))
}

/// The elements of an array literal. `None` if an element needs quotes.
pub(super) fn array(text: &str) -> Option<Vec<Node>> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let is_plain = !inner.is_empty() && !inner.contains(['{', '}', '"', '\\']);
    let element = |part: &str| match part.trim() {
        part if part.eq_ignore_ascii_case("null") => Node::Null,
        part => Node::Text(part.to_owned()),
    };
    is_plain.then(|| inner.split(',').map(element).collect())
}

/// A one-dimensional array literal, with quotes where PostgreSQL prints them.
fn array_text(text: &str) -> Option<String> {
    let mut rest = text.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let mut elements = Vec::new();
    while !rest.is_empty() {
        let (element, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_element(quoted)?,
            None => plain_element(rest)?,
        };
        elements.push(element);
        rest = match after.trim_start() {
            "" => "",
            more => more.strip_prefix(',')?.trim_start(),
        };
    }
    Some(format!("{{{}}}", elements.join(",")))
}

fn plain_element(rest: &str) -> Option<(String, &str)> {
    let end = rest.find(',').unwrap_or(rest.len());
    let (element, after) = rest.split_at_checked(end)?;
    let element = element.trim();
    let is_plain = !element.is_empty() && !element.contains(['{', '}', '"', '\\']);
    let element = if element.eq_ignore_ascii_case("null") {
        "NULL".to_owned()
    } else {
        in_quotes_unless_plain(element, false)
    };
    is_plain.then_some((element, after))
}

/// The element after an opening quote, and the text after the closing one.
fn quoted_element(rest: &str) -> Option<(String, &str)> {
    let mut element = String::new();
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((in_quotes_unless_plain(&element, true), rest.get(at + 1..)?)),
            '\\' => element.push(chars.next()?.1),
            c => element.push(c),
        }
    }
    None
}

/// An element `null` in quotes is a text, so it keeps its quotes.
fn in_quotes_unless_plain(element: &str, quoted: bool) -> String {
    let is_special = |c: char| matches!(c, '{' | '}' | '"' | '\\' | ',') || c.is_ascii_whitespace();
    let is_null = quoted && element.eq_ignore_ascii_case("null");
    if element.is_empty() || is_null || element.contains(is_special) {
        let escaped = element.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("\"{escaped}\"");
    }
    element.to_owned()
}

/// Whether the text is `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` in hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A `bytea` literal in hexadecimal digits. One with escapes is left as it is.
fn bytes(text: &str) -> String {
    use std::fmt::Write as _;
    if text.contains('\\') {
        return text.to_owned();
    }
    let mut out = "\\x".to_owned();
    for byte in text.bytes() {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn boolean(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "t" | "true" | "y" | "yes" | "on" | "1" => Some(true),
        "f" | "false" | "n" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The name of a relation, without the schema `public` and without needless quotes.
fn relation(text: &str) -> String {
    use crate::sql::token::{Token, joined, tokens};
    let Some(tokens) = tokens(text) else {
        return text.to_owned();
    };
    match tokens.as_slice() {
        [Token::Word(schema), Token::Symbol('.'), name] if schema == "public" => {
            joined(std::slice::from_ref(name))
        }
        tokens => joined(tokens).replace(" . ", "."),
    }
}

/// JSON without white space between its tokens.
fn compact(text: &str) -> String {
    let mut in_text = false;
    let mut escaped = false;
    let keep = |c: &char| {
        if in_text {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            in_text = !ends;
            return true;
        }
        in_text = *c == '"';
        !c.is_ascii_whitespace()
    };
    text.chars().filter(keep).collect()
}
