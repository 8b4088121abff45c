//! Where lines meet boxes.

use std::collections::BTreeMap;

use crate::diagram::{Diagram, Reference};

use super::edge::Line;
use super::entity::{ROW, Shape};
use super::foot::{End, Rows};
use super::layout::{Positions, Rect};
use super::text::count;

/// The room between the ends of lines with different marks in one row.
const BETWEEN_ENDS: f64 = 10.0;

/// Where lines end at a border: the box, whether it is the right border, and the height in tenths.
type Place = (usize, bool, i64);

/// The lines of references. `references` are in the order of the lanes in `positions`.
pub(super) fn lines(
    diagram: &Diagram,
    references: &[&Reference],
    shapes: &[Shape<'_>],
    positions: &Positions,
) -> Vec<Line> {
    let mut lines: Vec<Line> = references
        .iter()
        .zip(&positions.lanes)
        .map(|(reference, lanes)| Line {
            lanes: lanes.clone(),
            ..line(diagram, reference, shapes, &positions.boxes)
        })
        .collect();
    number_loops(references, &mut lines);
    separate_ends(references, &mut lines);
    lines
}

fn line(diagram: &Diagram, reference: &Reference, shapes: &[Shape<'_>], boxes: &[Rect]) -> Line {
    let (from, to) = (&boxes[reference.from], &boxes[reference.to]);
    let is_loop = reference.from == reference.to;
    let is_forward = to.x < from.x || is_loop;
    let (parent_side, child_side) = (is_forward, !is_forward || is_loop);
    let main = main_column(diagram, reference);
    let end = |rect: &Rect, table: usize, column: Option<&String>, is_right: bool| End {
        x: if is_right { rect.right() } else { rect.x },
        y: rect.y + shapes[table].row_middle(column.map_or("", String::as_str)),
        direction: if is_right { 1.0 } else { -1.0 },
    };
    let at_parent = |column| end(to, reference.to, column, parent_side);
    let at_child = |column| end(from, reference.from, column, child_side);
    let further = |columns: &[String]| -> Vec<usize> {
        (0..columns.len()).filter(|&index| index != main).collect()
    };
    let parents = further(&reference.target_columns);
    let parents = parents
        .iter()
        .map(|&index| at_parent(reference.target_columns.get(index)));
    let children = further(&reference.columns);
    let children = children
        .iter()
        .map(|&index| at_child(reference.columns.get(index)));
    Line {
        parent: at_parent(reference.target_columns.get(main)),
        child: at_child(reference.columns.get(main)),
        parts: parents.chain(children).map(|end| (end.x, end.y)).collect(),
        ..Line::default()
    }
}

/// Which column of a composite key the line ends at: the one that the fewest references of the table use, of several
/// the last. The others are often the owner's column, which most references contain.
pub(super) fn main_column(diagram: &Diagram, reference: &Reference) -> usize {
    let uses = |column: &String| {
        let of_table = |one: &&Reference| one.from == reference.from;
        let references = diagram.references.iter().filter(of_table);
        references
            .filter(|one| one.columns.contains(column))
            .count()
    };
    let columns = reference.columns.iter().enumerate().rev();
    columns
        .min_by_key(|(_, column)| uses(column))
        .map_or(0, |(index, _)| index)
}

fn number_loops(references: &[&Reference], lines: &mut [Line]) {
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    for (reference, line) in references.iter().zip(lines) {
        if reference.from == reference.to {
            let number = seen.entry(reference.from).or_default();
            line.loop_number = Some(count(*number));
            *number += 1;
        }
    }
}

/// Lines with one kind of mark that end at one place: how many, and the sum of the heights to which they lead.
#[derive(Clone, Copy, Debug, Default)]
struct Bundle {
    lines: usize,
    heights: f64,
}

impl Bundle {
    fn mean(&self) -> f64 {
        self.heights / count(self.lines)
    }
}

/// Moves ends with different marks in the same row apart, so that each mark can be read. The ends whose lines lead up
/// are above the others.
fn separate_ends(references: &[&Reference], lines: &mut [Line]) {
    let mut bundles: BTreeMap<Place, BTreeMap<Rows, Bundle>> = BTreeMap::new();
    for (reference, line) in references.iter().zip(lines.iter()) {
        let heights = [line.after_parent(), line.before_child()];
        for ((place, rows), height) in ends(reference, line).into_iter().zip(heights) {
            let bundle = bundles.entry(place).or_default().entry(rows).or_default();
            bundle.lines += 1;
            bundle.heights += height;
        }
    }
    for (reference, line) in references.iter().zip(lines) {
        let [parent, child] = ends(reference, line).map(|(place, rows)| {
            bundles
                .get(&place)
                .map_or(0.0, |bundles| offset(bundles, rows))
        });
        line.parent.y += parent;
        line.child.y += child;
    }
}

fn ends(reference: &Reference, line: &Line) -> [(Place, Rows); 2] {
    let parent = Rows::parent(reference.is_optional);
    let child = Rows::child(reference.is_unique);
    [
        (place(reference.to, &line.parent), parent),
        (place(reference.from, &line.child), child),
    ]
}

#[allow(clippy::cast_possible_truncation)] // Positions are far below the limits.
fn place(table: usize, end: &End) -> Place {
    (table, end.direction > 0.0, (end.y * 10.0).round() as i64)
}

fn offset(bundles: &BTreeMap<Rows, Bundle>, rows: Rows) -> f64 {
    let mut order: Vec<(&Rows, f64)> = bundles
        .iter()
        .map(|(rows, one)| (rows, one.mean()))
        .collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let index = order.iter().take_while(|(one, _)| **one != rows).count();
    let between = BETWEEN_ENDS.min(ROW / count(order.len()));
    (count(index) - (count(order.len()) - 1.0) / 2.0) * between
}
