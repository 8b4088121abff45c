use crate::diagram::TooLarge;
use crate::html;

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A template failed.
    #[error("the document could not be written")]
    Template(#[from] askama::Error),
    /// The page failed.
    #[error(transparent)]
    Page(#[from] html::Error),
    /// A diagram is too large for Mermaid.
    #[error(transparent)]
    Diagram(#[from] TooLarge),
}
