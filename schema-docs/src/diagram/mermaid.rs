//! A diagram as Mermaid's `erDiagram`.
//!
//! GitHub and other hosts run versions of Mermaid that they choose. The rules here make text that Mermaid 10.9.3,
//! 11.4.1, 11.12.0 and 11.17.2 parse to the same tables; each was found by running their parsers. `scripts/diagrams`
//! runs the oldest and the newest of them. The grammar is `erDiagram.jison` in Mermaid's repository.

use std::fmt::Write as _;

use super::model::{Diagram, Entity, EntityColumn, Reference};
use super::names::distinct;

/// The longest text that Mermaid draws: its default `maxTextSize`, which a diagram cannot change.
///
/// Mermaid counts UTF-16 code units. It parses a longer text, but draws a picture with an error message.
pub const MAX_MERMAID_TEXT: usize = 50_000;

/// The longest comment of a column, in characters. A longer one makes all rows of its table wide.
const MAX_COMMENT: usize = 60;

/// A diagram is too large for Mermaid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// The length of its text in UTF-16 code units, as Mermaid counts.
    pub length: usize,
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the Mermaid diagram has {} characters and Mermaid draws at most {MAX_MERMAID_TEXT}: \
             draw fewer tables in each diagram, or only their keys",
            self.length
        )
    }
}

impl std::error::Error for TooLarge {}

/// Prints a diagram as Mermaid's `erDiagram`.
///
/// Table names are quoted. A column or type that Mermaid cannot name gets other characters; a changed column has its
/// true name in its comment. The comment also has what Mermaid has no words for: `not null`, the action of the
/// reference and the labels of an enum.
///
/// # Errors
///
/// Returns [`TooLarge`] if Mermaid would not draw the text.
pub fn mermaid(diagram: &Diagram) -> Result<String, TooLarge> {
    let names = distinct(
        diagram.entities.iter().map(|entity| entity.name.as_str()),
        table_name,
    );
    let mut text = "erDiagram\n".to_owned();
    for (index, (entity, name)) in diagram.entities.iter().zip(&names).enumerate() {
        push_name(&mut text, entity, name);
        push_columns(&mut text, diagram, index, entity);
    }
    for reference in &diagram.references {
        push_reference(&mut text, &names, reference);
    }
    checked(text)
}

fn checked(text: String) -> Result<String, TooLarge> {
    let length = text.encode_utf16().count();
    if length > MAX_MERMAID_TEXT {
        return Err(TooLarge { length });
    }
    Ok(text)
}

/// The name of a table, and the text that Mermaid shows instead if the rows have an owner.
fn push_name(text: &mut String, entity: &Entity, name: &str) {
    let owner = entity.owner.as_deref().map(table_name);
    let alias = owner.map(|owner| format!("[\"{name} (owned by {owner})\"]"));
    // Writing to a `String` cannot fail, here and below.
    let _ = write!(text, "    \"{name}\"{}", alias.unwrap_or_default());
}

fn push_columns(text: &mut String, diagram: &Diagram, index: usize, entity: &Entity) {
    let names = entity.columns.iter().map(|column| column.name.as_str());
    let names = distinct(names, column_name);
    text.push_str(" {\n");
    for (column, name) in entity.columns.iter().zip(names) {
        let references = diagram.references.iter().filter(|reference| {
            reference.from == index && reference.columns.contains(&column.name)
        });
        let actions = references.map(|reference| reference.on_delete);
        push_column(text, column, &name, &comment(column, &name, actions));
    }
    text.push_str("    }\n");
}

fn push_column(text: &mut String, column: &EntityColumn, name: &str, comment: &str) {
    let _ = write!(text, "        {} {name}", type_name(&column.sql_type));
    let keys = keys(column);
    if !keys.is_empty() {
        let _ = write!(text, " {}", keys.join(","));
    }
    if !comment.is_empty() {
        let _ = write!(text, " \"{comment}\"");
    }
    text.push('\n');
}

/// The words for a column's keys. Mermaid has no word for `NOT NULL`.
fn keys(column: &EntityColumn) -> Vec<&'static str> {
    [
        (column.is_primary, "PK"),
        (column.is_foreign, "FK"),
        (column.is_unique && !column.is_primary, "UK"),
    ]
    .into_iter()
    .filter_map(|(has, word)| has.then_some(word))
    .collect()
}

