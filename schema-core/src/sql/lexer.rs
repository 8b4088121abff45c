//! PostgreSQL's lexer (manual, 4.1): the only code that decides where a token of SQL begins and ends.
//!
//! It loses no character: the tokens, one after the other, are the text. `parts` and `token` read them.

use super::literal::{is_space, line_comment, literal};

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// White space between two tokens, line ends included.
    Space,
    /// A line comment, or a block comment with the comments nested in it.
    Comment,
    /// A keyword, or a name without quotes.
    Word,
    /// A name in quotes.
    QuotedName,
    /// A string literal: `'..'`, `E'..'`, `N'..'`, `$tag$..$tag$`; with its continuation on the next lines.
    Text,
    /// A bit string: `b'..'`, `x'..'`.
    Bits,
    /// A string literal or a name with Unicode escapes: `U&'..'`, `U&".."`.
    Unicode,
    /// A number, with the letters directly after it.
    Number,
    /// `$1`.
    Parameter,
    /// One operator of one or more characters, such as `::`.
    Operator,
    /// Any other character.
    Symbol,
}

impl Kind {
    /// Whether it only separates tokens: white space or a comment.
    pub fn is_space(self) -> bool {
        matches!(self, Self::Space | Self::Comment)
    }
}

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its characters, with quotes.
    pub text: &'a str,
    /// The byte where it begins.
    pub start: usize,
    /// Whether it has its closing quote or `*/`.
    pub closed: bool,
}

impl Lexeme<'_> {
    /// The byte after its last one.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The tokens of `sql`, with white space and comments. Joined, they are `sql` again.
pub fn lexemes(sql: &str) -> impl Iterator<Item = Lexeme<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let lexeme = lexeme(sql, at)?;
        at = lexeme.end();
        Some(lexeme)
    })
}

/// The token that begins at a byte.
fn lexeme(sql: &str, start: usize) -> Option<Lexeme<'_>> {
    let rest = sql.get(start..)?;
    let first = rest.chars().next()?;
    let Found(kind, length) = found(rest, first);
    Some(Lexeme {
        kind,
        text: rest.get(..length.unwrap_or(rest.len()))?,
        start,
        closed: length.is_some(),
    })
}

/// The kind of a token and its length in bytes. The length is `None` if the token is not closed.
struct Found(Kind, Option<usize>);

fn found(rest: &str, first: char) -> Found {
    if is_space(first) {
        return Found(Kind::Space, Some(1));
    }
    if rest.starts_with("--") {
        return Found(Kind::Comment, Some(line_comment(rest)));
    }
    if rest.starts_with("/*") {
        return Found(Kind::Comment, block_comment(rest));
    }
    if let Some(literal) = literal(rest) {
        return Found(Kind::Text, literal.length);
    }
    let symbol = Found(Kind::Symbol, Some(first.len_utf8()));
    match first {
        '"' => Found(Kind::QuotedName, quoted_end(rest, '"')),
        '$' => parameter(rest).unwrap_or(symbol),
        '0'..='9' => number(rest),
        '.' if begins_with(rest, 1, |c| c.is_ascii_digit()) => number(rest),
        c if is_name_start(c) => word(rest),
        ':' if rest.starts_with("::") => Found(Kind::Operator, Some(2)),
        c if is_operator(c) => Found(Kind::Operator, Some(operator_length(rest))),
        _ => symbol,
    }
}

/// Whether the character at byte `at` satisfies `is_one`.
fn begins_with(rest: &str, at: usize, is_one: impl Fn(char) -> bool) -> bool {
    rest.get(at..).is_some_and(|rest| rest.starts_with(is_one))
}

/// A name or a keyword, or a literal with a letter before its quote.
fn word(rest: &str) -> Found {
    let length = name_length(rest);
    let (written, after) = rest.split_at(length);
    let quoted = |kind, at: usize, quote: char| {
        let end = after.get(at..).and_then(|after| quoted_end(after, quote));
        Found(kind, end.map(|end| length + at + end))
    };
    match written {
        "b" | "B" | "x" | "X" if after.starts_with('\'') => quoted(Kind::Bits, 0, '\''),
        "u" | "U" if after.starts_with("&'") => quoted(Kind::Unicode, 1, '\''),
        "u" | "U" if after.starts_with("&\"") => quoted(Kind::Unicode, 1, '"'),
        _ => Found(Kind::Word, Some(length)),
    }
}

/// Where a quoted token ends. A doubled quote is a quote inside it.
fn quoted_end(rest: &str, quote: char) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((index, c)) = characters.next() {
        if c == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return Some(index + 1);
        }
    }
    None
}

/// A parameter such as `$1`. `None` for a lone `$`.
fn parameter(rest: &str) -> Option<Found> {
    let end = digits(rest, 1);
    (end > 1).then_some(Found(Kind::Parameter, Some(end)))
}

