use crate::pattern::Pattern;

use super::{Kind, Value};

/// The longest text that is made from a pattern.
pub(super) const PATTERN_LENGTH: usize = 64;

/// What the checks and partitions of a table allow in a column, as far as they mention only this column and constants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The lowest and the highest place: see [`Kind::place`].
    pub(crate) low: Option<i128>,
    pub(crate) high: Option<i128>,
    /// The ranges of the partitions, both ends included. If there are any, a value must be in one of them.
    pub(crate) spans: Vec<(i128, i128)>,
    /// The only values.
    pub(crate) one_of: Option<Vec<Value>>,
    /// What an array's elements may be.
    pub(crate) element: Option<Box<Limits>>,
    /// The lengths of a text or an array.
    pub(crate) shortest: usize,
    pub(crate) longest: Option<usize>,
    /// The form of a text.
    pub(crate) pattern: Option<Pattern>,
}

impl Limits {
    pub(crate) fn at_least(&mut self, place: i128) {
        self.low = Some(self.low.map_or(place, |low| low.max(place)));
    }

    pub(crate) fn at_most(&mut self, place: i128) {
        self.high = Some(self.high.map_or(place, |high| high.min(place)));
    }

    pub(crate) fn no_longer(&mut self, length: usize) {
        self.longest = Some(self.longest.map_or(length, |longest| longest.min(length)));
    }

    /// The limits of an array's elements.
    pub(crate) fn of_element(&mut self) -> &mut Self {
        self.element.get_or_insert_default()
    }

    /// Allows only these values, of those that were allowed.
    pub(crate) fn only(&mut self, values: Vec<Value>) {
        let values = match self.one_of.take() {
            Some(old) => old
                .into_iter()
                .filter(|value| values.contains(value))
                .collect(),
            None => values,
        };
        self.one_of = Some(values);
    }

    /// The places of a kind that are allowed, without the partitions.
    pub(crate) fn range(&self, kind: &Kind) -> Option<(i128, i128)> {
        let (low, high) = kind.range()?;
        let low = self.low.map_or(low, |least| least.max(low));
        Some((low, self.high.map_or(high, |most| most.min(high))))
    }

    /// The length that a text may have.
    pub(crate) fn length(&self, kind: &Kind) -> usize {
        let of_type = kind.longest().unwrap_or(usize::MAX);
        self.longest.unwrap_or(usize::MAX).min(of_type)
    }

    /// The part of a range that the partitions hold: the first one that meets it.
    pub(crate) fn in_partition(&self, range: (i128, i128), choice: u64) -> (i128, i128) {
        let met: Vec<_> = self.spans.iter().map(|span| meet(*span, range)).collect();
        let met: Vec<_> = met.into_iter().filter(|(low, high)| low <= high).collect();
        let at = choice.checked_rem(u64::try_from(met.len()).unwrap_or_default());
        let at = at.and_then(|at| usize::try_from(at).ok());
        match at.and_then(|at| met.get(at)) {
            Some(span) => *span,
            None => self.spans.first().copied().unwrap_or(range),
        }
    }
}

fn meet(one: (i128, i128), other: (i128, i128)) -> (i128, i128) {
    (one.0.max(other.0), one.1.min(other.1))
}
