/// A file of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the document's directory: `tables/orders.md`.
    pub path: String,
    /// The contents.
    pub contents: String,
}
