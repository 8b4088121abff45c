//! Connected components.

use super::geometry::Link;

/// Boxes that edges connect, and those edges. Both are in the order of the input.
#[derive(Debug, Default)]
pub(super) struct Component {
    pub(super) boxes: Vec<usize>,
    pub(super) edges: Vec<usize>,
}

/// The components of a graph, in the order of their first boxes.
pub(super) fn components(boxes: usize, edges: &[Link]) -> Vec<Component> {
    let edges: Vec<(usize, Link)> = edges
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, edge)| edge.from < boxes && edge.to < boxes)
        .collect();
    let first = first_boxes(boxes, &edges);
    let mut components: Vec<Component> = (0..boxes).map(|_| Component::default()).collect();
    for (index, &first) in first.iter().enumerate() {
        components[first].boxes.push(index);
    }
    for (index, edge) in edges {
        components[first[edge.from]].edges.push(index);
    }
    components.retain(|component| !component.boxes.is_empty());
    components
}

/// For each box the first box of its component.
fn first_boxes(boxes: usize, edges: &[(usize, Link)]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..boxes).collect();
    for (_, edge) in edges {
        let (one, other) = (first[edge.from], first[edge.to]);
        let (low, high) = (one.min(other), one.max(other));
        for value in first.iter_mut().filter(|value| **value == high) {
            *value = low;
        }
    }
    first
}
