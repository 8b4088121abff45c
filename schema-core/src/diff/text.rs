//! Names in a piece of SQL that nobody has parsed.

use std::ops::Range;

use crate::ddl;

/// The SQL with the name `from` replaced by `to`, wherever it is a name: not in texts, comments and parameters, and not where a function
/// of that name is called.
pub(super) fn rename(sql: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut end = 0;
    for word in words(sql) {
        let (before, written) = (sql.get(end..word.start), sql.get(word.clone()));
        let (Some(before), Some(written)) = (before, written) else {
            continue;
        };
        out.push_str(before);
        let is_call = sql
            .get(word.end..)
            .is_some_and(|rest| rest.starts_with('('));
        if name_of(written) == from && !is_call {
            out.push_str(&ddl::identifier(to));
        } else {
            out.push_str(written);
        }
        end = word.end;
    }
    out.push_str(sql.get(end..).unwrap_or_default());
    out
}

/// Whether the name stands in the SQL as one.
pub(crate) fn mentions(sql: &str, name: &str) -> bool {
    let mut words = words(sql).into_iter();
    words.any(|word| {
        sql.get(word)
            .is_some_and(|written| name_of(written) == name)
    })
}

/// Whether the SQL calls a function of the name.
pub(crate) fn calls(sql: &str, name: &str) -> bool {
    let mut words = words(sql).into_iter();
    words.any(|word| {
        let is_it = sql
            .get(word.clone())
            .is_some_and(|written| name_of(written) == name);
        let rest = sql.get(word.end..).unwrap_or_default();
        is_it && rest.trim_start().starts_with('(')
    })
}

/// Whether the SQL casts a value to an array of the type: `'{a}'::mood[]`, `CAST(x AS app.mood ARRAY)`.
pub(crate) fn casts_to_array(sql: &str, name: &str) -> bool {
    let mut words = words(sql).into_iter();
    words.any(|word| {
        let is_it = sql
            .get(word.clone())
            .is_some_and(|written| name_of(written) == name);
        let rest = sql.get(word.end..).unwrap_or_default().trim_start();
        let next = rest.get(..run(rest, char::is_alphabetic));
        is_it && (rest.starts_with('[') || next.is_some_and(|next| name_of(next) == "array"))
    })
}

/// The name that a word is, as PostgreSQL reads it: in lower case, or as it stands in quotes.
pub(super) fn name_of(written: &str) -> String {
    let quoted = written
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    quoted.map_or_else(|| written.to_lowercase(), |name| name.replace("\"\"", "\""))
}

/// Where the words stand, quoted ones with their quotes.
fn words(sql: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = sql.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = sql.get(at..).unwrap_or_default();
        let length = length(rest, first).max(first.len_utf8());
        if first == '"' || is_word(first) {
            words.push(at..at + length);
        }
        at += length;
    }
    words
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// How many bytes what begins here has.
pub(super) fn length(rest: &str, first: char) -> usize {
    match first {
        '\'' => quoted(rest, '\''),
        '"' => quoted(rest, '"'),
        '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
        '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
        '$' => dollar_quoted(rest).unwrap_or(1),
        c if c.is_ascii_digit() => run(rest, |c| c.is_ascii_alphanumeric() || c == '.'),
        c if is_word(c) => run(rest, |c| is_word(c) || c.is_ascii_digit() || c == '$'),
        _ => first.len_utf8(),
    }
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// To the quote that is not doubled.
fn quoted(rest: &str, quote: char) -> usize {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    rest.len()
}

/// `$tag$ .. $tag$`
fn dollar_quoted(rest: &str) -> Option<usize> {
    let end = rest.get(1..)?.find('$')? + 2;
    let tag = rest.get(..end)?;
    let name = tag.trim_matches('$');
    if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let close = rest.get(end..)?.find(tag)?;
    Some(end + close + tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_renamed_and_nothing_else_is() {
        for (sql, renamed) in [
            ("done > 0", "finished > 0"),
            (
                "Done > 0 AND \"done\" < t.done",
                "finished > 0 AND finished < t.finished",
            ),
            (
                "done(1) || 'done' || $$done$$",
                "done(1) || 'done' || $$done$$",
            ),
            ("\"Done\" > 0 -- done\n", "\"Done\" > 0 -- done\n"),
            ("undone + done_at /* done */", "undone + done_at /* done */"),
        ] {
            assert_eq!(rename(sql, "done", "finished"), renamed);
        }
    }

    #[test]
    fn what_is_renamed_is_quoted_where_it_has_to_be() {
        assert_eq!(rename("a + b", "a", "Order"), "\"Order\" + b");
    }

    #[test]
    fn a_name_in_a_text_is_not_mentioned() {
        assert!(mentions("SELECT x FROM app.tasks", "tasks"));
        assert!(!mentions("SELECT 'tasks', e'\\'tasks'", "task"));
    }

    #[test]
    fn a_name_before_a_parenthesis_is_called() {
        for sql in ["Size_of(name) > 0", "0 < app.\"size_of\" (name)"] {
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
