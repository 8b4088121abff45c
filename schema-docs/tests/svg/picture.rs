//! Reads a picture back.

use freehold_schema_docs::diagram::Diagram;
use freehold_schema_docs::svg::{SvgOptions, svg};
use roxmltree::{Document, Node};

/// A drawn table.
#[derive(Clone, Debug, PartialEq)]
pub struct Box {
    pub table: String,
    pub x: f64,
    pub y: f64,
    pub right: f64,
    pub bottom: f64,
    /// The names of the columns, and the lines of text on which they are.
    pub rows: Vec<(String, f64)>,
}

/// A drawn reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub from: String,
    pub to: String,
    pub title: String,
    /// The classes of the marks.
    pub marks: Vec<String>,
    /// Points along the line, from the referenced column on.
    pub points: Vec<(f64, f64)>,
    pub rings: usize,
    pub dots: Vec<(f64, f64)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub boxes: Vec<Box>,
    pub lines: Vec<Line>,
    pub width: f64,
    pub height: f64,
}

impl Picture {
    pub fn of(diagram: &Diagram) -> Self {
        Self::read(&svg(diagram, &SvgOptions::default()))
    }

    pub fn read(text: &str) -> Self {
        let document = Document::parse(text).expect("the picture is XML");
        let root = document.root_element();
        let with_class = |class: &str| -> Vec<Node<'_, '_>> {
            root.descendants()
                .filter(|node| has_class(*node, class))
                .collect()
        };
        Self {
            boxes: with_class("entity").into_iter().map(read_box).collect(),
            lines: with_class("reference").into_iter().map(read_line).collect(),
            width: float(root, "width"),
            height: float(root, "height"),
        }
    }

    pub fn table(&self, name: &str) -> &Box {
        self.boxes
            .iter()
            .find(|one| one.table == name)
            .expect("the table is drawn")
    }

    /// How often lines cross each other.
    pub fn crossings(&self) -> usize {
        let pairs = (0..self.lines.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        pairs
            .map(|(one, other)| crossings(&self.lines[one].points, &self.lines[other].points))
            .sum()
    }
}

impl Box {
    pub fn row(&self, column: &str) -> f64 {
        let row = self.rows.iter().find(|(name, _)| name == column);
        row.expect("the column is drawn").1
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right
            && other.x < self.right
            && self.y < other.bottom
            && other.y < self.bottom
    }

    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        self.x < x && x < self.right && self.y < y && y < self.bottom
    }
}

pub fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    let classes = node.attribute("class").unwrap_or_default();
    classes.split(' ').any(|one| one == class)
}

pub fn find<'d>(node: Node<'d, 'd>, class: &str) -> Vec<Node<'d, 'd>> {
    node.descendants()
        .filter(|one| has_class(*one, class))
        .collect()
}

fn float(node: Node<'_, '_>, name: &str) -> f64 {
    let text = node.attribute(name).expect("the attribute exists");
    text.parse().expect("the attribute is a number")
}

fn read_box(node: Node<'_, '_>) -> Box {
    let frame = node
        .descendants()
        .find(|one| has_class(*one, "box"))
        .expect("a box");
    let labels = node.descendants().filter(|one| has_class(*one, "label"));
    let (x, y) = (float(frame, "x"), float(frame, "y"));
    Box {
        table: node.attribute("data-table").expect("a table").to_owned(),
        x,
        y,
        right: x + float(frame, "width"),
        bottom: y + float(frame, "height"),
        rows: labels
            .map(|label| {
                (
                    label.text().unwrap_or_default().to_owned(),
                    float(label, "y"),
                )
            })
            .collect(),
    }
}

fn read_line(node: Node<'_, '_>) -> Line {
    let attribute = |name: &str| {
        node.attribute(name)
            .expect("the attribute exists")
            .to_owned()
    };
    let with_tag = |tag: &'static str| node.children().filter(move |one| one.has_tag_name(tag));
    let (lines, marks): (Vec<_>, Vec<_>) =
        with_tag("path").partition(|one| has_class(*one, "line"));
    assert_eq!(lines.len(), 1, "a reference has one line");
    let (dots, rings): (Vec<_>, Vec<_>) =
        with_tag("circle").partition(|one| has_class(*one, "part"));
    let title = with_tag("title").next().and_then(|title| title.text());
    Line {
        from: attribute("data-from"),
        to: attribute("data-to"),
        title: title.expect("a title").to_owned(),
        marks: marks
            .iter()
            .map(|mark| mark.attribute("class").unwrap_or_default().to_owned())
            .collect(),
        points: points(lines[0].attribute("d").expect("a path")),
        rings: rings.len(),
        dots: dots
            .iter()
            .map(|dot| (float(*dot, "cx"), float(*dot, "cy")))
            .collect(),
    }
}

/// Points of a path of the commands `M`, `H` and `C`, with 40 on each curve and each level piece.
fn points(path: &str) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let starts: Vec<usize> = path
        .match_indices(['M', 'H', 'C'])
        .map(|(index, _)| index)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([path.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let numbers: Vec<f64> = path[start + 1..end]
            .split_whitespace()
            .map(|number| number.parse().expect("a number"))
            .collect();
        let from = points.last().copied().unwrap_or_default();
        match (&path[start..=start], numbers.as_slice()) {
            ("M", &[x, y]) => points.push((x, y)),
            ("H", &[x]) => points.extend(curve(from, from, (x, from.1), (x, from.1))),
            ("C", &[ax, ay, bx, by, x, y]) => {
                points.extend(curve(from, (ax, ay), (bx, by), (x, y)));
            }

            other => panic!("unexpected command {other:?}"),
        }
    }
    points
}

fn curve(
    start: (f64, f64),
    one: (f64, f64),
    other: (f64, f64),
    end: (f64, f64),
) -> impl Iterator<Item = (f64, f64)> {
    (1..=40_u8).map(move |step| {
        let far = f64::from(step) / 40.0;
        let near = 1.0 - far;
        let weights = [
            near * near * near,
            3.0 * near * near * far,
            3.0 * near * far * far,
            far * far * far,
        ];
        let sum = |parts: [f64; 4]| {
            parts
                .iter()
                .zip(weights)
                .map(|(part, weight)| part * weight)
                .sum()
        };
        (
            sum([start.0, one.0, other.0, end.0]),
            sum([start.1, one.1, other.1, end.1]),
        )
    })
}

fn crossings(one: &[(f64, f64)], other: &[(f64, f64)]) -> usize {
    let steps = |points: &[(f64, f64)]| -> Vec<[(f64, f64); 2]> {
        points.windows(2).map(|pair| [pair[0], pair[1]]).collect()
    };
    let others = steps(other);
    let crossed = |step: &[(f64, f64); 2]| others.iter().filter(|other| cross(step, other)).count();
    steps(one).iter().map(crossed).sum()
}

fn cross(one: &[(f64, f64); 2], other: &[(f64, f64); 2]) -> bool {
    let side = |line: &[(f64, f64); 2], point: (f64, f64)| {
        (line[1].0 - line[0].0) * (point.1 - line[0].1)
            - (line[1].1 - line[0].1) * (point.0 - line[0].0)
    };
    side(one, other[0]) * side(one, other[1]) < 0.0
        && side(other, one[0]) * side(other, one[1]) < 0.0
}
