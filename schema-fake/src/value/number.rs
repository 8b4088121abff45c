use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number: `units` divided by 10 to the power of `scale`.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    units: i128,
    scale: u32,
}

impl Number {
    /// `units` divided by 10 to the power of `scale`.
    pub const fn new(units: i128, scale: u32) -> Self {
        Self { units, scale }
    }

    /// The number that an SQL literal such as `12.50` means; `None` for an exponent and for too many digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (digits, is_negative) = match text.strip_prefix('-') {
            Some(digits) => (digits, true),
            None => (text, false),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let joined = format!("{whole}{fraction}");
        let is_number = !joined.is_empty() && joined.bytes().all(|byte| byte.is_ascii_digit());
        let units: i128 = is_number.then(|| joined.parse().ok())??;
        let scale = u32::try_from(fraction.len()).ok()?;
        Some(Self::new(if is_negative { -units } else { units }, scale))
    }

    /// The units of the largest number with this scale that is not above it.
    pub(crate) fn floor_at(self, scale: u32) -> Option<i128> {
        if scale >= self.scale {
            return self.units.checked_mul(power(scale - self.scale)?);
        }
        Some(self.units.div_euclid(power(self.scale - scale)?))
    }

    /// Whether it has no more decimal digits than `scale`, trailing zeros aside.
    pub(crate) fn fits(self, scale: u32) -> bool {
        let floor = self.floor_at(scale).map(|units| Self::new(units, scale));
        floor == Some(self)
    }

    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(Self::new(left.checked_add(right)?, scale))
    }

    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let units = self.units.checked_mul(other.units)?;
        Some(Self::new(units, self.scale + other.scale))
    }

    pub(crate) const fn negated(self) -> Self {
        Self::new(-self.units, self.scale)
    }

    /// The units of both at the larger scale.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        Some((self.floor_at(scale)?, other.floor_at(scale)?, scale))
    }

    /// The value as a whole number, if it has no decimal digits.
    pub(crate) fn whole(self) -> Option<i128> {
        self.floor_at(0).filter(|_| self.fits(0))
    }
}

fn power(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((left, right, _)) => left.cmp(&right),
            // One of them is too large to be written with the scale of the other.
            None => self.floor_at(0).cmp(&other.floor_at(0)),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.units);
        }
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = self.units.unsigned_abs();
        let one = 10_u128.checked_pow(self.scale).unwrap_or(u128::MAX);
        let width = usize::try_from(self.scale).unwrap_or_default();
        write!(f, "{sign}{}.{:0width$}", digits / one, digits % one)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn literals_are_read_and_written() {
        for text in ["0", "-3", "12.50", "-0.07"] {
            let written = Number::parse(text).map(|number| number.to_string());
            assert_eq!(written.as_deref(), Some(text));
        }
        assert_eq!(Number::parse("1e5"), None);
        assert_eq!(Number::parse(""), None);
    }

    #[test]
    fn numbers_of_different_scales_are_compared() {
        assert_eq!(Number::new(10, 1), Number::new(1, 0));
        assert!(Number::new(-1, 1) > Number::new(-1, 0));
        assert_eq!(Number::new(-15, 1).floor_at(0), Some(-2));
        assert!(!Number::new(15, 1).fits(0));
    }
}
