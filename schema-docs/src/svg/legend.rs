//! The lines below a diagram that explain its marks.

use crate::diagram::{Diagram, EntityColumn, Reference};

use super::foot::{End, Rows, mark};
use super::text::{LETTER, letters, number};

/// The height of a line of the legend.
const LINE: f64 = 22.0;
const BETWEEN: f64 = 24.0;
const BEFORE_TEXT: f64 = 7.0;
/// The length of a sample of a line.
const SAMPLE: f64 = 40.0;
/// The width of the piece of a box at its end.
const PIECE: f64 = 8.0;
const DOT: f64 = 5.0;
const LETTER_WIDTH: f64 = 11.0 * LETTER;
const SIGN_LETTER: f64 = 9.0 * LETTER;

/// The narrowest picture that has room for each item of a legend.
pub(super) const MIN_WIDTH: f64 = 250.0;

/// What an item explains.
#[derive(Clone, Copy, Debug)]
enum Sign {
    Mark(Rows),
    Dot,
    Letters(&'static str),
}

/// A sign and what it means.
type Item = (Sign, &'static str);

/// A legend, and its height.
#[derive(Debug)]
pub(super) struct Legend {
    pub(super) text: String,
    pub(super) height: f64,
}

/// Writes the legend of the marks that a diagram uses: below `top`, in lines that are at most `width` wide.
pub(super) fn legend(diagram: &Diagram, left: f64, top: f64, width: f64) -> Legend {
    let (lines, columns) = (of_lines(diagram), of_columns(diagram));
    let mut items = lines.clone();
    items.extend(&columns);
    let groups = if extent(&items) <= width {
        vec![items]
    } else {
        vec![lines, columns]
    };
    let mut text = String::new();
    let mut height = 0.0;
    for row in groups.iter().flat_map(|group| rows(group, width)) {
        text += &draw_row(row, left, top + height + LINE / 2.0);
        height += LINE;
    }
    Legend {
        text: format!("<g class=\"legend\">\n{text}</g>\n"),
        height,
    }
}

fn of_lines(diagram: &Diagram) -> Vec<Item> {
    let any = |is: fn(&Reference) -> bool| diagram.references.iter().any(is);
    let items = [
        (
            any(|one| !one.is_optional),
            Sign::Mark(Rows::One),
            "exactly one",
        ),
        (
            any(|one| one.is_optional),
            Sign::Mark(Rows::OneOrNone),
            "one or none",
        ),
        (
            any(|one| one.is_unique),
            Sign::Mark(Rows::AtMostOne),
            "at most one",
        ),
        (
            any(|one| !one.is_unique),
            Sign::Mark(Rows::Many),
            "any number",
        ),
        (
            any(|one| one.columns.len() > 1),
            Sign::Dot,
            "further column of the reference",
        ),
    ];
    used(items)
}

fn of_columns(diagram: &Diagram) -> Vec<Item> {
    let columns = || diagram.entities.iter().flat_map(|entity| &entity.columns);
    let any = |is: fn(&EntityColumn) -> bool| columns().any(is);
    let is_unique = |one: &EntityColumn| one.is_unique && !one.is_primary;
    let items = [
        (
            any(|one| one.is_primary),
            Sign::Letters("PK"),
            "primary key",
        ),
        (
            any(|one| one.is_foreign),
            Sign::Letters("FK"),
            "foreign key",
        ),
        (any(is_unique), Sign::Letters("U"), "unique"),
        (
            any(|one| one.is_nullable),
            Sign::Letters("?"),
            "may be null",
        ),
    ];
    used(items)
}

fn used<const N: usize>(items: [(bool, Sign, &'static str); N]) -> Vec<Item> {
    let used = items.into_iter().filter(|(is_used, _, _)| *is_used);
    used.map(|(_, sign, meaning)| (sign, meaning)).collect()
}

/// The items in rows that are not wider than `width`.
fn rows(items: &[Item], width: f64) -> Vec<&[Item]> {
    let mut rows = Vec::new();
    let mut rest = items;
    while !rest.is_empty() {
        let fits = (1..=rest.len())
            .rev()
            .find(|&count| extent(&rest[..count]) <= width);
        let (row, others) = rest.split_at(fits.unwrap_or(1));
        rows.push(row);
        rest = others;
    }
    rows
}

fn extent(items: &[Item]) -> f64 {
    let extents: f64 = items.iter().map(|&item| item_width(item) + BETWEEN).sum();
    extents - BETWEEN
}

fn item_width((sign, meaning): Item) -> f64 {
    sign_width(sign) + BEFORE_TEXT + letters(meaning) * LETTER_WIDTH
}

fn sign_width(sign: Sign) -> f64 {
    match sign {
        Sign::Mark(_) => SAMPLE,
        Sign::Dot => DOT,
        Sign::Letters(keys) => letters(keys) * SIGN_LETTER,
    }
}

fn draw_row(items: &[Item], left: f64, y: f64) -> String {
    let mut x = left;
    let mut text = String::new();
    for &(sign, meaning) in items {
        text += &draw(sign, meaning, x, y);
        x += item_width((sign, meaning)) + BETWEEN;
    }
    text
}

fn draw(sign: Sign, meaning: &str, x: f64, y: f64) -> String {
    let text = number(x + sign_width(sign) + BEFORE_TEXT);
    let base = number(y + 4.0);
    let sign = match sign {
        Sign::Mark(rows) => sample(rows, x, y),
        Sign::Dot => dot(x, y),
        Sign::Letters(keys) => format!(
            "<text class=\"keys\" x=\"{}\" y=\"{}\">{keys}</text>",
            number(x),
            number(y + 3.5)
        ),
    };
    format!("{sign}<text class=\"badge\" x=\"{text}\" y=\"{base}\">{meaning}</text>\n")
}

/// A short line that ends at a piece of a box.
fn sample(rows: Rows, x: f64, y: f64) -> String {
    let end = End {
        x: x + SAMPLE - PIECE,
        y,
        direction: -1.0,
    };
    format!(
        "<g class=\"sample hue-0\"><path d=\"M{left} {middle}H{right}\"/>{mark}\
         <rect class=\"piece\" x=\"{right}\" y=\"{top}\" width=\"{PIECE}\" height=\"16\"/></g>",
        left = number(x),
        middle = number(y),
        right = number(end.x),
        mark = mark(&end, rows),
        top = number(y - 8.0),
    )
}

fn dot(x: f64, y: f64) -> String {
    let (x, y) = (number(x + DOT / 2.0), number(y));
    format!(
        "<g class=\"sample hue-0\"><circle class=\"part\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\"/></g>"
    )
}
