use crate::types::Searchable;

/// Full-text search over columns of a table: a generated column of type `tsvector` with its index.
#[derive(Clone, Copy, Debug)]
pub struct SearchDef {
    /// The generated column's name.
    pub column: &'static str,
    /// The text-search configuration: `english`, `simple` ..
    pub language: &'static str,
    /// The columns that are searched.
    pub parts: &'static [SearchPart],
}

impl SearchDef {
    /// A search of `parts`.
    pub const fn new(
        column: &'static str,
        language: &'static str,
        parts: &'static [SearchPart],
    ) -> Self {
        Self {
            column,
            language,
            parts,
        }
    }
}

/// A searched column and its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchPart {
    /// The column.
    pub column: &'static str,
    /// How much a match in it counts.
    pub weight: Weight,
}

impl SearchPart {
    /// A searched column whose field has the type `V`.
    pub const fn new<V: Searchable>(column: &'static str, weight: Weight) -> Self {
        Self { column, weight }
    }
}

/// How much a match counts; `A` counts most (PostgreSQL manual, 12.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Weight {
    A,
    B,
    C,
    D,
}

impl Weight {
    /// The letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}
