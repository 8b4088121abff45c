//! The name that sqlx sends for a native enum, and the names that PostgreSQL reports for it.

use std::sync::OnceLock;

use crate::model::EnumDef;
use crate::sql::quote::POSTGRES;

/// The name of a native enum's type as SQL: with its PostgreSQL schema, and quoted if needed.
#[derive(Debug)]
pub struct TypeName {
    def: &'static EnumDef,
    written: OnceLock<String>,
}

impl TypeName {
    /// The type name of the enum.
    pub const fn of(def: &'static EnumDef) -> Self {
        Self {
            def,
            written: OnceLock::new(),
        }
    }

    /// The enum.
    pub fn def(&self) -> &'static EnumDef {
        self.def
    }

    /// The name as SQL.
    pub fn written(&self) -> &str {
        let name = || POSTGRES.qualified(self.def.schema, self.def.name);
        self.written.get_or_init(name)
    }
}

/// Whether `written` is the name of the type. PostgreSQL writes the schema if the type is not in the search path, and
/// quotes if the name needs them.
pub(super) fn is_named(written: &str, schema: Option<&str>, name: &str) -> bool {
    let mut words = words(written).into_iter().rev();
    let is_name = words.next().is_some_and(|word| word == name);
    let is_schema = match (words.next(), schema) {
        (Some(word), Some(schema)) => word == schema,
        _ => true,
    };
    is_name && is_schema
}

/// The parts between the dots, without their quotes.
fn words(written: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    let mut chars = written.chars().peekable();
    while let Some(char) = chars.next() {
        match (char, words.last_mut()) {
            ('"', Some(word)) if quoted && chars.next_if_eq(&'"').is_some() => word.push('"'),
            ('"', _) => quoted = !quoted,
            ('.', _) if !quoted => words.push(String::new()),
            (char, Some(word)) => word.push(char),
            (_, None) => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_written_with_its_schema_and_in_quotes() {
        for (written, schema, name) in [
            ("state", None, "state"),
            ("public.state", None, "state"),
            ("state", Some("app"), "state"),
            ("app.state", Some("app"), "state"),
            (
                r#""My App"."The ""state"".""#,
                Some("My App"),
                r#"The "state"."#,
            ),
        ] {
            assert!(is_named(written, schema, name), "{written}");
        }
    }

    #[test]
    fn another_name_or_schema_is_another_type() {
        for (written, schema, name) in [
            ("other", None, "state"),
            ("old.state", Some("app"), "state"),
            (r#""app.state""#, Some("app"), "state"),
        ] {
            assert!(!is_named(written, schema, name), "{written}");
        }
    }
}
