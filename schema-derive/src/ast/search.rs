use syn::Ident;

use super::Text;

/// Full-text search.
pub(crate) struct Search {
    /// The column that the database generates.
    pub(crate) column: Text,
    pub(crate) language: Text,
    pub(crate) parts: Vec<SearchPart>,
}

/// A column that is searched.
pub(crate) struct SearchPart {
    pub(crate) column: Ident,
    /// The variant of `Weight`.
    pub(crate) weight: &'static str,
}
