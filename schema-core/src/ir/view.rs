use super::{Index, QualifiedName};

/// A view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The name.
    pub name: QualifiedName,
    /// The comment.
    pub comment: Option<String>,
    /// The columns that have a comment, with it.
    pub column_comments: Vec<(String, String)>,
    /// The query.
    pub query: String,
    /// Whether the rows are stored.
    pub materialized: bool,
    /// Whether it reads its tables with the rights of who asks.
    pub security_invoker: bool,
    /// The indexes of a materialized view.
    pub indexes: Vec<Index>,
}

impl View {
    /// Whether it can be refreshed while it is read: it is materialized and has a unique index over plain columns and every row
    /// (PostgreSQL manual, `REFRESH MATERIALIZED VIEW`).
    pub fn refreshes_concurrently(&self) -> bool {
        self.materialized && self.indexes.iter().any(Index::is_unique_over_every_row)
    }
}
