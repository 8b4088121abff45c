use super::{Op, Term, Test};
use crate::random::Random;
use crate::value::{Context, Natural, Value};

/// A column of a row that is repaired.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'c> {
    pub(crate) natural: &'c Natural,
    /// Whether it may get another value.
    pub(crate) is_free: bool,
    pub(crate) nullable: bool,
}

/// Changes a row so that it passes tests.
pub(crate) struct Repair<'r> {
    pub(crate) cells: &'r [Option<Cell<'r>>],
    pub(crate) random: &'r mut Random,
    pub(crate) context: Context,
}

/// How many values are tried where no better way is known.
const TRIES: usize = 8;

impl<'r> Repair<'r> {
    /// Changes the row so that it passes the test, as far as possible. Returns whether it passes.
    pub(crate) fn pass(&mut self, test: &Test, row: &mut [Value]) -> bool {
        if !test.fails(row) {
            return true;
        }
        match test {
            Test::And(tests) => tests.iter().for_each(|test| {
                self.pass(test, row);
            }),
            Test::Or(tests) => self.any(tests, row),
            Test::Compare(op, left, right) => self.compare(*op, left, right, row),
            Test::Between(Term::Column(at), low, high) => {
                let (low, high) = (low.value(row), high.value(row));
                self.set_between(*at, Some(&low), Some(&high), row);
            }
            Test::IsNull {
                term: Term::Column(at),
                negated,
            } => self.set_null(*at, !negated, row),
            Test::OneOf {
                term: Term::Column(at),
                values,
                negated: false,
            } => {
                let value = self.random.pick(values).cloned().unwrap_or(Value::Null);
                self.set(*at, value, row);
            }
            Test::IsTrue {
                term: Term::Column(at),
                negated,
            } => self.set(*at, Value::Bool(!negated), row),
            Test::Same(one, other) => self.same(one, other, row),
            other => self.try_values(other, row),
        }
        !test.fails(row)
    }

    /// Begins at a random place, so that each way is taken by some rows.
    fn any(&mut self, tests: &[Test], row: &mut [Value]) {
        let count = tests.len();
        let start = self.random.below(u64::try_from(count).unwrap_or_default());
        let start = usize::try_from(start).unwrap_or_default();
        let before = row.to_vec();
        for at in 0..count {
            let Some(test) = tests.get((start + at) % count) else {
                continue;
            };
            if self.pass(test, row) {
                return;
            }
            row.clone_from_slice(&before);
        }
    }

    fn same(&mut self, one: &Test, other: &Test, row: &mut [Value]) {
        let wanted = if one.passes(row) == Some(true) {
            other.clone()
        } else {
            other.clone().negated()
        };
        if !self.pass(&wanted, row) {
            let wanted = if other.passes(row) == Some(true) {
                one.clone()
            } else {
                one.clone().negated()
            };
            self.pass(&wanted, row);
        }
    }

    /// Sets the later column of the two, since what comes later usually depends on what comes before.
    fn compare(&mut self, op: Op, left: &Term, right: &Term, row: &mut [Value]) {
        let of = |term: &Term| match term {
            Term::Column(at) => Some(*at),
            _ => None,
        };
        let mut ways = vec![(of(left), op, right), (of(right), op.flipped(), left)];
        ways.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        for (at, op, other) in ways {
            let Some(at) = at.filter(|at| self.is_free(*at)) else {
                continue;
            };
            let value = other.value(row);
            self.set_compared(at, op, &value, row);
            if op.holds(row.get(at).unwrap_or(&Value::Null), &value) != Some(false) {
                return;
            }
        }
        if of(left).is_none() && of(right).is_none() {
            self.try_values(&Test::Compare(op, left.clone(), right.clone()), row);
        }
    }

    fn set_compared(&mut self, at: usize, op: Op, value: &Value, row: &mut [Value]) {
        match op {
            Op::Equal => self.set_equal(at, value, row),
            Op::Less | Op::AtMost => self.set_between(at, None, Some(value), row),
            Op::More | Op::AtLeast => self.set_between(at, Some(value), None, row),
            Op::Unequal => {
                for _ in 0..TRIES {
                    self.renew(at, row);
                    if row.get(at) != Some(value) {
                        return;
                    }
                }
            }
        }
        let is_strict = matches!(op, Op::Less | Op::More);
        if is_strict && op.holds(row.get(at).unwrap_or(&Value::Null), value) == Some(false) {
            self.move_by_one(at, op, row);
        }
    }

