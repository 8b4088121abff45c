//! How well the lines of a placed component can be followed.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::geometry::{Block, Link, Rect};

/// The quality of a placed component. Less is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    crossings: usize,
    /// How far lines go up and down.
    climb: f64,
}

impl Score {
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let crossings = self.crossings.cmp(&other.crossings);
        crossings.then(self.climb.total_cmp(&other.climb))
    }
}

/// A line on its way between two columns: the heights at its left and at its right.
type Step = (f64, f64);

/// Counts the crossings of lines between columns. Lines run level inside columns, so that they cannot cross there.
pub(super) fn score(block: &Block, edges: &[Link]) -> Score {
    let rects: BTreeMap<usize, &Rect> = block
        .boxes
        .iter()
        .map(|(index, rect)| (*index, rect))
        .collect();
    let mut gaps: BTreeMap<i64, Vec<Step>> = BTreeMap::new();
    for (index, lanes) in &block.lanes {
        let edge = &edges[*index];
        let (Some(from), Some(to)) = (rects.get(&edge.from), rects.get(&edge.to)) else {
            continue;
        };
        let mut stops: Vec<(f64, f64, f64)> = vec![
            (from.x, from.right(), from.y + edge.from_y),
            (to.x, to.right(), to.y + edge.to_y),
        ];
        stops.extend(lanes.iter().map(|lane| (lane.left, lane.right, lane.y)));
        stops.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (left, right) in stops.iter().zip(stops.iter().skip(1)) {
            gaps.entry(gap(left.1)).or_default().push((left.2, right.2));
        }
    }
    let climb = gaps
        .values()
        .flatten()
        .map(|(left, right)| (left - right).abs());
    Score {
        crossings: gaps.values().map(|steps| crossings(steps)).sum(),
        climb: climb.sum(),
    }
}

fn crossings(steps: &[Step]) -> usize {
    let cross = |one: &Step, other: &Step| (one.0 - other.0) * (one.1 - other.1) < 0.0;
    let pairs = steps.iter().enumerate();
    pairs
        .map(|(index, one)| {
            steps[..index]
                .iter()
                .filter(|other| cross(one, other))
                .count()
        })
        .sum()
}

/// The gap to the right of a horizontal position.
#[allow(clippy::cast_possible_truncation)] // Positions are far below the limits.
fn gap(x: f64) -> i64 {
    x.round() as i64
}
