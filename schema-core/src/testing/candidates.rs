//! Values to try for a column, the most likely first.

use crate::model::{
    ColumnDef, DefaultDef, Expr, PartitionBound, ScalarKind, ScalarType, SqlType, TableDef,
};

/// A value of a column in an `INSERT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Default,
    /// A value, as the text of a literal.
    Text(String),
}

/// The values to try for a column, in this order.
pub(super) fn of_column(table: &TableDef, column: &ColumnDef, seed: u32) -> Vec<Cell> {
    let texts = first_states(column)
        .or_else(|| labels(column))
        .unwrap_or_else(|| of_type(&column.sql_type, seed));
    let texts = bounds(table, column).into_iter().chain(texts);
    let first = if column.nullable {
        Some(Cell::Null)
    } else {
        has_constant_default(column).then_some(Cell::Default)
    };
    first.into_iter().chain(texts.map(Cell::Text)).collect()
}

/// Values on which computations fail: a zero to divide by, a text that is neither a number nor a pattern.
pub(super) fn hostile(column: &ColumnDef) -> Vec<Cell> {
    let is_free = labels(column).is_none() && column.first_states.is_empty();
    let texts = if is_free {
        hostile_of(&column.sql_type)
    } else {
        &[]
    };
    let texts = texts.iter().map(|&text| text.to_owned());
    texts.map(Cell::Text).collect()
}

fn hostile_of(sql_type: &SqlType) -> &'static [&'static str] {
    match sql_type {
        SqlType::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Number => &["0", "-1"],
            // The second one fits even into `char(1)`.
            ScalarKind::Text if !matches!(scalar, ScalarType::Char(_)) => &["no number \\", "\\"],
            ScalarKind::Date | ScalarKind::Timestamp => &["infinity"],
            ScalarKind::Document => &["\"no number\""],
            ScalarKind::Text
            | ScalarKind::Truth
            | ScalarKind::Bytes
            | ScalarKind::Uuid
            | ScalarKind::Time
            | ScalarKind::Interval
            | ScalarKind::Address
            | ScalarKind::Search => &[],
        },
        SqlType::Domain(def) => hostile_of(&def.base),
        SqlType::Enum(_) | SqlType::Array(_) | SqlType::Sql(_) => &[],
    }
}

fn has_constant_default(column: &ColumnDef) -> bool {
    matches!(
        column.default,
        Some(DefaultDef::Expr(
            Expr::Number(_) | Expr::Text(_) | Expr::Bool(_)
        ))
    )
}

fn first_states(column: &ColumnDef) -> Option<Vec<String>> {
    let states = column.first_states;
    (!states.is_empty()).then(|| states.iter().map(|&state| state.to_owned()).collect())
}

fn labels(column: &ColumnDef) -> Option<Vec<String>> {
    let sql_enum = column.sql_enum.filter(|_| !column.is_array)?;
    let labels = sql_enum.labels.iter();
    Some(labels.map(|label| label.label.to_owned()).collect())
}

/// The lower bounds of the table's partitions, because a row must belong to one of them.
fn bounds(table: &TableDef, column: &ColumnDef) -> Vec<String> {
    let is_key = table
        .partition_by
        .is_some_and(|by| by.columns.first() == Some(&column.name));
    let bounds = table.partitions.iter().filter_map(|partition| {
        let (PartitionBound::Range(values, _) | PartitionBound::List(values)) = partition.bound
        else {
            return None;
        };
        values.first().and_then(|value| match value {
            Expr::Text(text) | Expr::Number(text) => Some((*text).to_owned()),
            _ => None,
        })
    });
    bounds.filter(|_| is_key).collect()
}

fn of_type(sql_type: &SqlType, seed: u32) -> Vec<String> {
    match sql_type {
        SqlType::Scalar(scalar) => of_scalar(*scalar, seed),
        SqlType::Enum(def) => def
            .labels
            .iter()
            .map(|label| label.label.to_owned())
            .collect(),
        SqlType::Domain(def) => of_type(&def.base, seed),
        SqlType::Array(element) => {
            let element = of_type(element, seed).into_iter().next();
            let one = element.map(|text| format!("{{\"{}\"}}", text.replace('"', "")));
            std::iter::once("{}".to_owned()).chain(one).collect()
        }
        SqlType::Sql(_) => texts(seed, u32::MAX),
    }
}

fn of_scalar(scalar: ScalarType, seed: u32) -> Vec<String> {
    let fixed = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    match scalar.kind() {
        ScalarKind::Truth => fixed(&["true", "false"]),
        ScalarKind::Number => [1 + seed, 0, 10, 100, 2, 5]
            .iter()
            .map(ToString::to_string)
            .chain(std::iter::once("-1".to_owned()))
            .collect(),
        ScalarKind::Text => match scalar {
            ScalarType::Varchar(Some(length)) | ScalarType::Char(length) => texts(seed, length),
            _ => texts(seed, u32::MAX),
        },
        ScalarKind::Bytes => fixed(&["\\x00"]),
        ScalarKind::Uuid => vec![format!("00000000-0000-4000-8000-{seed:012x}")],
        ScalarKind::Date => fixed(&["2024-01-15", "2040-01-15", "1990-01-15"]),
        ScalarKind::Time => fixed(&["12:00:00"]),
        ScalarKind::Timestamp => fixed(&[
            "2024-01-15 12:00:00",
            "2040-01-15 12:00:00",
            "1990-01-15 12:00:00",
        ]),
        ScalarKind::Interval => fixed(&["1 day"]),
        ScalarKind::Document => fixed(&["{}", "[]"]),
        ScalarKind::Address => fixed(&["192.0.2.0"]),
        ScalarKind::Search => fixed(&[""]),
    }
}

/// Texts in the forms that checks often require, cut to `length` characters.
fn texts(seed: u32, length: u32) -> Vec<String> {
    let digits = format!("{:0width$}", seed, width = length.min(10) as usize);
    let texts = [
        format!("text {seed}"),
        format!("a{seed}@example.com"),
        format!("https://example.com/{seed}"),
        digits,
        format!("word-{seed}"),
        format!("WORD-{seed}"),
        format!("+4144{seed:07}"),
        format!("#{seed:06x}"),
        "AB".to_owned(),
        "ABC".to_owned(),
        "ab".to_owned(),
        "127.0.0.1".to_owned(),
        // As long as a bcrypt hash.
        format!("$2b$12${seed:053}"),
    ];
    let length = length as usize;
    texts
        .into_iter()
        .map(|text| match text.char_indices().nth(length) {
            // Keep the end, because it makes the text unique.
            Some(_) => text
                .chars()
                .rev()
                .take(length)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect(),
            None => text,
        })
        .collect()
}
