/// The bytes of a page (`BLCKSZ`).
pub(super) const PAGE: u64 = 8_192;

/// `value`, rounded up to a multiple of `unit`.
pub(super) const fn aligned(value: u64, unit: u64) -> u64 {
    value.div_ceil(unit).saturating_mul(unit)
}
