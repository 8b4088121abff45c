//! Names and texts as SQL: the one place that quotes.

use super::keywords;

/// Which words a database reserves: a name that is one of them is quoted.
#[derive(Clone, Copy, Debug)]
pub struct Quoting {
    /// Everywhere, in order.
    reserved: &'static [&'static str],
    /// Beside these as the name of a function's argument, in order.
    for_arguments: &'static [&'static str],
    /// Beside these as a column of a trigger's row, in order.
    in_rows: &'static [&'static str],
}

/// What PostgreSQL reserves.
pub const POSTGRES: Quoting = Quoting {
    reserved: keywords::RESERVED,
    for_arguments: keywords::RESERVED_FOR_ARGUMENTS,
    in_rows: keywords::RESERVED_IN_ROWS,
};

impl Quoting {
    /// An identifier, quoted where it has to be: the one function through which every identifier goes.
    pub fn identifier(self, name: &str) -> String {
        if is_plain(name) && !is_one_of(name, self.reserved) {
            name.to_owned()
        } else {
            quoted(name)
        }
    }

    /// A name with the schema that it is in, if one is stated: `app.users`.
    pub fn qualified(self, schema: Option<&str>, name: &str) -> String {
        match schema {
            Some(schema) => format!("{}.{}", self.identifier(schema), self.identifier(name)),
            None => self.identifier(name),
        }
    }

    /// The name of a function's argument, for which more words are reserved.
    pub fn argument(self, name: &str) -> String {
        if is_one_of(name, self.for_arguments) {
            quoted(name)
        } else {
            self.identifier(name)
        }
    }

    /// A column of the row of a trigger, `NEW` or `OLD`. The language of the trigger's function has words of its own.
    pub fn row_column(self, row: &str, name: &str) -> String {
        let name = if is_one_of(name, self.in_rows) {
            quoted(name)
        } else {
            self.identifier(name)
        };
        format!("{row}.{name}")
    }

    /// A function's name in a call. A keyword is one there (`coalesce`, `trim`), and must not be quoted.
    pub fn function(self, name: &str) -> String {
        if is_plain(name) || name.chars().all(|c| c.is_ascii_uppercase()) {
            name.to_owned()
        } else {
            self.identifier(name)
        }
    }
}

/// A text literal: quotes are doubled, as `standard_conforming_strings` reads it, which is on since PostgreSQL 9.1.
pub fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A dollar quote that the text does not hold.
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

/// Whether the database reads the name as it is written, keywords aside: a lower-case letter or `_`, then those, digits and `$`.
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
