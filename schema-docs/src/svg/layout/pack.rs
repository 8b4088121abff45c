//! Placed components in rows, then single boxes in a grid.

use super::geometry::{Block, Positions, Rect, Size, greatest};

/// The room between components.
const BETWEEN_BLOCKS: f64 = 56.0;
/// The room between the boxes of the grid.
const BETWEEN_SINGLES: f64 = 32.0;
/// The width of a picture divided by its height, if its parts can be moved.
const ASPECT: f64 = 1.5;

/// Everything at its final place.
#[derive(Debug, Default)]
pub(super) struct Packed {
    blocks: Vec<Block>,
    size: Size,
}

impl Packed {
    pub(super) fn positions(self, boxes: usize, edges: usize) -> Positions {
        let mut positions = Positions {
            boxes: vec![Rect::default(); boxes],
            lanes: vec![Vec::new(); edges],
            width: self.size.width,
            height: self.size.height,
        };
        for block in self.blocks {
            for (index, rect) in block.boxes {
                positions.boxes[index] = rect;
            }
            for (index, lanes) in block.lanes {
                positions.lanes[index] = lanes;
            }
        }
        positions
    }

    fn add(&mut self, mut block: Block, x: f64, y: f64) {
        block.shift(x, y);
        self.size.width = self.size.width.max(x + block.size.width);
        self.size.height = self.size.height.max(y + block.size.height);
        self.blocks.push(block);
    }

    /// Adds blocks in rows that are at most `width` wide.
    fn add_rows(&mut self, blocks: Vec<Block>, width: f64, between: f64) {
        let mut y = self.next_row();
        let mut x = 0.0;
        for block in blocks {
            if x > 0.0 && x + block.size.width > width {
                x = 0.0;
                y = self.size.height + between;
            }
            let step = block.size.width + between;
            self.add(block, x, y);
            x += step;
        }
    }

    fn next_row(&self) -> f64 {
        if self.blocks.is_empty() {
            0.0
        } else {
            self.size.height + BETWEEN_BLOCKS
        }
    }
}

/// Boxes without edges, all as wide as the widest.
pub(super) fn grid_items<'i>(
    boxes: &[Size],
    single: impl Iterator<Item = &'i usize>,
) -> Vec<Block> {
    let single: Vec<usize> = single.copied().collect();
    let width = greatest(single.iter().map(|&index| boxes[index].width));
    let item = |index: usize| {
        let size = Size {
            width,
            height: boxes[index].height,
        };
        let rect = Rect {
            width,
            height: size.height,
            ..Rect::default()
        };
        Block {
            boxes: vec![(index, rect)],
            lanes: Vec::new(),
            size,
        }
    };
    single.into_iter().map(item).collect()
}

/// Packs components, the highest first, and then the boxes of the grid.
pub(super) fn pack(mut blocks: Vec<Block>, grid: Vec<Block>) -> Packed {
    let width = width(&blocks, &grid);
    blocks.sort_by(|one, other| other.size.height.total_cmp(&one.size.height));
    let mut packed = Packed::default();
    packed.add_rows(blocks, width, BETWEEN_BLOCKS);
    packed.add_rows(grid, width, BETWEEN_SINGLES);
    packed
}

/// The width at which the whole has the wanted shape, but at least that of the widest block.
fn width(blocks: &[Block], grid: &[Block]) -> f64 {
    let area =
        |block: &Block, between: f64| (block.size.width + between) * (block.size.height + between);
    let blocks_area: f64 = blocks.iter().map(|block| area(block, BETWEEN_BLOCKS)).sum();
    let grid_area: f64 = grid.iter().map(|block| area(block, BETWEEN_SINGLES)).sum();
    let widest = greatest(blocks.iter().chain(grid).map(|block| block.size.width));
    ((blocks_area + grid_area) * ASPECT).sqrt().max(widest)
}
