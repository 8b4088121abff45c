//! Where boxes go and which way edges run between them. The only code that uses `dagre`.
//!
//! Each connected component is laid out alone, from left to right. The components are packed in rows. Boxes without
//! edges follow in a grid.

mod components;
mod crossings;
mod geometry;
mod pack;
mod ranks;

use std::collections::BTreeSet;

pub(crate) use geometry::{Lane, Link, Positions, Rect, Size};

use components::{Component, components};
use geometry::Block;
use ranks::{Corridors, Way};

/// Places boxes so that none overlap, and finds lanes for the edges that pass other boxes.
///
/// Coordinates begin at zero and have at most one decimal. Equal input gives equal output. Edges to a box that does
/// not exist are ignored.
pub(crate) fn layout(boxes: &[Size], edges: &[Link]) -> Positions {
    let components = components(boxes.len(), edges);
    let (joined, single): (Vec<_>, Vec<_>) = components
        .into_iter()
        .partition(|component| !component.edges.is_empty());
    let blocks: Vec<Block> = joined
        .iter()
        .map(|component| block(boxes, edges, component))
        .collect();
    let single = single.iter().flat_map(|component| &component.boxes);
    let packed = pack::pack(blocks, pack::grid_items(boxes, single));
    packed.positions(boxes.len(), edges.len())
}

/// Lays out a component in several ways and takes the one with the fewest crossings.
fn block(boxes: &[Size], edges: &[Link], component: &Component) -> Block {
    let loops: BTreeSet<usize> = component
        .edges
        .iter()
        .map(|&edge| edges[edge])
        .filter(|edge| edge.is_loop())
        .map(|edge| edge.from)
        .collect();
    let candidates = [Way::Forward, Way::Backward].into_iter().flat_map(|way| {
        let mut block = placed(boxes, edges, component, way);
        block.close(&loops);
        let turned = block.turned();
        [block, turned]
    });
    let scored = candidates.map(|block| (crossings::score(&block, edges), block));
    let best = scored.min_by(|(one, _), (other, _)| one.compare(other));
    best.map(|(_, block)| block).unwrap_or_default()
}

fn placed(boxes: &[Size], edges: &[Link], component: &Component, way: Way) -> Block {
    let ranked = ranks::rank(boxes, edges, component, way);
    let columns = Corridors::of(&ranked);
    let mut block = Block::default();
    for (index, center) in &ranked.centers {
        let rect = columns.rect(boxes[*index], center);
        block.boxes.push((*index, rect));
    }
    for (index, points) in &ranked.points {
        block.lanes.push((*index, columns.lanes(points)));
    }
    block
}

#[cfg(test)]
mod tests;
