use super::Dialect;
use crate::ir::QualifiedName;

/// Prints the parts of a statement in a dialect. Each kind of object has its methods in a file of its own.
#[derive(Clone, Copy)]
pub(crate) struct Printer<'d> {
    pub(crate) dialect: &'d dyn Dialect,
}

impl<'d> Printer<'d> {
    pub(crate) fn new(dialect: &'d dyn Dialect) -> Self {
        Self { dialect }
    }

    /// An identifier, quoted where it has to be: the one function through which every identifier goes.
    pub(crate) fn identifier(self, name: &str) -> String {
        if is_plain(name) && !self.dialect.is_reserved(name) {
            name.to_owned()
        } else {
            quoted(name)
        }
    }

    /// The name of a function's argument, for which more words are reserved.
    pub(crate) fn argument_name(self, name: &str) -> String {
        if self.dialect.is_reserved_for_arguments(name) {
            quoted(name)
        } else {
            self.identifier(name)
        }
    }

    /// A column of the row of a trigger, `NEW` or `OLD`. The language of the trigger's function has words of its own.
    pub(crate) fn row_column(self, row: &str, name: &str) -> String {
        if self.dialect.is_reserved_in_rows(name) {
            format!("{row}.{}", quoted(name))
        } else {
            format!("{row}.{}", self.identifier(name))
        }
    }

    /// A function's name in a call. A keyword is one there (`coalesce`, `trim`), and must not be quoted.
    pub(crate) fn function_name(self, name: &str) -> String {
        if is_plain(name) || name.chars().all(|c| c.is_ascii_uppercase()) {
            name.to_owned()
        } else {
            self.identifier(name)
        }
    }

    pub(crate) fn qualified(self, name: &QualifiedName) -> String {
        match &name.schema {
            Some(schema) => format!(
                "{}.{}",
                self.identifier(schema),
                self.identifier(&name.name)
            ),
            None => self.identifier(&name.name),
        }
    }

    /// Names in parentheses: `(a, b)`.
    pub(crate) fn names(self, names: &[String]) -> String {
        let names: Vec<_> = names.iter().map(|name| self.identifier(name)).collect();
        format!("({})", names.join(", "))
    }

    /// A text literal.
    pub(crate) fn text(self, text: &str) -> String {
        self.dialect.text(text)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether PostgreSQL reads the name as it is written, keywords aside: a lower-case letter or `_`, then those, digits and `$`.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    let starts = bytes
        .next()
        .is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'_');
    starts
        && bytes.all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'$')
        })
}
