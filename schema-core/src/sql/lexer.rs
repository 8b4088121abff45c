//! Enough of PostgreSQL's lexer (manual, 4.1) to tell names, symbols and parentheses from what stands in texts and comments.

use std::ops::Range;

use super::literal::{line_comment, literal};

/// A part of a piece of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Word(Word),
    /// A text, a number or a parameter.
    Literal,
    Symbol(char),
    /// What is between two parentheses.
    Group(Vec<Node>),
}

/// A name or a keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// What stands before the last dot.
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
    pub(crate) quoted: bool,
}

impl Word {
    /// Whether it is this keyword.
    pub(crate) fn is(&self, keyword: &str) -> bool {
        !self.quoted && self.schema.is_none() && self.name == keyword
    }

    fn in_schema(self, schema: String) -> Self {
        Self {
            schema: Some(schema),
            ..self
        }
    }
}

/// The parts of `sql`. Parentheses that do not match are left as far as they do: PostgreSQL will say so.
pub(crate) fn nodes(sql: &str) -> Vec<Node> {
    let mut open = Vec::new();
    let mut nodes = Vec::new();
    let mut tokens = tokens(sql).into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Node::Symbol('(') => open.push(std::mem::take(&mut nodes)),
            Node::Symbol(')') => close(&mut open, &mut nodes),
            Node::Word(word) => {
                let is_dot = |token: &Node| *token == Node::Symbol('.');
                let mut word = word;
                while tokens.next_if(is_dot).is_some() {
                    match tokens.next_if(|token| matches!(token, Node::Word(_))) {
                        Some(Node::Word(last)) => word = last.in_schema(word.name),
                        _ => break,
                    }
                }
                nodes.push(Node::Word(word));
            }
            other => nodes.push(other),
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut nodes);
    }
    nodes
}

fn close(open: &mut Vec<Vec<Node>>, nodes: &mut Vec<Node>) {
    if let Some(outer) = open.pop() {
        let inner = std::mem::replace(nodes, outer);
        nodes.push(Node::Group(inner));
    }
}

/// The words and symbols of `sql`.
fn tokens(sql: &str) -> Vec<Node> {
    spans(sql).into_iter().map(|(token, _)| token).collect()
}

/// The words and symbols of `sql`, with the bytes that each takes.
pub(crate) fn spans(sql: &str) -> Vec<(Node, Range<usize>)> {
    let mut at = 0;
    let mut spans = Vec::new();
    while let Some(rest) = sql.get(at..) {
        let Some(first) = rest.chars().next() else {
            break;
        };
        let (token, length) = token(rest, first);
        // At least the first character is read, so that it comes to an end.
        let end = at + length.max(first.len_utf8());
        spans.extend(token.map(|token| (token, at..end)));
        at = end;
    }
    spans
}

/// How many bytes what begins here takes: a token, a space or a comment.
pub(crate) fn length(rest: &str, first: char) -> usize {
    token(rest, first).1.max(first.len_utf8())
}

/// What comes behind space and comments.
pub(crate) fn behind_space(sql: &str) -> &str {
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (None, length) = token(rest, first) else {
            break;
        };
        rest = rest.get(length.max(first.len_utf8())..).unwrap_or_default();
    }
    rest
}

/// The token at the beginning, and how many bytes it takes; nothing for space and comments.
fn token(rest: &str, first: char) -> (Option<Node>, usize) {
    if rest.starts_with("--") {
        return (None, line_comment(rest));
    }
    if rest.starts_with("/*") {
        return (None, block_comment(rest));
    }
    if let Some(literal) = literal(rest) {
        return (Some(Node::Literal), literal.length);
    }
    match first {
        '"' => {
            let length = quoted_name(rest);
            let inner = rest.get(1..length.saturating_sub(1)).unwrap_or_default();
            (Some(word(inner.replace("\"\"", "\""), true)), length)
        }
        // A parameter has its number behind it.
        '$' => (Some(Node::Literal), 1),
        c if c.is_ascii_digit() => (Some(Node::Literal), word_length(rest)),
        c if is_word(c) => {
            let length = word_length(rest);
            let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
            (Some(word(name, false)), length)
        }
        c if c.is_whitespace() => (None, c.len_utf8()),
        c => (Some(Node::Symbol(c)), c.len_utf8()),
    }
}

fn word(name: String, quoted: bool) -> Node {
    Node::Word(Word {
        schema: None,
        name,
        quoted,
    })
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || !c.is_ascii()
}

fn word_length(rest: &str) -> usize {
    rest.find(|c| !is_word(c) && c != '$').unwrap_or(rest.len())
}

/// The length of a name in quotes; a doubled quote is one in the name.
fn quoted_name(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((index, c)) = characters.next() {
        if c == '"' && characters.next_if(|(_, next)| *next == '"').is_none() {
            return index + 1;
        }
    }
    rest.len()
}

/// The length of a comment, with those in it.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut index) = (0_usize, 0);
    while let Some(here) = rest.get(index..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") {
            depth += 1;
            index += 2;
        } else if here.starts_with("*/") {
            depth = depth.saturating_sub(1);
            index += 2;
            if depth == 0 {
                return index;
            }
        } else {
            index += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sql: &str) -> Vec<String> {
        let words = tokens(sql).into_iter().filter_map(|token| match token {
            Node::Word(word) => Some(word.name),
            _ => None,
        });
        words.collect()
    }

    #[test]
    fn what_stands_in_texts_and_comments_is_no_word() {
        assert_eq!(
            words("a 'FROM a' -- FROM b\n /* FROM c /* FROM d */ FROM e */ b"),
            ["a", "b"]
        );
        assert_eq!(
            words("a $$ FROM a $$, E'\\' FROM b', $x$ FROM $c$ d $x$ b"),
            ["a", "b"]
        );
    }

    #[test]
    fn a_text_with_escapes_goes_on_in_the_next_line() {
        assert_eq!(words("a E'x'\n '\\' FROM b' c"), ["a", "c"]);
        assert_eq!(words("a E'x' b '\\' c"), ["a", "b", "c"]);
    }

    #[test]
    fn a_line_comment_ends_with_its_line() {
        assert_eq!(words("a -- b\rc -- d\ne"), ["a", "c", "e"]);
    }

    #[test]
    fn a_parameter_is_no_dollar_quote() {
        assert_eq!(words("a $1 b = $2 c"), ["a", "b", "c"]);
    }

    #[test]
    fn unquoted_words_are_folded() {
        assert_eq!(
            words("Users \"Users\" \"a \"\"b\"\"\""),
            ["users", "Users", "a \"b\""]
        );
    }

    #[test]
    fn a_text_without_an_end_ends_with_the_sql() {
        for sql in [
            "SELECT 'a",
            "SELECT \"a",
            "SELECT $$ a",
            "SELECT /* a",
            "e",
            "E'",
        ] {
            nodes(sql);
        }
    }

    #[test]
    fn parentheses_that_do_not_match_are_no_harm() {
        let group = |nodes| Node::Group(nodes);
        let a = word("a".to_owned(), false);
        assert_eq!(
            nodes(")a(a("),
            [a.clone(), group(vec![a, group(Vec::new())])]
        );
    }

    #[test]
    fn a_name_has_the_schema_before_its_dot() {
        let of = |sql: &str| match nodes(sql).as_slice() {
            [Node::Word(word)] => Some((word.schema.clone(), word.name.clone())),
            _ => None,
        };
        let expected = Some((Some("app".to_owned()), "B".to_owned()));
        assert_eq!(of("app.\"B\""), expected);
        assert_eq!(of("shop.app . \"B\""), expected);
    }
}
