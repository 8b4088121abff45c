//! SQL as words, symbols and parentheses: enough to find names.

use std::ops::Range;

use super::lexer::{Kind, Lexeme, lexemes};

/// A piece of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A name or a keyword.
    Word(Word),
    /// A string literal, a number or a parameter.
    Literal,
    /// Any other character.
    Symbol(char),
    /// The parts between two parentheses.
    Group(Vec<Part>),
}

/// A name or a keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The name before the last dot.
    pub(crate) schema: Option<String>,
    /// The name, without quotes.
    pub name: String,
    /// Whether it is in quotes.
    pub quoted: bool,
}

impl Word {
    /// Whether it is this keyword.
    pub fn is(&self, keyword: &str) -> bool {
        !self.quoted && self.schema.is_none() && self.name == keyword
    }

    fn in_schema(self, schema: String) -> Self {
        Self {
            schema: Some(schema),
            ..self
        }
    }
}

/// The parts of `sql`. Unmatched parentheses are accepted; PostgreSQL reports them.
pub(crate) fn nodes(sql: &str) -> Vec<Part> {
    let mut open = Vec::new();
    let mut nodes = Vec::new();
    let mut tokens = tokens(sql).into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Part::Symbol('(') => open.push(std::mem::take(&mut nodes)),
            Part::Symbol(')') => close(&mut open, &mut nodes),
            Part::Word(word) => {
                let is_dot = |token: &Part| *token == Part::Symbol('.');
                let mut word = word;
                while tokens.next_if(is_dot).is_some() {
                    match tokens.next_if(|token| matches!(token, Part::Word(_))) {
                        Some(Part::Word(last)) => word = last.in_schema(word.name),
                        _ => break,
                    }
                }
                nodes.push(Part::Word(word));
            }
            other => nodes.push(other),
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut nodes);
    }
    nodes
}

fn close(open: &mut Vec<Vec<Part>>, nodes: &mut Vec<Part>) {
    if let Some(outer) = open.pop() {
        let inner = std::mem::replace(nodes, outer);
        nodes.push(Part::Group(inner));
    }
}

/// The words and symbols of `sql`.
fn tokens(sql: &str) -> Vec<Part> {
    spans(sql).into_iter().map(|(token, _)| token).collect()
}

/// The words and symbols of `sql`, with the range of bytes of each.
pub fn spans(sql: &str) -> Vec<(Part, Range<usize>)> {
    lexemes(sql).flat_map(parts).collect()
}

/// The parts of a token. An operator becomes its characters, one by one.
fn parts(lexeme: Lexeme<'_>) -> Vec<(Part, Range<usize>)> {
    let part = match lexeme.kind {
        Kind::Space | Kind::Comment => return Vec::new(),
        Kind::Operator | Kind::Symbol => return symbols(lexeme),
        Kind::Word => word(lexeme.text.to_ascii_lowercase(), false),
        Kind::QuotedName => word(unquoted(lexeme.text), true),
        Kind::Unicode if lexeme.text.ends_with('"') => word(unquoted(&lexeme.text[2..]), true),
        Kind::Text | Kind::Bits | Kind::Unicode | Kind::Number | Kind::Parameter => Part::Literal,
    };
    vec![(part, lexeme.start..lexeme.end())]
}

fn symbols(lexeme: Lexeme<'_>) -> Vec<(Part, Range<usize>)> {
    let characters = lexeme.text.char_indices().map(|(at, c)| {
        let start = lexeme.start + at;
        (Part::Symbol(c), start..start + c.len_utf8())
    });
    characters.collect()
}

/// The text after leading white space and comments.
pub(crate) fn behind_space(sql: &str) -> &str {
    let first = lexemes(sql).find(|lexeme| !lexeme.kind.is_space());
    first.map_or("", |first| &sql[first.start..])
}

/// The name without its quotes. The closing quote may be missing.
fn unquoted(written: &str) -> String {
    let inner = written.strip_prefix('"').unwrap_or(written);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    inner.replace("\"\"", "\"")
}

fn word(name: String, quoted: bool) -> Part {
    Part::Word(Word {
        schema: None,
        name,
        quoted,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sql: &str) -> Vec<String> {
        let words = tokens(sql).into_iter().filter_map(|token| match token {
            Part::Word(word) => Some(word.name),
            _ => None,
        });
        words.collect()
    }

    #[test]
    fn words_in_literals_and_comments_are_skipped() {
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
    fn a_literal_with_escapes_continues_on_the_next_line() {
        assert_eq!(words("a E'x'\n '\\' FROM b' c"), ["a", "c"]);
        assert_eq!(words("a E'x' b '\\' c"), ["a", "b", "c"]);
    }

    #[test]
    fn a_line_comment_ends_with_its_line() {
        assert_eq!(words("a -- b\rc -- d\ne"), ["a", "c", "e"]);
    }

    #[test]
    fn a_parameter_is_not_a_dollar_quote() {
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
    fn an_unclosed_literal_ends_with_the_sql() {
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
    fn unmatched_parentheses_are_accepted() {
        let group = |nodes| Part::Group(nodes);
        let a = word("a".to_owned(), false);
        assert_eq!(
            nodes(")a(a("),
            [a.clone(), group(vec![a, group(Vec::new())])]
        );
    }

    #[test]
    fn a_name_has_the_schema_before_its_dot() {
        let of = |sql: &str| match nodes(sql).as_slice() {
            [Part::Word(word)] => Some((word.schema.clone(), word.name.clone())),
            _ => None,
        };
        let expected = Some((Some("app".to_owned()), "B".to_owned()));
        assert_eq!(of("app.\"B\""), expected);
        assert_eq!(of("shop.app . \"B\""), expected);
    }
}
