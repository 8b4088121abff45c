//! Text of a schema inside Markdown. The rules are those of GitHub Flavored Markdown 0.29: 2.4 backslash escapes, 4.10
//! tables, 6.3 code spans.

/// The characters that Markdown may read as markup, wherever they are in a line.
const MARKUP: [char; 13] = [
    '\\', '`', '*', '[', ']', '<', '>', '#', '|', '~', '&', '$', '!',
];

/// Words, with every character that could be markup escaped. Line breaks become spaces.
pub(super) fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = if letter.is_control() { ' ' } else { letter };
        let next = letters.peek().copied().unwrap_or(' ');
        if MARKUP.contains(&letter) || is_emphasis(previous, letter, next) {
            escaped.push('\\');
        }
        escaped.push(letter);
        previous = letter;
    }
    escaped
}

/// Whether the letter is an underscore at the edge of a word; within a word it is no markup.
fn is_emphasis(previous: char, letter: char, next: char) -> bool {
    letter == '_' && !(previous.is_alphanumeric() && next.is_alphanumeric())
}

/// A code span: its fence is longer than any run of backquotes in it. Markdown has no empty one, and drops spaces alone.
pub(super) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if text.is_empty() {
        return "*empty*".to_owned();
    }
    let text = if text.trim().is_empty() {
        text.replace(' ', "␣")
    } else {
        text
    };
    let fence = "`".repeat(longest_run(&text) + 1);
    let is_at_edge = text.starts_with('`') || text.ends_with('`');
    let space = if is_at_edge { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A code block of a language.
pub(super) fn block(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}

/// Markdown as a cell of a table: a pipe would end it.
pub(super) fn cell(markdown: &str) -> String {
    let mut cell = String::with_capacity(markdown.len());
    let mut previous = ' ';
    for letter in markdown.chars() {
        match letter {
            '|' if previous != '\\' => cell.push_str("\\|"),
            '\n' => cell.push(' '),
            other => cell.push(other),
        }
        previous = letter;
    }
    cell
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|letter| letter != '`');
    runs.map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{block, cell, code, text};

    #[test]
    fn markup_in_words_is_escaped() {
        assert_eq!(
            text("a*b [c](d) <e> _f_ g_h"),
            r"a\*b \[c\](d) \<e\> \_f\_ g_h"
        );
        assert_eq!(text("one\ntwo"), "one two");
    }

    #[test]
    fn a_code_span_holds_backquotes() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code(""), "*empty*");
        assert_eq!(code("  "), "`␣␣`");
    }

    #[test]
    fn a_cell_has_no_bare_pipe() {
        assert_eq!(cell("`a | b`"), r"`a \| b`");
        assert_eq!(cell(r"a \| b"), r"a \| b");
    }

    #[test]
    fn a_block_has_a_longer_fence_than_its_text() {
        assert_eq!(block("sql", "SELECT 1\n"), "```sql\nSELECT 1\n```");
        assert_eq!(block("", "```"), "````\n```\n````");
    }
}