fn comment<'d>(
    column: &EntityColumn,
    name: &str,
    actions: impl Iterator<Item = &'d str>,
) -> String {
    let renamed = (column.name != name).then(|| format!("named {}", column.name));
    let required = (!column.is_nullable && !column.is_primary).then(|| "not null".to_owned());
    let actions = actions
        .filter(|action| *action != "NO ACTION")
        .map(|action| format!("on delete {}", action.to_lowercase()));
    let labels = (!column.labels.is_empty()).then(|| column.labels.join(" | "));
    let parts = renamed.into_iter().chain(required).chain(actions);
    let parts: Vec<_> = parts.chain(labels).chain(column.comment.clone()).collect();
    plain(&cut(&parts.join(", ")))
}

fn cut(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MAX_COMMENT {
        return text;
    }
    let kept: String = text.chars().take(MAX_COMMENT - 1).collect();
    format!("{}…", kept.trim_end())
}

fn push_reference(text: &mut String, names: &[String], reference: &Reference) {
    let (Some(parent), Some(child)) = (names.get(reference.to), names.get(reference.from)) else {
        return;
    };
    let _ = writeln!(
        text,
        "    \"{parent}\" {} \"{child}\" : \"{}\"",
        cardinality(reference),
        plain(&reference.columns.join(", "))
    );
}

/// The ends of a line in crow's foot notation, the parent's first. A parent may always have no child.
///
/// The line is solid if the reference is part of the child's primary key.
fn cardinality(reference: &Reference) -> String {
    let parent = if reference.is_optional { "|o" } else { "||" };
    let child = if reference.is_unique { "o|" } else { "o{" };
    let line = if reference.is_identifying { "--" } else { ".." };
    format!("{parent}{line}{child}")
}

/// The members of every JavaScript object. Mermaid 10 looks tables up in one, and fails on a table with such a name.
const MEMBERS: [&str; 12] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// The characters of a quoted table name. Mermaid's lexer ends the name at `"`, and refuses `%`, `\` and an empty name.
fn table_name(name: &str) -> String {
    let refused = |c: char| matches!(c, '"' | '%' | '\\') || c.is_control();
    let name = shown(&name.replace(refused, "_"), '_');
    if name.is_empty() || MEMBERS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// A column's name without quotes. The key words `PK`, `FK` and `UK` are not names in any case.
fn column_name(name: &str) -> String {
    let word: String = name
        .chars()
        .map(|c| if is_word(c) || c == '-' { c } else { '_' })
        .collect();
    after_underscore(word)
}

/// A type without quotes or spaces: `numeric(10, 2)` becomes `numeric(10-2)`.
fn type_name(name: &str) -> String {
    let bare = name.replace('"', "").replace(", ", "-").replace(',', "-");
    let kept = |c: char| is_word(c) || matches!(c, '-' | '(' | ')' | '[' | ']');
    let word: String = bare
        .chars()
        .map(|c| if kept(c) { c } else { '_' })
        .collect();
    after_underscore(word)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// A word must begin with a letter or an underscore, and must not be a key word.
fn after_underscore(word: String) -> String {
    let is_key = ["pk", "fk", "uk"].contains(&word.to_ascii_lowercase().as_str());
    let begins = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if begins && !is_key {
        word
    } else {
        format!("_{word}")
    }
}

/// A text between quotes.
fn plain(text: &str) -> String {
    let text = text.replace('"', "'").replace(char::is_control, " ");
    shown(&without_settings(text), ',')
}

/// Mermaid would read `%%{..}%%` as settings.
fn without_settings(mut text: String) -> String {
    while text.contains("%%") {
        text = text.replace("%%", "%");
    }
    text
}

/// A text that Mermaid shows as it is. Mermaid 11 would read it as Markdown and HTML: it hides `<b>` and pairs of `*`,
/// and draws `~T~` as `<T>`. Entity codes such as `#lt;` are no way out, since it does not decode them in a table.
fn shown(text: &str, instead_of_semicolon: char) -> String {
    let has_code = text.contains(['#', '&']);
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if before == '<' && (c.is_alphabetic() || matches!(c, '/' | '!' | '?')) {
            shown.push(' ');
        }
        shown.push(match c {
            '*' => '∗',
            '~' => '∼',
            ';' if has_code => instead_of_semicolon,
            c => c,
        });
        before = c;
    }
    shown
}
