//! SQL as people write it: texts in quotes of every kind, comments, and names in every spelling.

use super::words::quoted;
use crate::random::Random;

/// A style of writing, which is always the same for one value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hand(usize);

/// Comments. The names, texts and ends in them have no meaning.
const REMARKS: [&str; 6] = [
    " ",
    "/* it's */",
    " -- \"id\" $$ don't FROM note\n",
    "/* id /* FROM note */ $a$ '*/",
    " -- /* $q$\r",
    "\n\t",
];

/// Texts that look like something else.
const TEXTS: [&str; 8] = [
    "it's",
    "a\\b",
    "two\nlines",
    "SELECT id FROM note",
    "$1 -- no /* comment",
    "\"note\"",
    "Zürich\t\\n",
    "",
];

impl Hand {
    pub(super) fn any(random: &mut Random) -> Self {
        Self(random.below(5040))
    }

    /// A style, or `None` if the object is not written as SQL.
    pub(super) fn maybe(random: &mut Random) -> Option<Self> {
        random.one_in(2).then(|| Self::any(random))
    }

    /// A number below `end`. Another `salt` gives another number.
    pub(super) fn choice(self, salt: usize, end: usize) -> usize {
        (self.0 / (1 + salt * 7) + salt) % end.max(1)
    }

    /// A space or a comment.
    pub(super) fn remark(self, salt: usize) -> &'static str {
        REMARKS[self.choice(salt, REMARKS.len())]
    }

    /// An optional comment for the end of the text.
    pub(super) fn last_remark(self) -> &'static str {
        ["", " -- the end", "/* it's over */", "\n"][self.choice(3, 4)]
    }

    /// A text that looks like something else, in quotes.
    pub(super) fn odd_text(self) -> String {
        self.text(TEXTS[self.choice(1, TEXTS.len())])
    }

    /// The text in quotes.
    pub(super) fn text(self, text: &str) -> String {
        let first = text.chars().next().map_or(0, char::len_utf8);
        let (one, other) = text.split_at(first);
        match self.choice(0, 9) {
            0 => format!("$${text}$$"),
            1 => format!("$q1${text}$q1$"),
            2 => format!("E'{}'", escaped(text)),
            3 => format!("e'{}'\n  '{}'", escaped(one), escaped(other)),
            4 => format!("{}\n{}", doubled(one), doubled(other)),
            5 => format!("E'{}{}'", numbered(one, "\\u"), escaped(other)),
            6 => format!("E'{}{}'", numbered(one, "\\U"), escaped(other)),
            7 => format!("{} -- goes on\n\t{}", doubled(one), doubled(other)),
            _ => doubled(text),
        }
    }

    /// The column in one of the ways to name it.
    pub(super) fn name(self, name: &str) -> String {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let is_plain = name.chars().all(is_plain);
        match self.choice(2, 3) {
            0 if is_plain => name.to_owned(),
            1 if is_plain => name.to_uppercase(),
            _ => quoted(name),
        }
    }

    /// The column with or without its table.
    pub(super) fn column(self, owner: &str, name: &str) -> String {
        let name = self.name(name);
        match self.choice(4, 3) {
            0 => format!(
                "{}{}.{}{name}",
                quoted(owner),
                self.remark(5),
                self.remark(6)
            ),
            1 => format!("{}.{name}", self.name(owner)),
            _ => name,
        }
    }
}

fn doubled(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\'', "\\'");
    text.replace('\n', "\\n").replace('\t', "\\t")
}

/// The characters as escaped code points.
fn numbered(text: &str, escape: &str) -> String {
    let width = if escape == "\\u" { 4 } else { 8 };
    let number = |c: char| format!("{escape}{:0width$x}", u32::from(c));
    text.chars().map(number).collect()
}
