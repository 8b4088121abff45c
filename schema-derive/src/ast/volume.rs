use proc_macro2::Span;
use syn::Ident;

/// How many rows a table is expected to have.
pub(crate) struct Volume {
    pub(crate) span: Span,
    /// The rows at first.
    pub(crate) rows: Option<u64>,
    /// The rows that are added on each day.
    pub(crate) per_day: Option<u64>,
    pub(crate) widths: Vec<Width>,
}

/// The mean width of a column's values, in bytes.
pub(crate) struct Width {
    pub(crate) column: Ident,
    pub(crate) bytes: u32,
}
