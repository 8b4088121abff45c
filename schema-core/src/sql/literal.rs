//! Decodes string literals (manual, 4.1.2): `'..'`, `E'..'`, `N'..'` and `$tag$..$tag$`.

use super::escape::Unescaped;
use super::lexer::is_word;

/// A string literal at the start of some SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Its value. `None` if an escape in it is invalid, or if it is not closed.
    pub text: Option<String>,
    /// Its length in bytes, with its quotes and its letter. `None` if it is not closed.
    pub(crate) length: Option<usize>,
}

/// The string literal that `rest` begins with, if any.
pub fn literal(rest: &str) -> Option<Literal> {
    let first = rest.chars().next()?;
    let after = rest.get(first.len_utf8()..)?;
    match first {
        '\'' => Some(quoted(rest, false)),
        'e' | 'E' if after.starts_with('\'') => Some(one_more(quoted(after, true))),
        'n' | 'N' if after.starts_with('\'') => Some(one_more(quoted(after, false))),
        '$' => dollar_quoted(rest),
        _ => None,
    }
}

fn one_more(literal: Literal) -> Literal {
    Literal {
        length: literal.length.map(|length| length + 1),
        ..literal
    }
}

/// A quoted literal, with its continuations on the next lines.
fn quoted(rest: &str, has_escapes: bool) -> Literal {
    let mut text = Some(Unescaped::default());
    let mut length = 0;
    let mut start = 0;
    let mut closed = false;
    while let Some(piece) = rest.get(length + start..) {
        let (inner, end) = inner(piece, has_escapes);
        closed = inner.is_some();
        text = text.and_then(|text| text.with(inner?, has_escapes));
        length += start + end;
        match rest.get(length..).and_then(continued) {
            Some(next) => start = next,
            None => break,
        }
    }
    Literal {
        text: text.and_then(Unescaped::text),
        length: closed.then_some(length),
    }
}

/// The characters between the quotes, and where the rest begins.
fn inner(piece: &str, has_escapes: bool) -> (Option<&str>, usize) {
    let mut characters = piece.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && has_escapes {
            characters.next();
        } else if c == '\'' && characters.next_if(|(_, next)| *next == '\'').is_none() {
            return (piece.get(1..at), at + 1);
        }
    }
    (None, piece.len())
}

/// Where the literal continues: after white space and line comments that contain a line end.
fn continued(rest: &str) -> Option<usize> {
    let mut at = 0;
    let mut is_next_line = false;
    loop {
        let here = rest.get(at..)?;
        let first = here.chars().next()?;
        match first {
            '\'' => return is_next_line.then_some(at),
            '\n' | '\r' => is_next_line = true,
            '-' if here.starts_with("--") => {
                at += line_comment(here);
                continue;
            }
            c if is_space(c) => {}
            _ => return None,
        }
        at += first.len_utf8();
    }
}

/// The length of a line comment in bytes, without its line end.
pub(crate) fn line_comment(rest: &str) -> usize {
    rest.find(['\n', '\r']).unwrap_or(rest.len())
}

/// Whether the character is white space between tokens.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

/// A literal such as `$tag$ .. $tag$`. `None` for a parameter such as `$1`.
fn dollar_quoted(rest: &str) -> Option<Literal> {
    let end = rest.get(1..)?.find('$')?;
    let (tag, inner) = rest.split_at_checked(end + 2)?;
    let name = tag.get(1..=end)?;
    let begins = |c: char| is_word(c) && !c.is_ascii_digit();
    if !(name.is_empty() || name.starts_with(begins) && name.chars().all(is_word)) {
        return None;
    }
    let length = inner.find(tag);
    Some(Literal {
        text: length.and_then(|length| inner.get(..length).map(str::to_owned)),
        length: length.map(|length| length + 2 * tag.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::literal;

    fn text(sql: &str) -> Option<String> {
        literal(sql).and_then(|literal| literal.text)
    }

    #[test]
    fn each_spelling_of_a_literal_has_the_same_value() {
        for sql in [
            "'it''s'",
            "E'it\\'s'",
            "E'it''s'",
            "$$it's$$",
            "$a$it's$a$",
            "'it'\n'''s'",
            "E'it' -- goes on\r\t -- 'and on'\n'\\'s'",
            "e'i\\x74\\47s'",
            "E'\\u0069\\U00000074''s'",
        ] {
            let literal = literal(sql);
            let length = literal.as_ref().and_then(|literal| literal.length);
            assert_eq!(length, Some(sql.len()), "{sql}");
            assert_eq!(text(sql).as_deref(), Some("it's"), "{sql}");
        }
    }

    #[test]
    fn a_literal_continues_only_after_a_line_end() {
        for sql in ["'a' 'b'", "'a' /*\n*/ 'b'", "'a'\n\"b\"", "'a' -- 'b'"] {
            assert_eq!(text(sql).as_deref(), Some("a"), "{sql}");
        }
    }

    #[test]
    fn an_unclosed_literal_and_other_tokens_have_no_value() {
        for sql in ["'a", "E'a\\'", "$$a", "$1", "$1$a$1$", "$", "a", ""] {
            assert_eq!(text(sql), None, "{sql}");
        }
    }
}
