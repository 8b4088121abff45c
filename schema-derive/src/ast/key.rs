use syn::{Ident, Path, Type};

/// A `#[derive(Key)]` struct.
pub(crate) struct Key {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    /// The type inside; `None` where a mistake was found.
    pub(crate) inner: Option<Type>,
}
