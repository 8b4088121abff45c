/// Which rows of a table belong to which owner: each owner has consecutive rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Blocks {
    /// The first row of each owner, and the number of all rows.
    starts: Vec<u64>,
}

/// Consecutive rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The owner; `None` in a table without owners.
    pub(crate) owner: Option<u64>,
    pub(crate) start: u64,
    pub(crate) length: u64,
}

impl Blocks {
    /// Distributes rows over owners. `most` limits the rows of each owner.
    ///
    /// # Errors
    ///
    /// The largest number of rows that is possible.
    pub(super) fn new(rows: u64, weights: &[u64], most: &[u64]) -> Result<Self, u64> {
        let possible = most
            .iter()
            .fold(0, |sum: u64, most| sum.saturating_add(*most));
        if possible < rows {
            return Err(possible);
        }
        let ideal = shares(rows, weights);
        let mut counts: Vec<_> = ideal
            .iter()
            .zip(most)
            .map(|(share, most)| *share.min(most))
            .collect();
        let mut left = rows - counts.iter().sum::<u64>();
        while left > 0 {
            let open = counts
                .iter()
                .zip(most)
                .filter(|(count, most)| count < most)
                .count();
            let each = left.div_ceil(u64::try_from(open).unwrap_or(1).max(1));
            for (count, most) in counts.iter_mut().zip(most) {
                let more = each.min(left).min(most - *count);
                *count += more;
                left -= more;
            }
        }
        Ok(Self::of_counts(&counts))
    }

    /// One row for each owner.
    pub(super) fn one_each(owners: u64) -> Self {
        Self {
            starts: (0..=owners).collect(),
        }
    }

    fn of_counts(counts: &[u64]) -> Self {
        let ends = counts.iter().scan(0, |end, count| {
            *end += count;
            Some(*end)
        });
        Self {
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The rows of the owner of a row.
    pub(crate) fn of_row(&self, row: u64) -> Block {
        let after = self.starts.partition_point(|start| *start <= row);
        self.at(after.saturating_sub(1))
    }

    /// The rows of an owner.
    pub(crate) fn of_owner(&self, owner: u64) -> Block {
        self.at(usize::try_from(owner).unwrap_or(usize::MAX))
    }

    fn at(&self, at: usize) -> Block {
        let start = self.starts.get(at).copied().unwrap_or_default();
        let end = at.checked_add(1).and_then(|next| self.starts.get(next));
        Block {
            owner: u64::try_from(at).ok(),
            start,
            length: end.map_or(0, |end| end - start),
        }
    }
}

/// The rows of each owner by weight, rounded so that they add up.
fn shares(rows: u64, weights: &[u64]) -> Vec<u64> {
    let all: u128 = weights.iter().copied().map(u128::from).sum();
    let (mut weight, mut before) = (0, 0);
    let shares = weights.iter().map(|own| {
        weight += u128::from(*own);
        let end = u64::try_from(u128::from(rows) * weight / all).unwrap_or(rows);
        let share = end - before;
        before = end;
        share
    });
    shares.collect()
}

/// The weight of each owner: equal, or by Zipf's law.
pub(super) fn weights(owners: u64, skewed: bool) -> Vec<u64> {
    let weight = |owner: u64| if skewed { (1 << 32) / (owner + 1) } else { 1 };
    (0..owners)
        .map(weight)
        .map(|weight: u64| weight.max(1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(blocks: &Blocks, owners: u64) -> Vec<u64> {
        (0..owners)
            .map(|owner| blocks.of_owner(owner).length)
            .collect()
    }

    #[test]
    fn rows_are_distributed_equally() {
        let blocks = Blocks::new(10, &weights(4, false), &[u64::MAX; 4]);
        assert_eq!(
            blocks.as_ref().map(|it| lengths(it, 4)),
            Ok(vec![2, 3, 2, 3])
        );
        assert_eq!(blocks.map(|it| it.of_row(4).owner), Ok(Some(1)));
    }

    #[test]
    fn an_owner_who_may_not_have_more_leaves_rows_to_others() {
        let blocks = Blocks::new(10, &weights(3, false), &[1, 0, 20]);
        assert_eq!(blocks.map(|it| lengths(&it, 3)), Ok(vec![1, 0, 9]));
        assert_eq!(Blocks::new(10, &weights(2, false), &[4, 5]), Err(9));
    }

    #[test]
    fn skewed_owners_have_different_numbers_of_rows() {
        let blocks = Blocks::new(100, &weights(4, true), &[u64::MAX; 4]);
        assert_eq!(blocks.map(|it| lengths(&it, 4)), Ok(vec![48, 24, 15, 13]));
    }

    #[test]
    fn no_rows_need_no_owners() {
        assert_eq!(
            Blocks::new(0, &[], &[]).map(|it| it.of_row(0).length),
            Ok(0)
        );
    }
}
