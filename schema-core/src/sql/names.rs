//! Finds names and literals in SQL.

use super::lexer::{Kind, Lexeme, lexemes};
use super::literal::literal;
use super::parts::{Part, behind_space, spans};

/// Whether the SQL contains the name as a name.
pub fn mentions(sql: &str, name: &str) -> bool {
    let mut parts = spans(sql).into_iter();
    parts.any(|(part, _)| matches!(part, Part::Word(word) if word.name == name))
}

/// Whether the SQL calls a function with this name.
pub fn calls(sql: &str, name: &str) -> bool {
    called(sql).iter().any(|called| called == name)
}

/// Whether the SQL casts a value to an array of the type: `'{a}'::mood[]`, `CAST(x AS app.mood ARRAY)`.
pub fn casts_to_array(sql: &str, name: &str) -> bool {
    let mut parts = spans(sql).into_iter();
    parts.any(|(part, span)| {
        let is_it = matches!(part, Part::Word(word) if word.name == name);
        let rest = behind_space(sql.get(span.end..).unwrap_or_default());
        let next = rest.split(|c: char| !c.is_alphabetic()).next();
        is_it && (rest.starts_with('[') || next.is_some_and(|next| name_of(next) == "array"))
    })
}

/// The first keyword of a statement, in lower case, after opening parentheses. `None` if it begins with something
/// else.
pub fn first_word(sql: &str) -> Option<String> {
    let mut lexemes = lexemes(sql).filter(|lexeme| !lexeme.kind.is_space() && lexeme.text != "(");
    let first = lexemes.next().filter(|first| first.kind == Kind::Word)?;
    Some(first.text.to_ascii_lowercase())
}

/// Whether the SQL ends in a line comment. Then what follows must begin on a new line.
pub fn ends_in_comment(sql: &str) -> bool {
    let last = lexemes(sql).last();
    last.is_some_and(|last| last.kind == Kind::Comment && last.text.starts_with("--"))
}

/// Whether a string literal in the SQL has this value, in any spelling.
pub fn has_text(sql: &str, text: &str) -> bool {
    texts(sql).any(|found| found == text)
}

/// The schemas of a search path such as `app, "Shop"`, unquoted. A name without quotes is returned as written.
pub fn search_path(path: &str) -> Vec<String> {
    let lexemes: Vec<_> = lexemes(path).collect();
    let parts = lexemes.split(|lexeme| lexeme.text == ",").map(|part| {
        let is_quoted = |lexeme: &&Lexeme<'_>| matches!(lexeme.kind, Kind::QuotedName | Kind::Text);
        match part.iter().find(is_quoted) {
            Some(name) if name.kind == Kind::Text => literal(name.text)?.text,
            Some(name) => Some(name_of(name.text)),
            None => {
                let written: String = part.iter().map(|lexeme| lexeme.text).collect();
                Some(written.trim().to_owned())
            }
        }
    });
    parts.flatten().filter(|name| !name.is_empty()).collect()
}

/// The string literals between the tokens `before` and the next `]`, decoded. Empty if the SQL does not have these
/// tokens.
pub fn listed_texts(sql: &str, before: &[&str]) -> Vec<String> {
    let lexemes = lexemes(sql).filter(|lexeme| !lexeme.kind.is_space());
    let lexemes: Vec<_> = lexemes.collect();
    let is_before = |window: &[Lexeme<'_>]| {
        window
            .iter()
            .map(|lexeme| lexeme.text)
            .eq(before.iter().copied())
    };
    let mut windows = lexemes.windows(before.len());
    let Some(at) = windows.position(is_before) else {
        return Vec::new();
    };
    let list = lexemes.iter().skip(at + before.len());
    let list = list.take_while(|lexeme| lexeme.text != "]");
    list.filter_map(|lexeme| literal(lexeme.text)?.text)
        .collect()
}

/// The string literals in the SQL, decoded.
pub fn texts(sql: &str) -> impl Iterator<Item = String> {
    let texts = lexemes(sql).filter(|lexeme| lexeme.kind == Kind::Text);
    texts.filter_map(|lexeme| literal(lexeme.text)?.text)
}

/// The name as PostgreSQL reads it: in lower case, or as written in its quotes.
pub(crate) fn name_of(written: &str) -> String {
    let quoted = written
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    quoted.map_or_else(
        || written.to_ascii_lowercase(),
        |name| name.replace("\"\"", "\""),
    )
}

/// The functions that the SQL calls, in lower case, without schemas. The list includes keywords before a parenthesis.
pub fn called(sql: &str) -> Vec<String> {
    let tokens = spans(sql);
    let pairs = tokens.iter().zip(tokens.iter().skip(1));
    let names = pairs.filter_map(|((name, _), (next, _))| match (name, next) {
        (Part::Word(word), Part::Symbol('(')) => Some(word.name.clone()),
        _ => None,
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_unicode_escapes_is_mentioned() {
        assert!(mentions("U&\"pin\" > 0 AND \"Pin\" > 0", "pin"));
        assert!(!mentions("U&'pin' <> ''", "pin"));
    }

    #[test]
    fn a_search_path_is_split_at_commas() {
        assert_eq!(
            search_path("app, \"Shop, two\" ,'b', my-own,"),
            ["app", "Shop, two", "b", "my-own"]
        );
        assert_eq!(search_path(""), [""; 0]);
    }

    #[test]
    fn a_name_in_a_literal_is_not_mentioned() {
        assert!(mentions("SELECT x FROM app.tasks", "tasks"));
        for sql in [
            "SELECT 'tasks'",
            "SELECT e'\\'tasks\\''",
            "SELECT /* /* */ tasks */ 1",
        ] {
            assert!(!mentions(sql, "tasks"), "{sql}");
        }
    }

    #[test]
    fn a_name_before_a_parenthesis_is_called() {
        for sql in [
            "Size_of(name) > 0",
            "0 < app.\"size_of\" (name)",
            "size_of/* all */ -- of\n(name)",
        ] {
            assert!(calls(sql, "size_of"), "{sql}");
        }
        for sql in ["size_of > 0", "'size_of(name)' = name", "size_of_all(name)"] {
            assert!(!calls(sql, "size_of"), "{sql}");
        }
    }

    #[test]
    fn an_array_of_a_type_has_brackets_or_the_word() {
        for sql in [
            "x = ANY ('{a}'::mood[])",
            "CAST(x AS app.\"mood\" [3])",
            "x::mood ARRAY",
            "x::mood /* all */ []",
        ] {
            assert!(casts_to_array(sql, "mood"), "{sql}");
        }
        for sql in [
            "x::mood",
            "'mood[]'",
            "moods[1]",
            "mood AND arrays",
            "x::mood = ARRAY[y]",
        ] {
            assert!(!casts_to_array(sql, "mood"), "{sql}");
        }
    }
}
