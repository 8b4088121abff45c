//! One component, laid out by `dagre` in columns from left to right.

use std::collections::BTreeMap;

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, Point, RankDir};

use super::components::Component;
use super::geometry::{Lane, Link, Rect, Size, tenth};

/// The order in which `dagre` gets boxes and edges. It starts its search for few crossings there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Forward,
    Backward,
}

/// What `dagre` found: the centre of each box, and the bends of each edge.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    pub(super) centers: Vec<(usize, Point)>,
    pub(super) points: Vec<(usize, Vec<Point>)>,
    widths: Vec<f64>,
}

/// Lays out the boxes of a component. `dagre` does not see edges from a box to itself.
pub(super) fn rank(boxes: &[Size], edges: &[Link], component: &Component, way: Way) -> Ranked {
    let mut graph = graph(boxes, edges, component, way);
    dagre::layout(&mut graph, Some(options()));
    let center = |&index: &usize| {
        let node = graph.node(&key(index))?;
        Some((index, Point::new(node.x?, node.y?)))
    };
    let points = |&index: &usize| {
        let Link { from, to, .. } = edges[index];
        let edge = graph.edge(&key(from), &key(to), Some(&key(index)));
        (
            index,
            edge.map(|edge| edge.points.clone()).unwrap_or_default(),
        )
    };
    let centers: Vec<(usize, Point)> = component.boxes.iter().filter_map(center).collect();
    Ranked {
        widths: centers
            .iter()
            .map(|(index, _)| boxes[*index].width)
            .collect(),
        centers,
        points: component.edges.iter().map(points).collect(),
    }
}

fn graph(
    boxes: &[Size],
    edges: &[Link],
    component: &Component,
    way: Way,
) -> Graph<NodeLabel, EdgeLabel> {
    let mut graph = Graph::with_options(GraphOptions {
        directed: true,
        multigraph: true,
        compound: false,
    });
    let mut order = component.boxes.clone();
    if way == Way::Backward {
        order.reverse();
    }
    for index in order {
        let Size { width, height } = boxes[index];
        let node = NodeLabel {
            width,
            height,
            ..NodeLabel::default()
        };
        graph.set_node(key(index), Some(node));
    }
    let mut sorted: Vec<(usize, usize, usize)> = component
        .edges
        .iter()
        .map(|&index| (edges[index].from, edges[index].to, index))
        .filter(|(from, to, _)| from != to)
        .collect();
    sorted.sort_unstable();
    if way == Way::Backward {
        sorted.reverse();
    }
    for (from, to, index) in sorted {
        let name = key(index);
        graph.set_edge(key(from), key(to), Some(EdgeLabel::default()), Some(&name));
    }
    graph
}

fn options() -> LayoutOptions {
    LayoutOptions {
        rankdir: RankDir::LR,
        nodesep: 30.0,
        ranksep: 90.0,
        edgesep: 14.0,
        ..LayoutOptions::default()
    }
}

/// The name of a box or edge. Names sort like indexes.
fn key(index: usize) -> String {
    format!("{index:06}")
}

/// The columns of a component: where boxes are, and where edges must run level.
#[derive(Debug)]
pub(super) struct Corridors {
    /// The width of each column by its centre, in tenths.
    widths: BTreeMap<i64, f64>,
}

impl Corridors {
    pub(super) fn of(ranked: &Ranked) -> Self {
        let mut widths = BTreeMap::new();
        for ((_, center), &width) in ranked.centers.iter().zip(&ranked.widths) {
            let widest: &mut f64 = widths.entry(column(center.x)).or_default();
            *widest = widest.max(width);
        }
        Self { widths }
    }

    /// A box as wide as its column.
    pub(super) fn rect(&self, size: Size, center: &Point) -> Rect {
        let width = self.widths.get(&column(center.x)).copied();
        let width = width.unwrap_or(size.width);
        Rect {
            x: (center.x - width / 2.0).round(),
            y: (center.y - size.height / 2.0).round(),
            width,
            height: size.height,
        }
    }

    /// The lanes of an edge: its bends in columns between its ends.
    pub(super) fn lanes(&self, points: &[Point]) -> Vec<Lane> {
        let inner = points.get(1..points.len().saturating_sub(1));
        let lane = |point: &Point| {
            let width = self.widths.get(&column(point.x))?;
            let left = (point.x - width / 2.0).round();
            Some(Lane {
                left,
                right: left + width,
                y: tenth(point.y),
            })
        };
        inner.unwrap_or_default().iter().filter_map(lane).collect()
    }
}

/// Which column a horizontal position is in.
#[allow(clippy::cast_possible_truncation)] // Positions are far below the limits.
fn column(x: f64) -> i64 {
    (x * 10.0).round() as i64
}
