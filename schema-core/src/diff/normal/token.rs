//! PostgreSQL's lexer (manual, 4.1), as far as expressions and queries need it.

use super::number;
use crate::ddl::Postgres;
use crate::ddl::printer::Printer;
use crate::sql::literal::{self, is_space, line_comment};

/// A part of a piece of SQL, in its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword, or a name that needs no quotes.
    Word(String),
    /// A name that needs quotes.
    Quoted(String),
    /// A text, without its quotes.
    Text(String),
    /// A number, as the database prints it.
    Number(String),
    /// `$1`, or a text of bits.
    Verbatim(String),
    /// An operator.
    Operator(String),
    /// Any other character.
    Symbol(char),
}

/// The tokens of `sql`; nothing where a text, a name or a comment has no end.
pub(super) fn tokens(sql: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (token, length) = token(rest, first)?;
        tokens.extend(token);
        rest = rest.get(length..)?;
    }
    Some(tokens)
}

/// The SQL as it is written, with one space where there is any, and without comments.
pub(super) fn spaced(sql: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = sql.trim_ascii();
    let mut space = false;
    while let Some(first) = rest.chars().next() {
        let (token, length) = token(rest, first)?;
        if token.is_some() {
            if space && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(rest.get(..length)?);
        }
        space = token.is_none();
        rest = rest.get(length..)?;
    }
    Some(out)
}

/// The tokens with a space between each two, which are read as the same tokens again.
pub(super) fn joined(tokens: &[Token]) -> String {
    let words: Vec<_> = tokens.iter().map(printed).collect();
    words.join(" ")
}

fn printed(token: &Token) -> String {
    match token {
        Token::Word(text) | Token::Number(text) | Token::Verbatim(text) | Token::Operator(text) => {
            text.clone()
        }
        Token::Quoted(name) => format!("\"{}\"", name.replace('"', "\"\"")),
        Token::Text(text) => literal(text),
        Token::Symbol(symbol) => symbol.to_string(),
    }
}

/// A text literal.
pub(super) fn literal(text: &str) -> String {
    Printer::new(&Postgres).text(text)
}

/// A name, quoted where a keyword could be meant.
pub(super) fn name(name: &str) -> String {
    Printer::new(&Postgres).argument_name(name)
}

/// The token at the beginning, and how many bytes it takes; no token for space and comments.
fn token(rest: &str, first: char) -> Option<(Option<Token>, usize)> {
    if is_space(first) {
        return Some((None, 1));
    }
    if rest.starts_with("--") {
        return Some((None, line_comment(rest)));
    }
    if rest.starts_with("/*") {
        return Some((None, block_comment(rest)?));
    }
    if let Some(literal) = literal::literal(rest) {
        return Some((Some(Token::Text(literal.text?)), literal.length));
    }
    let (token, length) = match first {
        '"' => quoted_name(rest)?,
        '$' => parameter(rest)?,
        '0'..='9' => number(rest),
        '.' if rest.get(1..)?.starts_with(|c: char| c.is_ascii_digit()) => number(rest),
        c if is_name_start(c) => word(rest)?,
        ':' if rest.starts_with("::") => (Token::Operator("::".to_owned()), 2),
        c if is_operator(c) => operator(rest),
        c => (Token::Symbol(c), c.len_utf8()),
    };
    Some((Some(token), length))
}

/// A name or a keyword, or the text that such a letter begins.
fn word(rest: &str) -> Option<(Token, usize)> {
    let length = name_length(rest);
    let written = rest.get(..length)?;
    let after = rest.get(length..)?;
    let folded = written.to_ascii_lowercase();
    if !after.starts_with('\'') && !after.starts_with("&'") && !after.starts_with("&\"") {
        return Some((Token::Word(folded), length));
    }
    match folded.as_str() {
        "b" | "x" if after.starts_with('\'') => {
            let end = quoted_end(after, '\'')?;
            let digits = after.get(..end)?.to_ascii_lowercase();
            Some((Token::Verbatim(folded + &digits), end + 1))
        }
        // With escapes of Unicode, which nobody writes into a schema.
        "u" if after.starts_with('&') => None,
        _ => Some((Token::Word(folded), length)),
    }
}

fn quoted_name(rest: &str) -> Option<(Token, usize)> {
    let end = quoted_end(rest, '"')?;
    let inner = rest.get(1..end - 1)?.replace("\"\"", "\"");
    let token = if name(&inner) == inner {
        Token::Word(inner)
    } else {
        Token::Quoted(inner)
    };
    Some((token, end))
}

