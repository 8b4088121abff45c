//! Boxes, edges and where they go.

use std::collections::BTreeSet;

/// The room to the right of a box for a line from the box to itself.
const LOOP_ROOM: f64 = 64.0;

/// An edge from one box to another, as indexes. `from` is to the left of `to`, unless the edge is part of a cycle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The index of the first box.
    pub(crate) from: usize,
    /// The index of the second box.
    pub(crate) to: usize,
    /// Where it meets the first box, from its upper border.
    pub(crate) from_y: f64,
    /// Where it meets the second box, from its upper border.
    pub(crate) to_y: f64,
}

impl Link {
    pub(super) fn is_loop(self) -> bool {
        self.from == self.to
    }
}

/// The result of [`layout`](super::layout).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Positions {
    /// The boxes, in the order of the input. A box may be wider than its size: boxes of one column are equally wide.
    pub(crate) boxes: Vec<Rect>,
    /// For each edge, in the order of the input, the gaps between boxes that it runs through, from `from` to `to`.
    pub(crate) lanes: Vec<Vec<Lane>>,
    /// The width of the whole.
    pub(crate) width: f64,
    /// The height of the whole.
    pub(crate) height: f64,
}

/// The size of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Size {
    /// From left to right.
    pub(crate) width: f64,
    /// From top to bottom.
    pub(crate) height: f64,
}

/// A placed box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rect {
    /// The left border.
    pub(crate) x: f64,
    /// The upper border.
    pub(crate) y: f64,
    /// From left to right.
    pub(crate) width: f64,
    /// From top to bottom.
    pub(crate) height: f64,
}

/// A level piece of an edge, between the boxes above and below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lane {
    /// The left end.
    pub(crate) left: f64,
    /// The right end.
    pub(crate) right: f64,
    /// The height at which it runs.
    pub(crate) y: f64,
}

impl Rect {
    /// The right border.
    pub(crate) fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower border.
    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    fn shift(&mut self, x: f64, y: f64) {
        self.x = tenth(self.x + x);
        self.y = tenth(self.y + y);
    }
}

impl Lane {
    fn shift(&mut self, x: f64, y: f64) {
        self.left = tenth(self.left + x);
        self.right = tenth(self.right + x);
        self.y = tenth(self.y + y);
    }
}

/// A placed component: its boxes and the lanes of its edges by their indexes in the input.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) boxes: Vec<(usize, Rect)>,
    pub(super) lanes: Vec<(usize, Vec<Lane>)>,
    pub(super) size: Size,
}

impl Block {
    /// Moves everything so that the block begins at zero, and measures it. `loops` are the boxes with an edge to
    /// themselves.
    pub(super) fn close(&mut self, loops: &BTreeSet<usize>) {
        let rects = || self.boxes.iter().map(|(_, rect)| rect);
        let lanes = || self.lanes.iter().flat_map(|(_, lanes)| lanes);
        let left = least(rects().map(|rect| rect.x));
        let top = least(rects().map(|rect| rect.y).chain(lanes().map(|lane| lane.y)));
        self.shift(-left, -top);
        let right = |(index, rect): &(usize, Rect)| {
            let room = if loops.contains(index) {
                LOOP_ROOM
            } else {
                0.0
            };
            rect.right() + room
        };
        let bottoms = self.boxes.iter().map(|(_, rect)| rect.bottom());
        let lanes = self.lanes.iter().flat_map(|(_, lanes)| lanes);
        self.size = Size {
            width: greatest(self.boxes.iter().map(right)),
            height: greatest(bottoms.chain(lanes.map(|lane| lane.y))),
        };
    }

    /// The same with top and bottom exchanged.
    pub(super) fn turned(&self) -> Self {
        let height = self.size.height;
        let turned_box = |(index, rect): &(usize, Rect)| {
            let y = tenth(height - rect.bottom());
            (*index, Rect { y, ..*rect })
        };
        let turned_lane = |lane: &Lane| Lane {
            y: tenth(height - lane.y),
            ..*lane
        };
        let turned_lanes =
            |(index, lanes): &(usize, Vec<Lane>)| (*index, lanes.iter().map(turned_lane).collect());
        Self {
            boxes: self.boxes.iter().map(turned_box).collect(),
            lanes: self.lanes.iter().map(turned_lanes).collect(),
            size: self.size,
        }
    }

    pub(super) fn shift(&mut self, x: f64, y: f64) {
        for (_, rect) in &mut self.boxes {
            rect.shift(x, y);
        }
        for lane in self.lanes.iter_mut().flat_map(|(_, lanes)| lanes) {
            lane.shift(x, y);
        }
    }
}

/// The value with one decimal.
pub(super) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

pub(super) fn greatest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, f64::max)
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.reduce(f64::min).unwrap_or(0.0)
}