    /// Sets a column to a value, in the column's own form: an amount with two decimal digits, for example.
    fn set_equal(&mut self, at: usize, value: &Value, row: &mut [Value]) {
        let place = self.cell(at).and_then(|cell| {
            let kind = &cell.natural.kind;
            let (place, is_exact) = kind.place(value)?;
            let (low, high) = cell.natural.limits.range(kind)?;
            (is_exact && low <= place && place <= high).then(|| kind.at(place))
        });
        let is_ordered = self
            .cell(at)
            .is_some_and(|cell| cell.natural.kind.range().is_some());
        match place {
            Some(value) => self.set(at, value, row),
            None if !is_ordered => self.set(at, value.clone(), row),
            None => {}
        }
    }

    /// Sets a column to a value in a range, near the end that is given.
    fn set_between(
        &mut self,
        at: usize,
        low: Option<&Value>,
        high: Option<&Value>,
        row: &mut [Value],
    ) {
        let Some(cell) = self.cell(at) else {
            return;
        };
        let kind = &cell.natural.kind;
        let place = |value: &Value| kind.place(value);
        let Some((bottom, top)) = cell.natural.limits.range(kind) else {
            return;
        };
        let ceiling = |(floor, is_exact): (i128, bool)| floor + i128::from(!is_exact);
        let low = low.and_then(place).map(ceiling);
        let high = high.and_then(place).map(|(floor, _)| floor);
        let span = span(cell.natural, low.or(high).unwrap_or_default());
        let until = kind
            .place(&Value::Timestamp(self.context.until))
            .map(|(place, _)| place);
        let (mut first, mut last) = match (low, high) {
            (Some(low), Some(high)) => (low, high),
            (Some(low), None) => {
                let end = low.saturating_add(span);
                // A time stays before the latest one, if it can.
                (
                    low,
                    until
                        .filter(|until| *until >= low)
                        .map_or(end, |until| end.min(until)),
                )
            }
            (None, Some(high)) => (high.saturating_sub(span), high),
            (None, None) => return,
        };
        first = first.max(bottom);
        last = last.min(top);
        if first <= last {
            let place = self.random.between(first, last);
            let value = kind.at(place);
            self.set(at, value, row);
        }
    }

    fn move_by_one(&mut self, at: usize, op: Op, row: &mut [Value]) {
        let Some(cell) = self.cell(at) else {
            return;
        };
        let place = row.get(at).and_then(|value| cell.natural.kind.place(value));
        if let Some((place, _)) = place {
            let step = if op == Op::Less { -1 } else { 1 };
            let value = cell.natural.kind.at(place + step);
            self.set(at, value, row);
        }
    }

    fn set_null(&mut self, at: usize, is_null: bool, row: &mut [Value]) {
        let nullable = self.cell(at).is_some_and(|cell| cell.nullable);
        match (is_null, nullable) {
            (true, true) => self.set(at, Value::Null, row),
            (true, false) => {}
            (false, _) => self.renew(at, row),
        }
    }

    /// Tries other values of the columns that a test reads.
    fn try_values(&mut self, test: &Test, row: &mut [Value]) {
        let columns = test.columns();
        for _ in 0..TRIES {
            for &at in &columns {
                self.renew(at, row);
            }
            if !test.fails(row) {
                return;
            }
        }
    }

    fn renew(&mut self, at: usize, row: &mut [Value]) {
        if let Some(cell) = self.cell(at).filter(|cell| cell.is_free) {
            let value = cell.natural.value(self.random, self.context);
            self.set(at, value, row);
        }
    }

    fn set(&self, at: usize, value: Value, row: &mut [Value]) {
        if let Some(place) = row.get_mut(at).filter(|_| self.is_free(at)) {
            *place = value;
        }
    }

    fn is_free(&self, at: usize) -> bool {
        self.cell(at).is_some_and(|cell| cell.is_free)
    }

    fn cell(&self, at: usize) -> Option<Cell<'r>> {
        self.cells.get(at).copied().flatten()
    }
}

/// How far from a bound a value may be: as far as the bound is from zero, and a month for times.
fn span(natural: &Natural, bound: i128) -> i128 {
    use crate::value::{DAY, Kind};
    match natural.kind {
        Kind::Timestamp => i128::from(30 * DAY),
        Kind::Date => 30,
        _ => bound.abs().max(10 * natural.kind.step()),
    }
}