/// Where what begins with a quote ends; a doubled quote stands for itself.
fn quoted_end(rest: &str, quote: char) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((index, c)) = characters.next() {
        if c == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return Some(index + 1);
        }
    }
    None
}

/// `$1`, or just the sign.
fn parameter(rest: &str) -> Option<(Token, usize)> {
    let after = rest.get(1..)?;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return Some((Token::Symbol('$'), 1));
    }
    let parameter = rest.get(..=digits)?;
    Some((Token::Verbatim(parameter.to_owned()), digits + 1))
}

/// A number with the letters that stand right after it: `0x1f`.
fn number(rest: &str) -> (Token, usize) {
    let mut length = digits(rest, 0);
    if rest.get(length..).is_some_and(|rest| rest.starts_with('.')) {
        length = digits(rest, length + 1);
    }
    if let Some(exponent) = exponent(rest, length) {
        length = exponent;
    }
    length += name_length(rest.get(length..).unwrap_or_default());
    let written = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
    let canonical = number::canonical(&written).unwrap_or(written);
    (Token::Number(canonical), length)
}

/// Where the digits end.
fn digits(rest: &str, start: usize) -> usize {
    let rest = rest.get(start..).unwrap_or_default();
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    start + count
}

/// Where `e10` ends.
fn exponent(rest: &str, start: usize) -> Option<usize> {
    let after = rest.get(start..)?.strip_prefix(['e', 'E'])?;
    let sign = usize::from(after.starts_with(['+', '-']));
    let end = digits(rest, start + 1 + sign);
    (end > start + 1 + sign).then_some(end)
}

/// An operator: as many of its characters as there are, but for a comment, and for a sign at the end that belongs to the operand.
fn operator(rest: &str) -> (Token, usize) {
    let run = rest.find(|c| !is_operator(c)).unwrap_or(rest.len());
    let written = rest.get(..run).unwrap_or_default();
    let comment = ["--", "/*"].iter().filter_map(|start| written.find(start));
    let mut length = comment.fold(run, usize::min);
    let written = rest.get(..length).unwrap_or_default();
    if !written.contains(|c| "~!@#%^&|`?".contains(c)) {
        length = written.trim_end_matches(['+', '-']).len().max(1);
    }
    let written = rest.get(..length).unwrap_or_default();
    let canonical = if written == "!=" { "<>" } else { written };
    (Token::Operator(canonical.to_owned()), length)
}

/// The length of a comment, with those in it.
fn block_comment(rest: &str) -> Option<usize> {
    let (mut depth, mut index) = (0_usize, 0);
    while let Some(first) = rest.get(index..)?.chars().next() {
        let here = rest.get(index..)?;
        if here.starts_with("/*") {
            depth += 1;
            index += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            index += 2;
            if depth == 0 {
                return Some(index);
            }
        } else {
            index += first.len_utf8();
        }
    }
    None
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

fn name_length(rest: &str) -> usize {
    let is_part = |c: char| is_name_start(c) || c.is_ascii_digit() || c == '$';
    rest.find(|c| !is_part(c)).unwrap_or(rest.len())
}

fn is_operator(c: char) -> bool {
    "+-*/<>=~!@#%^&|`?".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(sql: &str) -> Option<String> {
        tokens(sql).map(|tokens| joined(&tokens))
    }

    #[test]
    fn space_comments_case_and_needless_quotes_are_no_difference() {
        let all = canonical("A /* x /* y */ */+\t\"b\" -- c\n <>\"C\" != 'D''E'");
        assert_eq!(all.as_deref(), Some("a + b <> \"C\" <> 'D''E'"));
    }

    #[test]
    fn each_spelling_of_a_text_is_the_same_text() {
        for sql in [
            "'it''s'",
            "E'it\\'s'",
            "$$it's$$",
            "$a$it's$a$",
            "'it'\n'''s'",
        ] {
            assert_eq!(
                tokens(sql),
                Some(vec![Token::Text("it's".to_owned())]),
                "{sql}"
            );
        }
    }

    #[test]
    fn a_sign_after_an_operator_is_the_operands() {
        assert_eq!(canonical("a=-1").as_deref(), Some("a = - 1"));
        assert_eq!(canonical("a@-1").as_deref(), Some("a @- 1"));
        assert_eq!(canonical("a->>-1").as_deref(), Some("a ->> - 1"));
    }

    #[test]
    fn what_has_no_end_gives_nothing() {
        for sql in ["'a", "\"a", "$$a", "/* a", "E'a", "E'a\\", "u&'a'"] {
            assert_eq!(tokens(sql), None, "{sql}");
        }
    }
}
