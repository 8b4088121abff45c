//! The whole picture.

use std::collections::BTreeMap;

use crate::diagram::{Diagram, Reference};

use super::edge::title;
use super::entity::Shape;
use super::layout::{Link, Positions, layout};
use super::legend::{self, legend};
use super::lines::{lines, main_column};
use super::options::SvgOptions;
use super::style;
use super::text::{escape, number};

/// The room around everything.
const MARGIN: f64 = 24.0;

/// Draws a diagram as SVG.
///
/// Each table is `<g class="entity" data-table="..">`, each reference `<g class="reference" data-from=".."
/// data-to="..">` with one `<path class="line">`. Equal diagrams give equal text. References to tables that the diagram
/// does not have are left out.
pub fn svg(diagram: &Diagram, options: &SvgOptions) -> String {
    let references = sorted(diagram);
    let shapes: Vec<Shape<'_>> = diagram.entities.iter().map(Shape::of).collect();
    let positions = place(diagram, &shapes, &references);
    let body = draw(diagram, &references, &shapes, &positions, options);
    frame(diagram, &references, &positions, options, &body)
}

fn sorted(diagram: &Diagram) -> Vec<&Reference> {
    let tables = diagram.entities.len();
    let exists = |reference: &&Reference| reference.from < tables && reference.to < tables;
    let mut references: Vec<&Reference> = diagram.references.iter().filter(exists).collect();
    references.sort_by_key(|reference| (reference.from, &reference.name));
    references
}

fn place(diagram: &Diagram, shapes: &[Shape<'_>], references: &[&Reference]) -> Positions {
    let sizes: Vec<_> = shapes.iter().map(|shape| shape.size).collect();
    let link = |reference: &&Reference| {
        let main = main_column(diagram, reference);
        let middle = |table: usize, columns: &[String]| {
            let column = columns.get(main).map_or("", String::as_str);
            shapes[table].row_middle(column)
        };
        Link {
            from: reference.to,
            to: reference.from,
            from_y: middle(reference.to, &reference.target_columns),
            to_y: middle(reference.from, &reference.columns),
        }
    };
    let links: Vec<Link> = references.iter().map(link).collect();
    let mut positions = layout(&sizes, &links);
    for rect in &mut positions.boxes {
        rect.x += MARGIN;
        rect.y += MARGIN;
    }
    for lane in positions.lanes.iter_mut().flatten() {
        lane.left += MARGIN;
        lane.right += MARGIN;
        lane.y += MARGIN;
    }
    positions
}

fn draw(
    diagram: &Diagram,
    references: &[&Reference],
    shapes: &[Shape<'_>],
    positions: &Positions,
    options: &SvgOptions,
) -> String {
    let hues = hues(references, positions);
    let hue = |table: usize| hues.get(&table).copied().unwrap_or(0);
    let boxes = shapes.iter().zip(&positions.boxes).enumerate();
    let boxes = boxes.map(|(index, (shape, rect))| shape.draw(rect, hue(index), options));
    let lines = lines(diagram, references, shapes, positions);
    let drawn = references.iter().zip(&lines);
    let lines = drawn.map(|(reference, line)| {
        line.draw(diagram, reference, hue(reference.to), !options.standalone)
    });
    boxes.chain(lines).collect()
}

/// The colours of the tables that are referenced. Neighbours have different ones.
fn hues(references: &[&Reference], positions: &Positions) -> BTreeMap<usize, usize> {
    let mut parents: Vec<usize> = references.iter().map(|reference| reference.to).collect();
    let place = |table: &usize| {
        let rect = &positions.boxes[*table];
        (rect.x, rect.y)
    };
    parents.sort_by(|one, other| {
        let ((one_x, one_y), (other_x, other_y)) = (place(one), place(other));
        one_x.total_cmp(&other_x).then(one_y.total_cmp(&other_y))
    });
    parents.dedup();
    let numbered = parents.into_iter().enumerate();
    numbered
        .map(|(index, table)| (table, index % style::HUES + 1))
        .collect()
}

fn frame(
    diagram: &Diagram,
    references: &[&Reference],
    positions: &Positions,
    options: &SvgOptions,
    body: &str,
) -> String {
    let mut width = positions.width.max(legend::MIN_WIDTH) + 2.0 * MARGIN;
    let mut height = positions.height + 2.0 * MARGIN;
    let (mut before, mut after) = (String::new(), String::new());
    if options.standalone {
        let legend = legend(diagram, MARGIN, height - 4.0, width - 2.0 * MARGIN);
        width = width.ceil();
        height += legend.height + MARGIN / 2.0;
        before = style::element() + &canvas();
        after = legend.text;
    }
    let (width, height) = (number(width), number(height));
    // The content of an `img` has no links for screen readers.
    let role = if options.link.is_some() {
        "group"
    } else {
        "img"
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"freehold-diagram\" role=\"{role}\" \
         aria-label=\"{title}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <title>{title}</title>\n<desc>{desc}</desc>\n{before}{body}{after}</svg>\n",
        title = escape(&options.title),
        desc = escape(&description(diagram, references)),
    )
}

fn canvas() -> String {
    "<rect class=\"canvas\" width=\"100%\" height=\"100%\" rx=\"8\"/>\n".to_owned()
}

/// The references as text.
fn description(diagram: &Diagram, references: &[&Reference]) -> String {
    let tables = match diagram.entities.len() {
        1 => "1 table.".to_owned(),
        count => format!("{count} tables."),
    };
    let sentences = references
        .iter()
        .map(|reference| title(diagram, reference) + ".");
    let sentences: Vec<String> = std::iter::once(tables).chain(sentences).collect();
    sentences.join("\n")
}