/// A number, with the letters directly after it: `0x1f`.
fn number(rest: &str) -> Found {
    let mut length = digits(rest, 0);
    if begins_with(rest, length, |c| c == '.') {
        length = digits(rest, length + 1);
    }
    if let Some(exponent) = exponent(rest, length) {
        length = exponent;
    }
    length += name_length(rest.get(length..).unwrap_or_default());
    Found(Kind::Number, Some(length))
}

/// Where the digits from `start` end.
fn digits(rest: &str, start: usize) -> usize {
    let rest = rest.get(start..).unwrap_or_default();
    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
    start + count
}

/// Where an exponent such as `e10` ends.
fn exponent(rest: &str, start: usize) -> Option<usize> {
    let after = rest.get(start..)?.strip_prefix(['e', 'E'])?;
    let sign = usize::from(after.starts_with(['+', '-']));
    let end = digits(rest, start + 1 + sign);
    (end > start + 1 + sign).then_some(end)
}

/// The length of an operator. It ends before a comment, and before a final sign that belongs to the operand.
fn operator_length(rest: &str) -> usize {
    let run = rest.find(|c| !is_operator(c)).unwrap_or(rest.len());
    let written = rest.get(..run).unwrap_or_default();
    let comment = ["--", "/*"].iter().filter_map(|start| written.find(start));
    let length = comment.fold(run, usize::min);
    let written = rest.get(..length).unwrap_or_default();
    if written.contains(|c| "~!@#%^&|`?".contains(c)) {
        length
    } else {
        written.trim_end_matches(['+', '-']).len().max(1)
    }
}

/// The length of a block comment, with the comments nested in it.
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

/// Whether a name without quotes can contain the character.
pub(super) fn is_word(c: char) -> bool {
    is_name_start(c) || c.is_ascii_digit()
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

fn name_length(rest: &str) -> usize {
    rest.find(|c| !is_word(c) && c != '$').unwrap_or(rest.len())
}

fn is_operator(c: char) -> bool {
    "+-*/<>=~!@#%^&|`?".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each token except white space and comments, with its kind.
    fn kinds(sql: &str) -> Vec<(Kind, &str)> {
        let lexemes = lexemes(sql).filter(|lexeme| !lexeme.kind.is_space());
        lexemes.map(|lexeme| (lexeme.kind, lexeme.text)).collect()
    }

    const SAMPLES: &[&str] = &[
        "SELECT a.\"B \"\"c\"\"\", E'it\\'s' || $x$ y $x$ -- z\n FROM t /* u /* v */ w */ WHERE x->>'a' <> -1.5e3",
        "b'01' x'1F' u&'\\0061' U&\"d\\0061t\" n'x' 'a'\n  'b' $1 $ $$a$$ .5 1. 1..2 0x1f €uro a$b",
        "'open",
        "\"open",
        "/* open /* */",
        "$t$ open",
        "E'open\\",
        "u&'open",
        "",
    ];

    #[test]
    fn the_tokens_are_the_text() {
        for sql in SAMPLES {
            let text: String = lexemes(sql).map(|lexeme| lexeme.text).collect();
            assert_eq!(text, *sql);
        }
    }

    #[test]
    fn a_token_without_its_end_takes_the_rest() {
        for sql in SAMPLES.iter().filter(|sql| sql.contains("open")) {
            let last = lexemes(sql).last();
            assert_eq!(
                last.map(|last| (last.text, last.closed)),
                Some((*sql, false))
            );
        }
    }

    #[test]
    fn a_letter_before_a_quote_is_part_of_the_text() {
        assert_eq!(
            kinds("b'01' X'1F' u&'a' U&\"a\" E'a' n'a' b 'c'"),
            [
                (Kind::Bits, "b'01'"),
                (Kind::Bits, "X'1F'"),
                (Kind::Unicode, "u&'a'"),
                (Kind::Unicode, "U&\"a\""),
                (Kind::Text, "E'a'"),
                (Kind::Text, "n'a'"),
                (Kind::Word, "b"),
                (Kind::Text, "'c'"),
            ]
        );
    }

    #[test]
    fn an_operator_ends_before_a_comment_and_before_a_sign_of_the_operand() {
        let operators = |sql| {
            kinds(sql)
                .into_iter()
                .map(|(_, text)| text)
                .collect::<Vec<_>>()
        };
        assert_eq!(operators("a=-1"), ["a", "=", "-", "1"]);
        assert_eq!(operators("a@-1"), ["a", "@-", "1"]);
        assert_eq!(operators("a+--b\nc"), ["a", "+", "c"]);
        assert_eq!(operators("a</*b*/c::d"), ["a", "<", "c", "::", "d"]);
    }
}
