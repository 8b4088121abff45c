//! Which row is referenced, and which key a number means.

use freehold_schema_core::model::Ownership;

use crate::plan::{Block, Choice, Column, Digit, Group, Plan, Reference};
use crate::random::{Random, hash, mixed, shuffled};
use crate::value::{Value, nth};

/// The largest number of keys that are numbered.
const MOST: u64 = 1 << 60;

/// The parent of a row and the number of the row's other digits, so that each parent has as many rows as any other.
fn spread(key: u64, index: u64, size: u64, parents: u64) -> (u64, u64) {
    let parent = shuffled(key, index % parents, parents);
    let others = (size / parents).max(1);
    // Each parent has its own order of the others.
    let number = shuffled(key ^ mixed(parent + 1), index / parents % others, others);
    (parent, number)
}

impl Plan {
    /// The row that a row references; `None` for no row.
    pub(crate) fn parent(
        &self,
        at: usize,
        reference: usize,
        row: u64,
        block: Block,
    ) -> Option<u64> {
        let table = &self.tables[at];
        let reference = &table.references[reference];
        let nulls = reference
            .own
            .iter()
            .map(|own| table.columns[*own].nulls)
            .max()
            .unwrap_or_default();
        let is_null = !reference.is_required && reference.null_random.of_row(row).chance(nulls);
        if is_null {
            return None;
        }
        if reference.is_to_itself {
            return self.earlier(reference, row, block);
        }
        let parents = self.parents(reference, block.owner);
        let offset = match (reference.choice, parents.length) {
            (_, 0) => return None,
            (_, 1) => 0,
            (Choice::Digit { group, digit }, _) => {
                self.digit(at, &table.groups[group], digit, row, block)
            }
            // The first rows have one parent each, so that none is left without rows.
            (_, length) if reference.is_required && row - block.start < length => {
                shuffled(reference.key, row - block.start, length)
            }
            (_, length) => self.any(reference, row, length),
        };
        Some(parents.start + offset)
    }

    fn any(&self, reference: &Reference, row: u64, length: u64) -> u64 {
        let mut random = reference.random.of_row(row);
        let number = random.below(length);
        if self.skewed {
            random.below(number + 1)
        } else {
            number
        }
    }

    /// An earlier row of the same table, so that the rows form trees. The first row references itself if it has to.
    fn earlier(&self, reference: &Reference, row: u64, block: Block) -> Option<u64> {
        if row == block.start {
            return reference.is_required.then_some(row);
        }
        match reference.choice {
            Choice::Digit { .. } if reference.is_required => Some(row),
            Choice::Digit { .. } => Some(row - 1),
            _ => Some(block.start + self.any(reference, row, row - block.start)),
        }
    }

    /// A digit of the key of a row.
    pub(super) fn digit(
        &self,
        at: usize,
        group: &Group,
        digit: usize,
        row: u64,
        block: Block,
    ) -> u64 {
        let owner = block.owner.filter(|_| group.in_owner);
        let index = if group.in_owner {
            row - block.start
        } else {
            row
        };
        let size = self.size(at, group, owner).clamp(1, MOST);
        let (number, done) = match group.digits.first() {
            Some(first @ Digit::Reference(_)) if !self.skewed => {
                let parents = self.radix(at, first, owner).max(1);
                let key = group.key ^ owner.unwrap_or_default();
                let spread = spread(key, index % size, size, parents);
                if digit == 0 {
                    return spread.0;
                }
                (spread.1, 1)
            }
            _ => {
                let key = group.key ^ owner.unwrap_or_default();
                (shuffled(key, index % size, size), 0)
            }
        };
        let before = group.digits.iter().take(digit).skip(done);
        let number = before.fold(number, |number, of| {
            number / self.radix(at, of, owner).max(1)
        });
        let radix = group
            .digits
            .get(digit)
            .map_or(1, |of| self.radix(at, of, owner));
        number % radix.max(1)
    }

    /// The key of an owner, where no reference leads to one.
    pub(super) fn owner_key(&self, column: &Column, owner: u64) -> Value {
        let owners = self
            .tables
            .iter()
            .position(|table| table.ownership == Ownership::Owner);
        let key = owners.and_then(|at| Some((at, *self.tables[at].primary_key.first()?)));
        match key {
            Some((at, key)) => self.value(at, key, owner),
            None => {
                let mut random = Random::new(hash(self.seed, &["owner"])).of_row(owner);
                nth(&column.natural, owner, &mut random, self.context())
            }
        }
    }
}
