//! Text and numbers in SVG.

use std::fmt::Write as _;

/// The width of a letter of a monospace font, divided by the size of the font.
pub(super) const LETTER: f64 = 0.6;

/// Escapes text for XML, in elements and in attributes. Characters that XML cannot contain become U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' => escaped.push(letter),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            _ if letter.is_control() => escaped.push('\u{FFFD}'),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A name as the fragment of a URL: everything but letters, digits and `-._~` is percent-encoded.
pub(super) fn fragment(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => push_encoded(&mut encoded, byte),
        }
    }
    encoded
}

/// A name as part of an `id`, which cannot contain white space. Different names give different texts.
pub(super) fn identifier(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_whitespace() || letter.is_control() || letter == '%' {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                push_encoded(&mut encoded, byte);
            }
        } else {
            encoded.push(letter);
        }
    }
    encoded
}

fn push_encoded(text: &mut String, byte: u8) {
    // Writing to a `String` cannot fail.
    let _ = write!(text, "%{byte:02X}");
}

/// How many letters wide a text is. Wide letters, as in Chinese, Japanese and Korean, count two.
pub(super) fn letters(text: &str) -> f64 {
    text.chars().map(letter_width).map(f64::from).sum()
}

fn letter_width(letter: char) -> u8 {
    match u32::from(letter) {
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// The text if it is at most `limit` letters wide. Otherwise as many of its letters as fit beside `…`.
pub(super) fn cut(text: &str, limit: u32) -> String {
    let limit = f64::from(limit);
    if letters(text) <= limit {
        return text.to_owned();
    }
    let mut width = 1.0;
    let fits = |letter: &char| {
        width += f64::from(letter_width(*letter));
        width <= limit
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    cut
}

/// A coordinate with at most one decimal.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// A number of things as a float.
pub(super) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::{cut, escape, fragment, identifier, letters, number};

    #[test]
    fn text_is_escaped_for_elements_and_attributes() {
        assert_eq!(
            escape("<a b='1' c=\"2\"> &amp;"),
            "&lt;a b=&#39;1&#39; c=&quot;2&quot;&gt; &amp;amp;"
        );
    }

    #[test]
    fn characters_that_xml_cannot_contain_are_replaced() {
        assert_eq!(
            escape("a\u{0}b\u{1b}c\u{ffff}d\ne"),
            "a\u{fffd}b\u{fffd}c\u{fffd}d\ne"
        );
    }

    #[test]
    fn a_fragment_is_percent_encoded() {
        assert_eq!(fragment("audit.my log#\"é"), "audit.my%20log%23%22%C3%A9");
    }

    #[test]
    fn an_identifier_has_no_white_space_and_is_unique() {
        assert_eq!(identifier("my log"), "my%20log");
        assert_eq!(identifier("my%20log"), "my%2520log");
        assert_eq!(identifier("表"), "表");
    }

    #[test]
    fn wide_letters_count_two() {
        assert!((letters("ab注文") - 6.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_long_text_is_cut_at_its_limit() {
        assert_eq!(
            cut("timestamp with time zone", 24),
            "timestamp with time zone"
        );
        assert_eq!(
            cut("timestamp without time zone", 24),
            "timestamp without time …"
        );
        assert_eq!(cut("注文注文", 6), "注文…");
    }

    #[test]
    fn numbers_have_at_most_one_decimal() {
        assert_eq!(
            [12.0, 0.25, -0.04, 3.96].map(number),
            ["12", "0.2", "0", "4"]
        );
    }
}
