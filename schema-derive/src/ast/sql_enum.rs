use syn::{Ident, Path};

use super::Text;

/// A `#[derive(SqlEnum)]` enum.
pub(crate) struct SqlEnum {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    pub(crate) native: bool,
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    /// `comment = ".."`, or the doc comment.
    pub(crate) comment: Option<Text>,
    /// The places of the keys that only a native enum has.
    pub(crate) native_keys: Vec<Ident>,
    pub(crate) labels: Vec<Label>,
    /// The variants for labels that the enum does not know.
    pub(crate) others: Vec<OtherVariant>,
}

/// A variant for labels that the enum does not know.
pub(crate) struct OtherVariant {
    pub(crate) variant: Ident,
    /// The places of the keys about a label, of which it has none.
    pub(crate) label_keys: Vec<Ident>,
}

/// A variant of an enum.
pub(crate) struct Label {
    pub(crate) variant: Ident,
    pub(crate) text: Text,
    pub(crate) renamed_from: Option<Text>,
}
