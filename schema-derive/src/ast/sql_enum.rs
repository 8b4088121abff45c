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
    /// The keys that only a native enum has.
    pub(crate) native_keys: Vec<Ident>,
    pub(crate) labels: Vec<Label>,
    /// The variants with `other`, which take unknown labels. More than one is a mistake.
    pub(crate) others: Vec<OtherVariant>,
}

/// A variant with `other`, which takes every label that the enum does not know.
pub(crate) struct OtherVariant {
    pub(crate) variant: Ident,
    /// The keys about a label, which are mistakes here because the variant has no label.
    pub(crate) label_keys: Vec<Ident>,
}

/// A variant of an enum and its label.
pub(crate) struct Label {
    pub(crate) variant: Ident,
    pub(crate) text: Text,
    pub(crate) renamed_from: Option<Text>,
}
