//! Names, texts, expressions and types in DBML.
//!
//! DBML reserves no words, so every name is quoted. The rules are those of the lexer of `@dbml/core`.

use freehold_schema_core::ddl::{Postgres, Types as _};
use freehold_schema_core::ir::{Expr, QualifiedName, SqlType};

/// A name in quotes.
pub(super) fn name(name: &str) -> String {
    format!("\"{}\"", escaped(name, '"'))
}

/// A name with its PostgreSQL schema: `"audit"."log"`.
pub(super) fn qualified(qualified: &QualifiedName) -> String {
    let schema = qualified.schema.as_deref().map(name);
    let schema = schema.map_or_else(String::new, |schema| format!("{schema}."));
    format!("{schema}{}", name(&qualified.name))
}

/// One column, or several in parentheses.
pub(super) fn columns(columns: &[String]) -> String {
    let names: Vec<_> = columns.iter().map(|column| name(column)).collect();
    match names.as_slice() {
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    }
}

/// A text on one line.
pub(super) fn string(text: &str) -> String {
    format!("'{}'", escaped(text, '\''))
}

/// A text in which line breaks are kept, indented by `indent` spaces.
///
/// DBML removes the indentation that all lines have in common. A text that begins with a space is on one line, since
/// it would lose the space.
pub(super) fn block(text: &str, indent: usize) -> String {
    if !text.contains('\n') || text.starts_with(char::is_whitespace) {
        return string(text);
    }
    let indentation = " ".repeat(indent);
    let lines: String = block_text(text)
        .lines()
        .map(|line| format!("{indentation}{line}\n"))
        .collect();
    // Lines without text need no indentation.
    let lines = lines.replace(&format!("\n{indentation}\n"), "\n\n");
    format!("'''\n{}'''", lines.trim_end_matches('\n'))
}

/// The text between triple quotes, where only three quotes together, or one at the end, need a backslash.
fn block_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\\', "\\\\");
    let text = text.replace("'''", "\\'\\'\\'");
    let rest = text.trim_end_matches('\'');
    let quotes = text.len() - rest.len();
    format!("{rest}{}", "\\'".repeat(quotes))
}

fn escaped(text: &str, quote: char) -> String {
    text.chars().map(|c| escape(c, quote)).collect()
}

fn escape(c: char, quote: char) -> String {
    match c {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c == quote || c == '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    }
}

/// An SQL expression in backquotes. DBML has no escape in them: `None` if the expression has a backquote or several
/// lines, which versions before 10 refuse.
pub(super) fn code(sql: &str) -> Option<String> {
    let fits = !sql.contains(['`', '\n', '\r']);
    fits.then(|| format!("`{sql}`"))
}

/// A default: a literal of DBML, or an expression; `None` if DBML cannot hold the expression.
pub(super) fn default(default: &Expr, sql: &str) -> Option<String> {
    match default {
        Expr::Text(text) => Some(string(text)),
        Expr::Number(number) if is_number(number) => Some(number.clone()),
        Expr::Bool(value) => Some(value.to_string()),
        Expr::Null => Some("null".to_owned()),
        _ => code(sql),
    }
}

/// Whether the parser, which reads a number as a double, keeps the number. Versions before 10 refuse exponents.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    is_digits(whole) && is_digits(fraction) && digits.len() <= 15
}

/// A type. A name with a space or an array of a type with arguments needs quotes.
pub(super) fn sql_type(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Enum(name) | SqlType::Domain(name) => qualified(name),
        SqlType::Array(element) if is_named(element) => format!("{}[]", self::sql_type(element)),
        other => written(&Postgres.type_name(other)),
    }
}

fn is_named(sql_type: &SqlType) -> bool {
    matches!(sql_type.element(), SqlType::Enum(_) | SqlType::Domain(_))
}

/// A type as written in SQL: bare if it is a word, which may have numbers as arguments.
pub(super) fn written(sql: &str) -> String {
    let (word, arguments) = match sql.strip_suffix(')').and_then(|sql| sql.split_once('(')) {
        Some((word, arguments)) => (word, Some(arguments)),
        None => (sql, None),
    };
    if is_word(word) && arguments.is_none_or(is_numbers) {
        sql.to_owned()
    } else {
        name(sql)
    }
}

fn is_word(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(is_part)
}

/// Whether the arguments of a type are numbers: `10, 2`.
fn is_numbers(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split(',').all(|part| is_digits(part.trim()))
}

/// Settings in brackets after a space, or nothing: ` [pk, not null]`.
pub(super) fn settings(settings: &[String]) -> String {
    if settings.is_empty() {
        String::new()
    } else {
        format!(" [{}]", settings.join(", "))
    }
}
