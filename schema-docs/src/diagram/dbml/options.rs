//! The options of the printer.

/// Options of [`dbml`](super::dbml).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DbmlOptions {
    /// The name of the project, if it has one.
    pub name: Option<String>,
    /// Whether `@dbml/core` 3.x must read the text: without checks and optional ends of references. Checks are in the
    /// tables' notes then.
    pub compat: bool,
}
