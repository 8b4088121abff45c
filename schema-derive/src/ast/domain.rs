//! A domain.

use syn::{Ident, Path, Type};

use super::{Check, SqlType, Text};

/// A `#[derive(Domain)]` struct.
pub(crate) struct Domain {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    /// The type inside; `None` where a mistake was found.
    pub(crate) inner: Option<Type>,
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    /// The type that it narrows, where it is not the one of the type inside.
    pub(crate) sql_type: Option<SqlType>,
    pub(crate) checks: Vec<Check>,
    pub(crate) comment: Option<Text>,
}
