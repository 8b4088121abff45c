//! Labels of enum types in a piece of SQL that nobody has parsed: a text is a label where the column that it is compared with, or the cast
//! that stands after it, says so.

use super::relabel::renamed;
use crate::ddl::Postgres;
use crate::ddl::printer::Printer;
use crate::ir::QualifiedName;
use crate::sql::lexer::{is_word, length};
use crate::sql::name_of;

pub(super) type Renames<'r> = &'r [(String, String)];

/// Which names stand for labels that are renamed.
pub(super) struct Labels<'n, 'r> {
    /// Nothing where no column has the name; no renames where the column holds something else.
    pub(super) of_column: &'n dyn Fn(&str) -> Option<Renames<'r>>,
    /// No renames where the type is another.
    pub(super) of_type: &'n dyn Fn(&QualifiedName) -> Renames<'r>,
}

/// What has been read so far.
#[derive(Default)]
struct Read<'r> {
    /// What the last column holds.
    column: Renames<'r>,
    /// Whether the result of a `CASE` is being read, which need not be of the type that it asks for.
    in_result: bool,
    depth: usize,
}

impl<'r> Read<'r> {
    fn symbol(&mut self, symbol: &str) {
        match symbol {
            "(" | "[" => self.depth += 1,
            ")" | "]" => self.depth = self.depth.saturating_sub(1),
            // The next of the things that a query gives out.
            "," if self.depth == 0 => self.column = &[],
            _ => {}
        }
    }

    fn word(&mut self, word: &str, labels: &Labels<'_, 'r>) {
        match word.to_ascii_lowercase().as_str() {
            "then" | "else" => self.in_result = true,
            "when" | "end" => self.in_result = false,
            _ => {
                if let Some(holds) = (labels.of_column)(&name_of(word)) {
                    self.column = holds;
                }
            }
        }
    }

    /// What the text before `rest` can be a label of.
    fn text(&self, rest: &str, labels: &Labels<'_, 'r>) -> Renames<'r> {
        if let Some(cast) = cast(rest) {
            return (labels.of_type)(&cast);
        }
        if let Some(holds) = compared_with(rest).and_then(|name| (labels.of_column)(&name)) {
            return holds;
        }
        if self.in_result { &[] } else { self.column }
    }
}

/// The SQL with the labels by their new texts.
pub(super) fn relabel(sql: &str, labels: &Labels<'_, '_>) -> String {
    let mut read = Read::default();
    each_piece(sql, |piece, rest| {
        let first = piece.chars().next().unwrap_or_default();
        if first == '\'' {
            return Some(in_text(piece, read.text(rest, labels)));
        }
        if piece.ends_with('\'') {
            // An escape in it may be part of a label: it stays as it is.
            return None;
        }
        if first == '"' || is_word(first) {
            read.word(piece, labels);
        } else {
            read.symbol(piece);
        }
        None
    })
}

/// The same of a value of the type: each text in it is a label, or an array of labels.
pub(super) fn in_value(sql: &str, renames: Renames<'_>) -> String {
    each_piece(sql, |piece, _| {
        piece.starts_with('\'').then(|| in_text(piece, renames))
    })
}

/// The SQL with those of its pieces changed that are given anew; each is seen with what stands after it.
fn each_piece(sql: &str, mut change: impl FnMut(&str, &str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let end = length(rest, first).max(first.len_utf8());
        let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        match change(piece, after) {
            Some(changed) => out.push_str(&changed),
            None => out.push_str(piece),
        }
        rest = after;
    }
    out
}

/// The name of the type that a text is cast to.
fn cast(rest: &str) -> Option<QualifiedName> {
    let mut words = path(rest.trim_start().strip_prefix("::")?);
    let name = words.pop()?;
    let schema = words.pop();
    Some(QualifiedName { schema, name })
}

/// The column that stands after an operator.
fn compared_with(rest: &str) -> Option<String> {
    let operand = rest.trim_start();
    let column = operand.trim_start_matches(['=', '<', '>', '!']);
    (column.len() < operand.len()).then(|| path(column).pop())?
}

