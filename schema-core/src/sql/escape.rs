//! Decodes backslash escapes in string literals (manual, 4.1.2.2).

use std::iter::Peekable;
use std::str::Chars;

/// The decoded bytes. They are bytes because an escape may be part of a character.
#[derive(Default)]
pub(super) struct Unescaped {
    bytes: Vec<u8>,
    /// The first surrogate of a character that takes two escapes.
    half: Option<u32>,
}

impl Unescaped {
    /// Adds a piece of the literal. `None` if an escape in it is invalid.
    pub(super) fn with(mut self, inner: &str, has_escapes: bool) -> Option<Self> {
        let mut rest = inner.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\\' if has_escapes => self.escape(&mut rest)?,
                '\'' => {
                    // The second of two quotes.
                    rest.next();
                    self.character(c)?;
                }
                c => self.character(c)?,
            }
        }
        Some(self)
    }

    pub(super) fn text(self) -> Option<String> {
        if self.half.is_some() {
            return None;
        }
        String::from_utf8(self.bytes).ok()
    }

    /// Adds a character. `None` if a second surrogate must come first.
    fn character(&mut self, c: char) -> Option<()> {
        if self.half.is_some() {
            return None;
        }
        self.bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
        Some(())
    }

    fn escape(&mut self, rest: &mut Peekable<Chars<'_>>) -> Option<()> {
        match rest.next()? {
            'b' => self.character('\u{8}'),
            'f' => self.character('\u{c}'),
            'n' => self.character('\n'),
            'r' => self.character('\r'),
            't' => self.character('\t'),
            'v' => self.character('\u{b}'),
            'u' => self.numbered(rest, 4),
            'U' => self.numbered(rest, 8),
            'x' if rest.peek().is_some_and(char::is_ascii_hexdigit) => {
                let (number, _) = digits(rest, 16, 2);
                self.byte(number)
            }
            c => match c.to_digit(8) {
                Some(first) => {
                    let (more, count) = digits(rest, 8, 2);
                    self.byte(first * 8_u32.pow(count) + more)
                }
                None => self.character(c),
            },
        }
    }

    fn byte(&mut self, number: u32) -> Option<()> {
        if self.half.is_some() {
            return None;
        }
        // PostgreSQL keeps the lowest eight bits of an octal number.
        self.bytes.push(u8::try_from(number & 0xff).ok()?);
        Some(())
    }

    /// A Unicode escape of `width` digits: a character or a surrogate.
    fn numbered(&mut self, rest: &mut Peekable<Chars<'_>>, width: u32) -> Option<()> {
        let (number, count) = digits(rest, 16, width);
        if count < width {
            return None;
        }
        match (self.half.take(), number) {
            (None, 0xd800..=0xdbff) => {
                self.half = Some(number);
                Some(())
            }
            (Some(first), 0xdc00..=0xdfff) => {
                let number = 0x10000 + ((first & 0x3ff) << 10) + (number & 0x3ff);
                self.character(char::from_u32(number)?)
            }
            (None, number) => self.character(char::from_u32(number)?),
            (Some(_), _) => None,
        }
    }
}

/// The number at this place, with at most `most` digits, and the count of its digits.
fn digits(rest: &mut Peekable<Chars<'_>>, radix: u32, most: u32) -> (u32, u32) {
    let (mut number, mut count) = (0_u32, 0);
    while count < most {
        let Some(digit) = rest.peek().and_then(|c| c.to_digit(radix)) else {
            break;
        };
        rest.next();
        number = number.wrapping_mul(radix).wrapping_add(digit);
        count += 1;
    }
    (number, count)
}

#[cfg(test)]
mod tests {
    use super::Unescaped;

    fn text(inner: &str) -> Option<String> {
        Unescaped::default().with(inner, true)?.text()
    }

    #[test]
    fn an_escape_is_a_character_or_a_byte() {
        for (inner, meant) in [
            ("\\\\ \\' \\q \\xq", "\\ ' q xq"),
            ("\\t\\v\\r\\n\\b\\f", "\t\u{b}\r\n\u{8}\u{c}"),
            ("\\xc3\\xbc \\303\\274 \\u00fc \\U000000fc", "ü ü ü ü"),
            ("\\uD83D\\ude00", "😀"),
            ("\\41\\101a", "!Aa"),
        ] {
            assert_eq!(text(inner).as_deref(), Some(meant), "{inner}");
        }
    }

    #[test]
    fn an_invalid_escape_gives_no_text() {
        for inner in ["\\", "\\u00f", "\\uD83D", "\\uD83Dx", "\\xff", "\\ude00"] {
            assert_eq!(text(inner), None, "{inner}");
        }
    }
}
