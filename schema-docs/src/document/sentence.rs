use std::fmt;

use freehold_schema_core::ir::QualifiedName;

/// A text with marked names, so that each output can show and link them in its own way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The parts, in order.
    pub parts: Vec<Fragment>,
}

/// A part of a [`Sentence`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// Words.
    Text(String),
    /// A name or SQL.
    Code(String),
    /// The name of a table or a view of the document.
    Relation(String),
}

impl Sentence {
    /// A sentence that begins with words.
    pub fn new(text: impl Into<String>) -> Self {
        Self::default().text(text)
    }

    /// The text of a comment. What is between backquotes is code.
    pub fn of_comment(text: &str) -> Self {
        let pieces: Vec<_> = text.split('`').collect();
        // An odd number of backquotes leaves the last one without a partner.
        if pieces.len().is_multiple_of(2) {
            return Self::new(text);
        }
        let parts = pieces.into_iter().enumerate();
        let parts = parts.filter(|(_, piece)| !piece.is_empty());
        let part = |(index, piece): (usize, &str)| match index % 2 {
            0 => Fragment::Text(piece.to_owned()),
            _ => Fragment::Code(piece.to_owned()),
        };
        Self {
            parts: parts.map(part).collect(),
        }
    }

    /// Adds words.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Fragment::Text(text.into()));
        self
    }

    /// Adds a name or SQL.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.parts.push(Fragment::Code(code.into()));
        self
    }

    /// Adds the name of a table or a view.
    #[must_use]
    pub fn relation(mut self, name: &QualifiedName) -> Self {
        self.parts.push(Fragment::Relation(name.to_string()));
        self
    }

    /// Adds the name of a table or a view, as the document has it.
    #[must_use]
    pub fn relation_named(mut self, name: &str) -> Self {
        self.parts.push(Fragment::Relation(name.to_owned()));
        self
    }

    /// Adds names, separated by commas.
    #[must_use]
    pub fn codes<'a>(mut self, codes: impl IntoIterator<Item = &'a str>) -> Self {
        for (index, code) in codes.into_iter().enumerate() {
            if index > 0 {
                self = self.text(", ");
            }
            self = self.code(code);
        }
        self
    }

    /// Adds another sentence.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }
}

/// As in messages, with names in backquotes.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Fragment::Text(text) => f.write_str(text),
            Fragment::Code(name) | Fragment::Relation(name) => write!(f, "`{name}`"),
        })
    }
}
