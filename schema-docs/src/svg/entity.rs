//! The boxes: a title bar with the table's name, and a row for each column.

use crate::diagram::{Entity, EntityColumn};

use super::layout::{Rect, Size};
use super::options::SvgOptions;
use super::text::{LETTER, count, cut, escape, fragment, identifier, letters, number};

/// The height of the row of a column.
pub(super) const ROW: f64 = 20.0;
const HEAD: f64 = 30.0;
const BADGE: f64 = 16.0;
const BELOW_HEAD: f64 = 4.0;
const BELOW_ROWS: f64 = 6.0;
const PADDING: f64 = 12.0;
const CORNER: f64 = 6.0;
/// The room between marks, names and types.
const BETWEEN: f64 = 20.0;
const AFTER_KEYS: f64 = 8.0;
const MIN_WIDTH: f64 = 150.0;

const NAME_LETTER: f64 = 13.0 * LETTER;
const BADGE_LETTER: f64 = 11.0 * LETTER;
const ROW_LETTER: f64 = 12.0 * LETTER;
const KEYS_LETTER: f64 = 9.0 * LETTER;

/// How many letters of a type are drawn.
const TYPE_LIMIT: u32 = 24;

/// A table with the measures of its box.
#[derive(Debug)]
pub(super) struct Shape<'d> {
    entity: &'d Entity,
    pub(super) size: Size,
    /// The width of the marks of keys.
    gutter: f64,
}

impl<'d> Shape<'d> {
    pub(super) fn of(entity: &'d Entity) -> Self {
        let gutter = widest(&entity.columns, |column| {
            letters(&keys(column)) * KEYS_LETTER
        });
        let gutter = if gutter > 0.0 {
            gutter + AFTER_KEYS
        } else {
            0.0
        };
        let width = inner_width(entity, gutter) + 2.0 * PADDING;
        let rows = count(entity.columns.len()) * ROW;
        let below = if rows > 0.0 {
            BELOW_HEAD + BELOW_ROWS
        } else {
            0.0
        };
        Self {
            entity,
            size: Size {
                width: width.max(MIN_WIDTH).ceil(),
                height: head(entity) + rows + below,
            },
            gutter,
        }
    }

    /// The middle of a column's row, from the top of the box. If the column is not drawn, it is in the title bar.
    pub(super) fn row_middle(&self, column: &str) -> f64 {
        let index = self
            .entity
            .columns
            .iter()
            .position(|one| one.name == column);
        index.map_or(HEAD / 2.0, |index| self.row_top(index) + ROW / 2.0)
    }

    fn row_top(&self, index: usize) -> f64 {
        head(self.entity) + BELOW_HEAD + count(index) * ROW
    }

    /// Writes the box.
    pub(super) fn draw(&self, rect: &Rect, hue: usize, options: &SvgOptions) -> String {
        let name = &self.entity.name;
        let link = options
            .link
            .as_ref()
            .map(|link| escape(link) + &fragment(&identifier(name)));
        let (open, close) = match link {
            Some(link) => (format!("<a href=\"{link}\">"), "</a>"),
            None => (String::new(), ""),
        };
        let rows = self.entity.columns.iter().enumerate();
        let rows: String = rows
            .map(|(index, column)| self.draw_row(column, rect, rect.y + self.row_top(index)))
            .collect();
        format!(
            "<g class=\"entity hue-{hue}\" id=\"{id}\" data-table=\"{table}\">{open}<title>{title}</title>\n\
             {head}{rows}{close}</g>\n",
            id = escape(&format!("{}{}", options.id_prefix, identifier(name))),
            table = escape(name),
            title = escape(&title(self.entity)),
            head = self.draw_head(rect),
        )
    }

    fn draw_head(&self, rect: &Rect) -> String {
        let Rect {
            x,
            y,
            width,
            height,
        } = *rect;
        let head = head(self.entity);
        let frame = format!(
            "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{CORNER}\"",
            number(x),
            number(y),
            number(width),
            number(height)
        );
        let badge = self.entity.owner.as_ref().map(|owner| {
            let text = escape(&badge(owner));
            text_at("badge", x + PADDING, y + HEAD + 7.0, &text)
        });
        format!(
            "<rect class=\"box\" {frame}/><path class=\"head\" d=\"{bar}\"/>\
             <path class=\"edge\" d=\"M{left} {bottom}h{wide}\"/><rect class=\"frame\" {frame}/>{name}{badge}\n",
            bar = bar(rect, head),
            left = number(x),
            bottom = number(y + head),
            wide = number(width),
            name = text_at("name", x + PADDING, y + 19.5, &escape(&self.entity.name)),
            badge = badge.unwrap_or_default(),
        )
    }