/// Words with dots between them.
fn path(rest: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = rest.trim_start();
    while let Some(first) = rest.chars().next().filter(|c| *c == '"' || is_word(*c)) {
        let (word, after) = rest
            .split_at_checked(length(rest, first))
            .unwrap_or((rest, ""));
        words.push(name_of(word));
        let Some(next) = after.strip_prefix('.') else {
            break;
        };
        rest = next;
    }
    words
}

/// A literal of a label, or of an array of labels.
fn in_text(literal: &str, renames: Renames<'_>) -> String {
    let inner = literal
        .strip_prefix('\'')
        .and_then(|it| it.strip_suffix('\''));
    let text = inner.unwrap_or_default().replace("''", "'");
    let elements = text.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    let new = elements.map_or_else(
        || renamed(&text, renames),
        |elements| in_elements(elements, renames),
    );
    if new == text {
        literal.to_owned()
    } else {
        Printer::new(&Postgres).text(&new)
    }
}

/// The elements of an array, each in quotes where it has to be.
fn in_elements(elements: &str, renames: Renames<'_>) -> String {
    let mut all = Vec::new();
    let mut rest = elements;
    while let Some(first) = rest.chars().next() {
        let end = if first == '"' {
            length(rest, first)
        } else {
            rest.find(',').unwrap_or(rest.len())
        };
        let (element, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        all.push(in_element(element, renames));
        rest = after.strip_prefix(',').unwrap_or(after);
    }
    format!("{{{}}}", all.join(","))
}

fn in_element(element: &str, renames: Renames<'_>) -> String {
    let quoted = element
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'));
    let label = quoted.map_or_else(|| element.to_owned(), |it| it.replace("\\\"", "\""));
    let new = renamed(&label, renames);
    if new == label {
        return element.to_owned();
    }
    let is_plain = new.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_plain && !new.is_empty() && !new.eq_ignore_ascii_case("null") {
        new
    } else {
        format!("\"{}\"", new.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swap() -> Vec<(String, String)> {
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        vec![pair("a", "b"), pair("b", "a"), pair("c", "it's")]
    }

    /// `state` holds the labels, `name` does not, and the type is `app.state`.
    fn relabelled(sql: &str) -> String {
        let swap = swap();
        let labels = Labels {
            of_column: &|name| match name {
                "state" => Some(swap.as_slice()),
                "name" => Some(&[]),
                _ => None,
            },
            of_type: &|name| match name.to_string().as_str() {
                "app.state" => swap.as_slice(),
                _ => &[],
            },
        };
        relabel(sql, &labels)
    }

    #[test]
    fn a_text_beside_a_column_of_the_type_is_a_label() {
        for (sql, after) in [
            ("state = 'a' OR state <> 'b'", "state = 'b' OR state <> 'a'"),
            ("state IN ('a', 'b', 'c')", "state IN ('b', 'a', 'it''s')"),
            (
                "name = 'a' AND t.\"state\" = 'a'",
                "name = 'a' AND t.\"state\" = 'b'",
            ),
            ("state = 'a' AND name = 'a'", "state = 'b' AND name = 'a'"),
            ("name = 'x' AND 'a' = state", "name = 'x' AND 'b' = state"),
            ("'a'::app.state = x", "'b'::app.state = x"),
            ("state::text = 'a'::text", "state::text = 'a'::text"),
            ("'a'::other.state = x", "'a'::other.state = x"),
            (
                "CASE state WHEN 'a' THEN 'a' ELSE 'b' END",
                "CASE state WHEN 'b' THEN 'a' ELSE 'b' END",
            ),
            ("SELECT state, 'a' AS mark", "SELECT state, 'a' AS mark"),
            ("state = 'd'", "state = 'd'"),
        ] {
            assert_eq!(relabelled(sql), after);
        }
    }

    #[test]
    fn a_default_is_a_label_or_an_array_of_labels() {
        for (sql, after) in [
            ("'a'", "'b'"),
            ("'c'::app.state", "'it''s'::app.state"),
            ("'{a,d,b}'", "'{b,d,a}'"),
            ("'{\"a\",c}'", "'{b,\"it''s\"}'"),
            ("ARRAY['a', 'b']", "ARRAY['b', 'a']"),
            ("'{}'", "'{}'"),
        ] {
            assert_eq!(in_value(sql, &swap()), after);
        }
    }
}
