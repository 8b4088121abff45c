use syn::{Ident, Path, Type};

/// A `#[derive(Key)]` struct.
pub(crate) struct Key {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    /// The type of the field; `None` if it has a mistake.
    pub(crate) inner: Option<Type>,
}
