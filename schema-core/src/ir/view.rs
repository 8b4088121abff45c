use super::{Expr, Index, QualifiedName};

/// A view.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct View {
    /// The name.
    pub name: QualifiedName,
    /// The comment.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub comment: Option<String>,
    /// The columns that have a comment, and the comments.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub column_comments: Vec<(String, String)>,
    /// The query.
    pub query: Query,
    /// Whether the rows are stored.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub materialized: bool,
    /// Whether it reads its tables with the rights of the caller.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub security_invoker: bool,
    /// The owner of a materialized view, if it is another role than the owner of the other objects.
    ///
    /// The view is filled with the rights of this role.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub owner: Option<String>,
    /// The indexes of a materialized view.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub indexes: Vec<Index>,
}

/// The query of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Query {
    /// Passed on as written.
    Source(String),
    /// Some rows of one table.
    Rows {
        /// The table.
        table: QualifiedName,
        /// Its columns.
        columns: Vec<String>,
        /// The condition for the rows.
        filter: Expr,
    },
}

impl View {
    /// The names that it uses in the namespace of relations: its own and those of its indexes.
    pub fn relation_names(&self) -> impl Iterator<Item = &str> {
        let indexes = self.indexes.iter().map(|index| index.name.as_str());
        std::iter::once(self.name.name.as_str()).chain(indexes)
    }
}
