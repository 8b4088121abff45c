//! Renames the labels of enum types in SQL that is not parsed. A string literal is a label if the column that it is
//! compared with, or the cast after it, is of the enum type.

use super::lexer::{Kind, Lexeme, lexemes};
use super::literal::literal;
use super::name::QualifiedName;
use super::names::name_of;
use super::parts::behind_space;
use super::quote;

/// Renamed labels, as pairs of the old and the new label.
pub type Renames<'r> = &'r [(String, String)];

/// Looks up the renamed labels of a column or a type.
pub struct Labels<'n, 'r> {
    /// `None` if there is no column with this name. Empty if the column holds something else.
    pub of_column: &'n dyn Fn(&str) -> Option<Renames<'r>>,
    /// Empty for any other type.
    pub of_type: &'n dyn Fn(&QualifiedName) -> Renames<'r>,
}

/// The new label, or `label` itself if it is not renamed.
pub fn renamed(label: &str, renames: &[(String, String)]) -> String {
    let mut renames = renames.iter();
    let rename = renames.find(|(from, _)| from == label);
    rename.map_or_else(|| label.to_owned(), |(_, to)| to.clone())
}

/// The state of the lexer's pass over the SQL.
#[derive(Default)]
struct Read<'r> {
    /// The renamed labels of the last column.
    column: Renames<'r>,
    /// Whether a result of a `CASE` is being read. Its type can differ from that of the condition.
    in_result: bool,
    depth: usize,
    /// The name read last. A literal directly after it is a cast: `mood 'ok'`.
    before: Option<QualifiedName>,
    is_qualified: bool,
    /// Whether the operand of `CAST(.. AS ..)` comes next.
    is_cast: bool,
}

impl<'r> Read<'r> {
    fn symbol(&mut self, lexeme: &Lexeme<'_>) {
        if lexeme.kind.is_space() {
            return;
        }
        let symbol = lexeme.text;
        self.is_qualified = symbol == "." && self.before.is_some();
        if !self.is_qualified {
            self.before = None;
        }
        match symbol {
            "(" | "[" => self.depth += 1,
            ")" | "]" => self.depth = self.depth.saturating_sub(1),
            // The next output column.
            "," if self.depth == 0 => self.column = &[],
            _ => {}
        }
    }

    fn word(&mut self, word: &str, labels: &Labels<'_, 'r>) {
        let schema = self.before.take().filter(|_| self.is_qualified);
        self.before = Some(QualifiedName {
            schema: schema.map(|schema| schema.name),
            name: name_of(word),
        });
        self.is_qualified = false;
        self.is_cast = word.eq_ignore_ascii_case("cast");
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

    /// The renamed labels that apply to the literal before `rest`.
    fn text(&self, rest: &str, labels: &Labels<'_, 'r>) -> Renames<'r> {
        let cast = cast(rest).or_else(|| target(rest).filter(|_| self.is_cast));
        if let Some(cast) = cast {
            return (labels.of_type)(&cast);
        }
        let before = self.before.as_ref().map(labels.of_type);
        if let Some(renames) = before.filter(|renames| !renames.is_empty()) {
            return renames;
        }
        if let Some(holds) = compared_with(rest).and_then(|name| (labels.of_column)(&name)) {
            return holds;
        }
        if self.in_result { &[] } else { self.column }
    }
}

/// The SQL with renamed labels.
pub fn relabel(sql: &str, labels: &Labels<'_, '_>) -> String {
    let mut read = Read::default();
    each_lexeme(sql, |lexeme, rest| match lexeme.kind {
        Kind::Text => {
            let renames = read.text(rest, labels);
            read.before = None;
            Some(in_text(lexeme.text, renames))
        }
        Kind::Word | Kind::QuotedName => {
            read.word(lexeme.text, labels);
            None
        }
        _ => {
            read.symbol(lexeme);
            None
        }
    })
}

