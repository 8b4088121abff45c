//! A domain.

use syn::{Ident, Path, Type};

use super::{Check, SqlType, Text};

/// A `#[derive(Domain)]` struct.
pub(crate) struct Domain {
    pub(crate) ident: Ident,
    pub(crate) krate: Path,
    /// The type of the field; `None` if it has a mistake.
    pub(crate) inner: Option<Type>,
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    /// The base type, if it is not the default of the field's type.
    pub(crate) sql_type: Option<SqlType>,
    pub(crate) checks: Vec<Check>,
    pub(crate) comment: Option<Text>,
}
