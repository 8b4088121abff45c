//! What PostgreSQL prints, cut at words and commas that stand neither in quotes nor in parentheses.

/// A byte of a text, with how many parentheses are open before it. Those in quotes are left out.
fn open_bytes(text: &str) -> impl Iterator<Item = (usize, u8, usize)> + '_ {
    let mut quote = None;
    let mut depth = 0_usize;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        // A quote that is doubled ends a text and begins the next.
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

/// What stands between commas: `'a', f(1, 2)`.
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

/// What stands in the parentheses right after the first `word` outside of quotes and parentheses.
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
    fn commas_in_quotes_and_parentheses_part_nothing() {
        let parts = list("'a, b', f(1, 2), 'it''s, too', MINVALUE");
        assert_eq!(parts, ["'a, b'", "f(1, 2)", "'it''s, too'", "MINVALUE"]);
    }

    #[test]
    fn words_in_quoted_names_are_no_words() {
        let text = r#"CREATE TRIGGER "x WHEN (" AFTER UPDATE WHEN ((a = ')') AND (b)) EXECUTE FUNCTION f(')')"#;
        assert_eq!(parenthesized(text, "WHEN"), Some("(a = ')') AND (b)"));
    }

    #[test]
    fn a_word_that_is_not_there_is_none() {
        assert_eq!(parenthesized("FOR VALUES IN (1)", "TO"), None);
    }
}
