/// Why a page could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A template failed.
    #[error("could not write the page: {0}")]
    Template(#[from] askama::Error),
}
