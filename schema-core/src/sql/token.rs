//! SQL as canonical tokens, the input of the parser.

use super::lexer::{Kind, Lexeme, lexemes};
use super::quote::POSTGRES;

/// A token in its canonical spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A keyword, or a name that needs no quotes.
    Word(String),
    /// A name that needs quotes.
    Quoted(String),
    /// The value of a string literal.
    Text(String),
    /// A number, as the database prints it.
    Number(String),
    /// `$1`, or a bit string.
    Verbatim(String),
    /// An operator.
    Operator(String),
    /// Any other character.
    Symbol(char),
}

/// The tokens of `sql`. `None` if a literal, a name or a comment is not closed.
pub(crate) fn tokens(sql: &str) -> Option<Vec<Token>> {
    let lexemes = lexemes(sql).filter(|lexeme| !(lexeme.closed && lexeme.kind.is_space()));
    lexemes.map(|lexeme| token(&lexeme)).collect()
}

/// The SQL as written, without comments, and with one space for each white space.
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

/// The tokens, separated by spaces. Reading the result gives the same tokens.
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

/// Prints a string literal.
pub(crate) fn literal(text: &str) -> String {
    super::quote::text(text)
}

/// Prints a name, in quotes if it could be read as a keyword.
pub(crate) fn name(name: &str) -> String {
    POSTGRES.argument(name)
}

/// The canonical token. `None` if it is not closed or invalid.
fn token(lexeme: &Lexeme<'_>) -> Option<Token> {
    let written = lexeme.text;
    if !lexeme.closed {
        return None;
    }
    match lexeme.kind {
        // Unicode escapes are not modelled.
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
    fn space_comments_case_and_needless_quotes_make_no_difference() {
        let all = canonical("A /* x /* y */ */+\t\"b\" -- c\n <>\"C\" != 'D''E'");
        assert_eq!(all.as_deref(), Some("a + b <> \"C\" <> 'D''E'"));
    }

    #[test]
    fn each_spelling_of_a_literal_has_the_same_value() {
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
    fn a_sign_after_an_operator_belongs_to_the_operand() {
        assert_eq!(canonical("a=-1").as_deref(), Some("a = - 1"));
        assert_eq!(canonical("a@-1").as_deref(), Some("a @- 1"));
        assert_eq!(canonical("a->>-1").as_deref(), Some("a ->> - 1"));
    }

    #[test]
    fn an_unclosed_token_gives_no_tokens() {
        for sql in ["'a", "\"a", "$$a", "/* a", "E'a", "E'a\\", "u&'a'"] {
            assert_eq!(tokens(sql), None, "{sql}");
        }
    }
}
