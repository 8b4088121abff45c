//! Characters that a reader does not see, and that change what the others look like.

use std::fmt::Write as _;

/// The text, in which each such character is shown by its number: `⟨U+202E⟩`.
///
/// A name with a right-to-left override looks like another name. The joiners U+200C and U+200D are kept: scripts and
/// emoji need them. <https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing>
pub(crate) fn visible(text: String) -> String {
    if !text.contains(is_hidden) {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_hidden(letter) {
            // Writing to a text does not fail.
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(letter));
        } else {
            shown.push(letter);
        }
    }
    shown
}

const fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn hidden_characters_are_shown_by_their_numbers() {
        assert_eq!(visible("user\u{202e}drow".to_owned()), "user⟨U+202E⟩drow");
        assert_eq!(
            visible("a\u{200b}b\u{feff}".to_owned()),
            "a⟨U+200B⟩b⟨U+FEFF⟩"
        );
        assert_eq!(
            visible("\u{6a9}\u{200c}\u{6cc} é".to_owned()),
            "\u{6a9}\u{200c}\u{6cc} é"
        );
    }
}
