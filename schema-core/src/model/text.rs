//! Text functions for const evaluation: rustc evaluates a schema while it compiles, and `str` has no const comparison.

const PRIME: u128 = 0x0000_0100_0000_01b3;
pub(super) const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits (draft-eastlake-fnv).
#[allow(clippy::cast_possible_truncation)] // The cast computes the product modulo 2^64.
pub(crate) const fn fnv1a(mut hash: u64, mut bytes: &[u8]) -> u64 {
    while let [first, rest @ ..] = bytes {
        // The same as `wrapping_mul`, which would be one more call for each byte.
        hash = ((hash ^ *first as u64) as u128 * PRIME) as u64;
        bytes = rest;
    }
    hash
}

/// The hash of a text, to compare names in const and to shorten long ones.
pub(crate) const fn hash(text: &str) -> u64 {
    fnv1a(FNV_OFFSET, text.as_bytes())
}

/// Whether two texts are equal, in const.
///
/// It matches slice patterns because calls, also of `len` and `[i]`, cost rustc more in const than comparisons do.
pub(crate) const fn same_text(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([first_a, rest_a @ ..], [first_b, rest_b @ ..]) = (a, b) {
        if *first_a != *first_b {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    matches!((a, b), ([], []))
}

/// Whether `list` contains `text`, in const.
pub(crate) const fn holds_text(list: &[&str], text: &str) -> bool {
    let mut list = list;
    while let [first, rest @ ..] = list {
        if same_text(first, text) {
            return true;
        }
        list = rest;
    }
    false
}
