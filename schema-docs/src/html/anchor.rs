//! Names as `id`s and as links to them.

use std::fmt::Write as _;

/// What an `id` of the page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Table,
    View,
    Column,
    Routine,
    /// An enum type or a domain: PostgreSQL keeps their names apart.
    Type,
    Sequence,
    Role,
    Migration,
}

impl Kind {
    /// The start of its `id`s. The boxes of the diagram begin with `e:`.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Table => "t:",
            Self::View => "v:",
            Self::Column => "c:",
            Self::Routine => "f:",
            Self::Type => "type:",
            Self::Sequence => "s:",
            Self::Role => "r:",
            Self::Migration => "m:",
        }
    }

    /// The `id` of a thing: `t:users`. Different names give different texts.
    pub(super) fn id(self, name: &str) -> String {
        let mut id = self.prefix().to_owned();
        name.chars()
            .for_each(|letter| push_id(&mut id, letter, false));
        id
    }

    /// The link to an `id`: `#t:users`. A browser decodes it once, so that a `%` of the `id` is encoded too.
    pub(super) fn href(id: &str) -> String {
        let mut href = "#".to_owned();
        for byte in id.bytes() {
            let is_plain = byte.is_ascii_alphanumeric() || b"-._~:()".contains(&byte);
            if is_plain {
                href.push(char::from(byte));
            } else {
                push_encoded(&mut href, byte);
            }
        }
        href
    }
}

/// The `id` of a column: `c:users.email`. A dot in the column's name is encoded: the last dot separates the names.
pub(super) fn column_id(table: &str, column: &str) -> String {
    let mut id = Kind::Column.id(table);
    id.push('.');
    column
        .chars()
        .for_each(|letter| push_id(&mut id, letter, letter == '.'));
    id
}

/// Adds a letter of a name. White space, which an `id` cannot contain, and `%` are encoded.
fn push_id(id: &mut String, letter: char, is_encoded: bool) {
    if is_encoded || letter.is_whitespace() || letter.is_control() || letter == '%' {
        let mut bytes = [0; 4];
        for byte in letter.encode_utf8(&mut bytes).bytes() {
            push_encoded(id, byte);
        }
    } else {
        id.push(letter);
    }
}

fn push_encoded(text: &mut String, byte: u8) {
    // Writing to a `String` cannot fail.
    let _ = write!(text, "%{byte:02X}");
}