    fn draw_row(&self, column: &EntityColumn, rect: &Rect, top: f64) -> String {
        let left = rect.x + PADDING;
        let base = top + ROW / 2.0 + 4.0;
        let keys = keys(column);
        let keys = if keys.is_empty() {
            keys
        } else {
            text_at("keys", left, base - 0.5, &keys)
        };
        let class = if column.is_primary {
            "column primary"
        } else {
            "column"
        };
        let title = row_title(column).map(|title| format!("<title>{}</title>", escape(&title)));
        format!(
            "<g class=\"{class}\">{title}{keys}{label}{sql_type}</g>\n",
            title = title.unwrap_or_default(),
            label = text_at("label", left + self.gutter, base, &escape(&column.name)),
            sql_type = text_at(
                "type",
                rect.right() - PADDING,
                base,
                &escape(&short_type(column))
            ),
        )
    }
}

fn head(entity: &Entity) -> f64 {
    HEAD + entity.owner.as_ref().map_or(0.0, |_| BADGE)
}

fn inner_width(entity: &Entity, gutter: f64) -> f64 {
    let names = widest(&entity.columns, |column| letters(&column.name) * ROW_LETTER);
    let types = widest(&entity.columns, |column| {
        letters(&short_type(column)) * ROW_LETTER
    });
    let owner = entity.owner.as_ref();
    let badge = owner.map_or(0.0, |owner| letters(&badge(owner)) * BADGE_LETTER);
    (gutter + names + BETWEEN + types)
        .max(letters(&entity.name) * NAME_LETTER)
        .max(badge)
}

fn widest(columns: &[EntityColumn], width: impl Fn(&EntityColumn) -> f64) -> f64 {
    columns.iter().map(width).fold(0.0, f64::max)
}

fn badge(owner: &str) -> String {
    format!("owned by {owner}")
}

/// The outline of the title bar, with two round corners.
fn bar(rect: &Rect, height: f64) -> String {
    let side = number(height - CORNER);
    let top = number(rect.width - 2.0 * CORNER);
    format!(
        "M{x} {y}v-{side}q0-{CORNER} {CORNER}-{CORNER}h{top}q{CORNER} 0 {CORNER} {CORNER}v{side}z",
        x = number(rect.x),
        y = number(rect.y + height),
    )
}

fn text_at(class: &str, x: f64, y: f64, escaped: &str) -> String {
    let (x, y) = (number(x), number(y));
    format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{escaped}</text>")
}

/// The marks of a column: `PK`, `FK` and `U`.
fn keys(column: &EntityColumn) -> String {
    let is_unique = column.is_unique && !column.is_primary;
    let marks = [
        (column.is_primary, "PK"),
        (column.is_foreign, "FK"),
        (is_unique, "U"),
    ];
    let marks: Vec<&str> = marks
        .into_iter()
        .filter_map(|(is_set, mark)| is_set.then_some(mark))
        .collect();
    marks.join(" ")
}

/// The type as drawn: cut, and with `?` if the column may be null.
fn short_type(column: &EntityColumn) -> String {
    let mut text = cut(&column.sql_type, TYPE_LIMIT);
    if column.is_nullable {
        text.push('?');
    }
    text
}

fn title(entity: &Entity) -> String {
    match &entity.comment {
        Some(comment) => format!("{}: {comment}", entity.name),
        None => entity.name.clone(),
    }
}

/// What the row does not show in full: a cut type, that the column may be null, and its comment.
fn row_title(column: &EntityColumn) -> Option<String> {
    let is_cut = cut(&column.sql_type, TYPE_LIMIT) != column.sql_type;
    if !is_cut && !column.is_nullable && column.comment.is_none() {
        return None;
    }
    let null = if column.is_nullable {
        ", may be null"
    } else {
        ""
    };
    let comment = column
        .comment
        .as_ref()
        .map(|comment| format!(": {comment}"));
    let comment = comment.unwrap_or_default();
    Some(format!(
        "{} {}{null}{comment}",
        column.name, column.sql_type
    ))
}
