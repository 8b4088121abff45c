//! The lines: from the referenced column to the column that references, with marks at both ends.

use std::fmt::Write as _;

use crate::diagram::{Diagram, Reference};

use super::foot::{End, REACH, Rows, mark};
use super::layout::Lane;
use super::text::{escape, number};

/// A reference at its place.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) parent: End,
    pub(super) child: End,
    /// The gaps between boxes that the line runs through, from the parent to the child.
    pub(super) lanes: Vec<Lane>,
    /// For a line from a box to itself, its number among those of the box, from 0.
    pub(super) loop_number: Option<f64>,
    /// Where the further columns of a composite key meet the borders.
    pub(super) parts: Vec<(f64, f64)>,
}

impl Line {
    /// Writes the line with its marks. `hue` is the colour of the referenced table.
    pub(super) fn draw(
        &self,
        diagram: &Diagram,
        reference: &Reference,
        hue: usize,
        has_hit: bool,
    ) -> String {
        let path = self.path();
        let hit = if has_hit {
            format!("<path class=\"hit\" d=\"{path}\"/>")
        } else {
            String::new()
        };
        let part = |&(x, y): &(f64, f64)| {
            let (x, y) = (number(x), number(y));
            format!("<circle class=\"part\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\"/>")
        };
        format!(
            "<g class=\"reference hue-{hue}\" data-from=\"{from}\" data-to=\"{to}\"><title>{title}</title>\
             {hit}<path class=\"line\" d=\"{path}\"/>{parent}{child}{parts}</g>\n",
            from = escape(table(diagram, reference.from)),
            to = escape(table(diagram, reference.to)),
            title = escape(&title(diagram, reference)),
            parent = mark(&self.parent, Rows::parent(reference.is_optional)),
            child = mark(&self.child, Rows::child(reference.is_unique)),
            parts = self.parts.iter().map(part).collect::<String>(),
        )
    }

    /// The height to which the line goes first, from its parent.
    pub(super) fn after_parent(&self) -> f64 {
        self.lanes.first().map_or(self.child.y, |lane| lane.y)
    }

    /// The height from which the line comes last, to its child.
    pub(super) fn before_child(&self) -> f64 {
        self.lanes.last().map_or(self.parent.y, |lane| lane.y)
    }

    /// All curves between two columns have the same horizontal extent. So two of them cross only if their ends are in
    /// different orders.
    fn path(&self) -> String {
        let (parent, child) = (&self.parent, &self.child);
        let mut pen = Pen::start(parent.x, parent.y);
        pen.level(parent.away(REACH));
        if let Some(number) = self.loop_number {
            pen.turn(parent.away(REACH) + (32.0 + 10.0 * number).min(58.0), child);
        } else {
            for lane in &self.lanes {
                let [near, far] = lane.ends(parent.direction);
                pen.curve(near.away(REACH), lane.y);
                pen.level(far.away(REACH));
            }
            pen.curve(child.away(REACH), child.y);
        }
        pen.level(child.x);
        pen.path
    }
}

impl Lane {
    /// Its ends for a line in a direction, each as if it were the border of a box.
    fn ends(&self, direction: f64) -> [End; 2] {
        let end = |x: f64, direction: f64| End {
            x,
            y: self.y,
            direction,
        };
        if direction > 0.0 {
            [end(self.left, -1.0), end(self.right, 1.0)]
        } else {
            [end(self.right, 1.0), end(self.left, -1.0)]
        }
    }
}

/// Writes a path of level pieces and curves that begin and end level.
#[derive(Debug)]
struct Pen {
    x: f64,
    y: f64,
    path: String,
}

impl Pen {
    fn start(x: f64, y: f64) -> Self {
        let path = format!("M{} {}", number(x), number(y));
        Self { x, y, path }
    }

    fn level(&mut self, x: f64) {
        let _ = write!(self.path, "H{}", number(x));
        self.x = x;
    }

    fn curve(&mut self, x: f64, y: f64) {
        if number(self.y) == number(y) {
            return self.level(x);
        }
        let middle = f64::midpoint(self.x, x);
        self.bezier(middle, x, y);
    }

    /// A turn back to another end on the same side.
    fn turn(&mut self, reach: f64, end: &End) {
        self.bezier(reach, end.away(REACH), end.y);
    }

    /// A cubic curve whose control points are at one horizontal position.
    fn bezier(&mut self, control: f64, x: f64, y: f64) {
        // Writing to a `String` cannot fail.
        let _ = write!(
            self.path,
            "C{control} {} {control} {to} {} {to}",
            number(self.y),
            number(x),
            control = number(control),
            to = number(y),
        );
        (self.x, self.y) = (x, y);
    }
}

/// What the reference says: `orders.user_id references users.id: ..`.
pub(super) fn title(diagram: &Diagram, reference: &Reference) -> String {
    format!(
        "{} references {}: {} to {}, ON DELETE {}",
        columns(table(diagram, reference.from), &reference.columns),
        columns(table(diagram, reference.to), &reference.target_columns),
        Rows::child(reference.is_unique).words(),
        Rows::parent(reference.is_optional).words(),
        reference.on_delete
    )
}

fn table(diagram: &Diagram, index: usize) -> &str {
    diagram
        .entities
        .get(index)
        .map_or("", |entity| &entity.name)
}

fn columns(table: &str, columns: &[String]) -> String {
    match columns {
        [column] => format!("{table}.{column}"),
        _ => format!("{table} ({})", columns.join(", ")),
    }
}
