//! Prints names and string literals: the only code that quotes.

use super::keywords;

/// The keywords of a database that must be quoted as a name.
#[derive(Clone, Copy, Debug)]
pub struct Quoting {
    /// Reserved everywhere. Sorted.
    reserved: &'static [&'static str],
    /// Also reserved as the name of a function's argument. Sorted.
    for_arguments: &'static [&'static str],
    /// Also reserved as a column of a trigger's row. Sorted.
    in_rows: &'static [&'static str],
}

/// The reserved keywords of PostgreSQL.
pub const POSTGRES: Quoting = Quoting {
    reserved: keywords::RESERVED,
    for_arguments: keywords::RESERVED_FOR_ARGUMENTS,
    in_rows: keywords::RESERVED_IN_ROWS,
};

impl Quoting {
    /// An identifier, in quotes if needed. Every identifier goes through this function.
    pub fn identifier(self, name: &str) -> String {
        if is_plain(name) && !is_one_of(name, self.reserved) {
            name.to_owned()
        } else {
            quoted(name)
        }
    }

    /// A name, with its schema if one is given: `app.users`.
    pub fn qualified(self, schema: Option<&str>, name: &str) -> String {
        match schema {
            Some(schema) => format!("{}.{}", self.identifier(schema), self.identifier(name)),
            None => self.identifier(name),
        }
    }

    /// The name of a function's argument, for which more keywords are reserved.
    pub fn argument(self, name: &str) -> String {
        if is_one_of(name, self.for_arguments) {
            quoted(name)
        } else {
            self.identifier(name)
        }
    }

    /// A column of a trigger's row, `NEW` or `OLD`. PL/pgSQL reserves more keywords there.
    pub fn row_column(self, row: &str, name: &str) -> String {
        let name = if is_one_of(name, self.in_rows) {
            quoted(name)
        } else {
            self.identifier(name)
        };
        format!("{row}.{name}")
    }

    /// A function's name in a call. A keyword such as `coalesce` or `trim` must not be quoted there.
    pub fn function(self, name: &str) -> String {
        if is_plain(name) || name.chars().all(|c| c.is_ascii_uppercase()) {
            name.to_owned()
        } else {
            self.identifier(name)
        }
    }
}

/// A string literal. Quotes are doubled, which is right for `standard_conforming_strings`, on since PostgreSQL 9.1.
pub fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A dollar quote that the text does not contain.
pub fn dollar_quote(text: &str) -> String {
    let mut quote = "$$".to_owned();
    let mut count = 0;
    while text.contains(&quote) {
        count += 1;
        quote = format!("$body{count}$");
    }
    quote
}

fn is_one_of(name: &str, words: &[&str]) -> bool {
    words.binary_search(&name).is_ok()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether the database reads the name as written, keywords aside: a lower-case letter or `_`, then those, digits and
/// `$`.
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
