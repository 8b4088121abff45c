//! Random numbers that depend only on what they are for.

use fake::{Dummy, Fake as _};
use rand::Rng;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// The hash of texts by FNV-1a. It is the same in every release, unlike that of the standard library.
pub(crate) fn hash(seed: u64, parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    let start = seed.to_le_bytes().into_iter().chain(bytes);
    let hash = start.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // FNV-1a spreads the last bytes badly.
    mixed(hash)
}

/// The finalizer of `MurmurHash3`.
pub(crate) const fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// A stream of random numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random(ChaCha8Rng);

impl Random {
    /// The stream of a key, which is a [`hash`] of what it is for.
    pub(crate) fn new(key: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(key))
    }

    /// The stream of a row.
    pub(crate) fn of_row(&self, row: u64) -> Self {
        let mut rng = self.0.clone();
        rng.set_stream(row);
        Self(rng)
    }

    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `end`; 0 if `end` is 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        // The product is below `end` times 2 to the power of 64.
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i128, high: i128) -> i128 {
        let span = high.saturating_sub(low).max(0).unsigned_abs();
        let span = u64::try_from(span).unwrap_or(u64::MAX - 1);
        low + i128::from(self.below(span.saturating_add(1)))
    }

    /// True for `share` of 1,000 calls.
    pub(crate) fn chance(&mut self, share: u64) -> bool {
        self.below(1_000) < share
    }

    /// One of the values.
    pub(crate) fn pick<'v, V>(&mut self, values: &'v [V]) -> Option<&'v V> {
        let at = self.below(u64::try_from(values.len()).unwrap_or_default());
        values.get(usize::try_from(at).unwrap_or_default())
    }

    /// A word of the crate `fake`.
    pub(crate) fn word<V, F>(&mut self, faker: &F) -> V
    where
        V: Dummy<F>,
    {
        faker.fake_with_rng(&mut self.0)
    }
}

/// The number at place `index` of a random order of the numbers below `count`.
///
/// This is a Feistel network over the next power of four. A number that is too large goes through it again.
pub(crate) fn shuffled(key: u64, index: u64, count: u64) -> u64 {
    let bits = 64 - count.saturating_sub(1).leading_zeros();
    let half = bits.div_ceil(2).max(1);
    let mask = (1_u64 << half) - 1;
    let mut number = index;
    loop {
        let (mut left, mut right) = (number >> half, number & mask);
        for round in 0..4 {
            (left, right) = (right, left ^ (mixed(key ^ (right << 3) ^ round) & mask));
        }
        number = (left << half) | right;
        if number < count {
            return number;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_hash_stays_the_same() {
        assert_eq!(hash(7, &["orders", "note"]), hash(7, &["orders", "note"]));
        assert_ne!(hash(7, &["ab", "c"]), hash(7, &["a", "bc"]));
        assert_ne!(hash(7, &["orders"]), hash(8, &["orders"]));
    }

    #[test]
    fn a_shuffle_holds_each_number_once() {
        for count in [1, 2, 3, 10, 64, 1000] {
            let all: BTreeSet<_> = (0..count).map(|at| shuffled(5, at, count)).collect();
            assert_eq!(all, (0..count).collect());
        }
    }

    #[test]
    fn numbers_stay_in_their_range() {
        let mut random = Random::new(1);
        assert!((0..1000).all(|_| (-3..=3).contains(&random.between(-3, 3))));
        assert_eq!(random.below(0), 0);
    }
}
