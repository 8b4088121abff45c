use super::Dialect;
use crate::ir::QualifiedName;
use crate::sql::quote;

/// Prints the parts of a statement in a dialect. Each kind of object has its methods in its own file.
#[derive(Clone, Copy)]
pub struct Printer<'d> {
    /// The database for which it prints.
    pub dialect: &'d dyn Dialect,
}

impl<'d> Printer<'d> {
    /// Creates a printer for a database.
    pub fn new(dialect: &'d dyn Dialect) -> Self {
        Self { dialect }
    }

    /// An identifier, quoted if needed.
    pub fn identifier(self, name: &str) -> String {
        self.dialect.quoting().identifier(name)
    }

    /// The name of a function's argument, where more words are reserved.
    pub(crate) fn argument_name(self, name: &str) -> String {
        self.dialect.quoting().argument(name)
    }

    /// A column of a trigger's row, `NEW` or `OLD`.
    pub(crate) fn row_column(self, row: &str, name: &str) -> String {
        self.dialect.quoting().row_column(row, name)
    }

    /// A function's name in a call.
    pub(crate) fn function_name(self, name: &str) -> String {
        self.dialect.quoting().function(name)
    }

    /// A name with its PostgreSQL schema, each quoted if needed: `app.users`.
    pub fn qualified(self, name: &QualifiedName) -> String {
        let quoting = self.dialect.quoting();
        quoting.qualified(name.schema.as_deref(), &name.name)
    }

    /// Names in parentheses: `(a, b)`.
    pub(crate) fn names(self, names: &[String]) -> String {
        let names: Vec<_> = names.iter().map(|name| self.identifier(name)).collect();
        format!("({})", names.join(", "))
    }

    /// A text literal.
    pub fn text(self, text: &str) -> String {
        quote::text(text)
    }
}
