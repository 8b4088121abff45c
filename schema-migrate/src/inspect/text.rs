//! Splits text that PostgreSQL prints at words and commas outside of quotes and parentheses.

/// The bytes of a text outside of quotes: position, byte, and how many parentheses are open before it.
fn open_bytes(text: &str) -> impl Iterator<Item = (usize, u8, usize)> + '_ {
    let mut quote = None;
    let mut depth = 0_usize;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        // A doubled quote ends one text and begins the next.
        if let Some(open) = quote {
            if byte == open {
                quote = None;
            }
            return None;
        }
        let before = depth;
        match byte {
            b'\'' | b'"' => quote = Some(byte),
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        Some((at, byte, before))
    })
}

/// The items of a comma-separated list: `'a', f(1, 2)`.
pub(super) fn list(text: &str) -> Vec<String> {
    let commas = open_bytes(text).filter(|(_, byte, depth)| *byte == b',' && *depth == 0);
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, ..) in commas {
        parts.push(text[begin..at].trim().to_owned());
        begin = at + 1;
    }
    parts.push(text[begin..].trim().to_owned());
    parts
}

/// The text in the parentheses directly after the first `word` outside of quotes and parentheses.
pub(super) fn parenthesized<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let opening = format!("{word} (");
    let begins = |at: usize| text.as_bytes()[at..].starts_with(opening.as_bytes());
    let (at, ..) = open_bytes(text).find(|(at, _, depth)| *depth == 0 && begins(*at))?;
    let inside = at + opening.len();
    let rest = text.get(inside..)?;
    let mut closing = open_bytes(rest);
    let (end, ..) = closing.find(|(_, byte, depth)| *byte == b')' && *depth == 0)?;
    rest.get(..end)
}

#[cfg(test)]
mod tests {
    use super::{list, parenthesized};

    #[test]
    fn commas_in_quotes_and_parentheses_do_not_split() {
        let parts = list("'a, b', f(1, 2), 'it''s, too', MINVALUE");
        assert_eq!(parts, ["'a, b'", "f(1, 2)", "'it''s, too'", "MINVALUE"]);
    }

    #[test]
    fn a_word_in_a_quoted_name_is_not_found() {
        let text = r#"CREATE TRIGGER "x WHEN (" AFTER UPDATE WHEN ((a = ')') AND (b)) EXECUTE FUNCTION f(')')"#;
        assert_eq!(parenthesized(text, "WHEN"), Some("(a = ')') AND (b)"));
    }

    #[test]
    fn a_missing_word_is_none() {
        assert_eq!(parenthesized("FOR VALUES IN (1)", "TO"), None);
    }
}
