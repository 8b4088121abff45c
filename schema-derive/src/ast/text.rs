use proc_macro2::Span;
use syn::{Ident, LitStr};

/// A text, and its span.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// SQL that is passed on as written: the body of a function, the query of a view.
pub(crate) enum Source {
    Text(LitStr),
    /// The path of a file, relative to the directory of the user's `Cargo.toml`.
    File(LitStr),
}

/// An identifier without `r#`.
pub(crate) fn unraw(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}