/// The same for a value of the type: each literal in it is a label, or an array of labels.
pub fn in_value(sql: &str, renames: Renames<'_>) -> String {
    each_lexeme(sql, |lexeme, _| {
        (lexeme.kind == Kind::Text).then(|| in_text(lexeme.text, renames))
    })
}

/// The SQL with the tokens replaced for which `change` returns a text. `change` also gets the rest of the SQL after
/// the token.
fn each_lexeme(sql: &str, mut change: impl FnMut(&Lexeme<'_>, &str) -> Option<String>) -> String {
    let mut out = String::new();
    for lexeme in lexemes(sql) {
        let rest = sql.get(lexeme.end()..).unwrap_or_default();
        match change(&lexeme, rest) {
            Some(changed) => out.push_str(&changed),
            None => out.push_str(lexeme.text),
        }
    }
    out
}

/// The type in `::type` after a literal.
fn cast(rest: &str) -> Option<QualifiedName> {
    type_name(behind_space(rest).strip_prefix("::")?)
}

/// The type in `AS type` after a literal in `CAST`.
fn target(rest: &str) -> Option<QualifiedName> {
    let rest = behind_space(rest);
    let (word, after) = rest.split_at_checked(2)?;
    word.eq_ignore_ascii_case("as").then(|| type_name(after))?
}

fn type_name(rest: &str) -> Option<QualifiedName> {
    let mut words = path(rest);
    let name = words.pop()?;
    let schema = words.pop();
    Some(QualifiedName { schema, name })
}

/// The column after a comparison operator.
fn compared_with(rest: &str) -> Option<String> {
    let operand = behind_space(rest);
    let column = operand.trim_start_matches(['=', '<', '>', '!']);
    (column.len() < operand.len()).then(|| path(column).pop())?
}

/// Words separated by dots.
fn path(rest: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut parts = lexemes(rest).filter(|lexeme| !lexeme.kind.is_space());
    while let Some(word) = parts.next() {
        if !matches!(word.kind, Kind::Word | Kind::QuotedName) {
            break;
        }
        words.push(name_of(word.text));
        if parts.next().is_none_or(|dot| dot.text != ".") {
            break;
        }
    }
    words
}

/// A literal of a label or of an array of labels, with the labels renamed.
fn in_text(written: &str, renames: Renames<'_>) -> String {
    // A literal that cannot be decoded is not a label.
    let Some(text) = literal(written).and_then(|literal| literal.text) else {
        return written.to_owned();
    };
    let elements = text.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    let new = elements.map_or_else(
        || renamed(&text, renames),
        |elements| in_elements(elements, renames),
    );
    if new == text {
        written.to_owned()
    } else {
        quote::text(&new)
    }
}

/// The elements of an array with the labels renamed, each in quotes if needed.
fn in_elements(elements: &str, renames: Renames<'_>) -> String {
    let mut all = Vec::new();
    let mut rest = elements;
    while let Some(first) = rest.chars().next() {
        let end = if first == '"' {
            lexemes(rest)
                .next()
                .map_or(rest.len(), |name| name.text.len())
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

    /// Renames the labels of the type `app.state`. The column `state` is of this type, and `name` is not.
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
    fn a_literal_compared_with_a_column_of_the_type_is_a_label() {
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
            ("state = E'\\x61'", "state = 'b'"),
            (
                "state IN ($$a$$, $q$b$q$, e'\\'')",
                "state IN ('b', 'a', e'\\'')",
            ),
            (
                "''\n'a' /* x */ = -- y\n t . state",
                "'b' /* x */ = -- y\n t . state",
            ),
            (
                "x = 'a' /* x */ :: app. state",
                "x = 'b' /* x */ :: app. state",
            ),
            (
                "x = CAST('a' -- x\n AS app.state)",
                "x = CAST('b' -- x\n AS app.state)",
            ),
            ("x = app.state /* x */ 'a'", "x = app.state /* x */ 'b'"),
            ("state = other.state 'a'", "state = other.state 'b'"),
            ("CAST(x AS text) = 'a'", "CAST(x AS text) = 'a'"),
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
