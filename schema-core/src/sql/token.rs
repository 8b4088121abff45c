//! SQL as tokens in their canonical spelling, which the parser reads.

use super::lexer::{Kind, Lexeme, lexemes};
use super::quote::POSTGRES;

/// A part of a piece of SQL, in its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
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
pub(crate) fn tokens(sql: &str) -> Option<Vec<Token>> {
    let lexemes = lexemes(sql).filter(|lexeme| !(lexeme.closed && lexeme.kind.is_space()));
    lexemes.map(|lexeme| token(&lexeme)).collect()
}

/// The SQL as it is written, with one space where there is any, and without comments.
pub(crate) fn spaced(sql: &str) -> Option<String> {
    let mut out = String::new();
    let mut space = false;
    for lexeme in lexemes(sql.trim_ascii()) {
        if lexeme.kind.is_space() && lexeme.closed {
            space = true;
            continue;
        }
        token(&lexeme)?;
        if std::mem::take(&mut space) && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(lexeme.text);
    }
    Some(out)
}

/// The tokens with a space between each two, which are read as the same tokens again.
pub(crate) fn joined(tokens: &[Token]) -> String {
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
pub(crate) fn literal(text: &str) -> String {
    super::quote::text(text)
}

/// A name, quoted where a keyword could be meant.
pub(crate) fn name(name: &str) -> String {
    POSTGRES.argument(name)
}

/// A token in its canonical spelling; nothing where it has no end or means nothing.
fn token(lexeme: &Lexeme<'_>) -> Option<Token> {
    let written = lexeme.text;
    if !lexeme.closed {
        return None;
    }
    match lexeme.kind {
        // Escapes of Unicode are not modelled.
        Kind::Space | Kind::Comment | Kind::Unicode => None,
        Kind::Word => Some(Token::Word(written.to_ascii_lowercase())),
        Kind::QuotedName => Some(quoted_name(written)),
        Kind::Text => super::literal::literal(written)?.text.map(Token::Text),
        Kind::Bits => Some(Token::Verbatim(written.to_ascii_lowercase())),
        Kind::Parameter => Some(Token::Verbatim(written.to_owned())),
        Kind::Number => Some(number(&written.to_ascii_lowercase())),
        Kind::Operator if written == "!=" => Some(Token::Operator("<>".to_owned())),
        Kind::Operator => Some(Token::Operator(written.to_owned())),
        Kind::Symbol => written.chars().next().map(Token::Symbol),
    }
}

fn quoted_name(written: &str) -> Token {
    let inner = written.get(1..written.len() - 1).unwrap_or_default();
    let inner = inner.replace("\"\"", "\"");
    if name(&inner) == inner {
        Token::Word(inner)
    } else {
        Token::Quoted(inner)
    }
}

fn number(written: &str) -> Token {
    let canonical = super::number::canonical(written);
    Token::Number(canonical.unwrap_or_else(|| written.to_owned()))
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
