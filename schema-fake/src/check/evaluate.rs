use std::cmp::Ordering;

use super::{Op, Term, Test};
use crate::value::{DAY, Number, Value};

impl Test {
    /// Whether a row passes, in the logic of SQL: `None` is unknown, and passes a check.
    pub(crate) fn passes(&self, row: &[Value]) -> Option<bool> {
        match self {
            Self::And(tests) => all(tests, row),
            Self::Or(tests) => any(tests, row),
            Self::Not(test) => test.passes(row).map(|passes| !passes),
            Self::Compare(op, left, right) => op.holds(&left.value(row), &right.value(row)),
            Self::IsNull { term, negated } => Some(term.value(row).is_null() != *negated),
            Self::OneOf {
                term,
                values,
                negated,
            } => one_of(&term.value(row), values).map(|is_one| is_one != *negated),
            Self::Between(term, low, high) => {
                let value = term.value(row);
                let above = Op::AtLeast.holds(&value, &low.value(row));
                let below = Op::AtMost.holds(&value, &high.value(row));
                both(above, below)
            }
            Self::Matches(term, pattern) => match term.value(row) {
                Value::Text(text) => Some(pattern.matches(&text)),
                _ => None,
            },
            Self::Holds(term, values) => match term.value(row) {
                Value::Array(elements) => Some(elements.iter().all(|it| values.contains(it))),
                _ => None,
            },
            Self::IsDistinct(left, right) => Some(is_distinct(&left.value(row), &right.value(row))),
            Self::IsTrue { term, negated } => match term.value(row) {
                Value::Bool(value) => Some(value != *negated),
                _ => None,
            },
            Self::Same(one, other) => Some(one.passes(row)? == other.passes(row)?),
        }
    }

    /// Whether a row violates a check with this condition.
    pub(crate) fn fails(&self, row: &[Value]) -> bool {
        self.passes(row) == Some(false)
    }
}

fn all(tests: &[Test], row: &[Value]) -> Option<bool> {
    let mut found = Some(true);
    for test in tests {
        found = both(found, test.passes(row));
    }
    found
}

fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn any(tests: &[Test], row: &[Value]) -> Option<bool> {
    either(tests.iter().map(|test| test.passes(row)))
}

/// The `OR` of all.
fn either(all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut found = Some(false);
    for one in all {
        match one {
            Some(true) => return one,
            Some(false) => {}
            None => found = None,
        }
    }
    found
}

fn one_of(value: &Value, values: &[Value]) -> Option<bool> {
    either(values.iter().map(|other| Op::Equal.holds(value, other)))
}

fn is_distinct(one: &Value, other: &Value) -> bool {
    match (one.is_null(), other.is_null()) {
        (false, false) => compared(one, other) != Some(Ordering::Equal),
        (one, other) => one != other,
    }
}

impl Op {
    /// Whether the comparison is true; unknown for nulls and for values of kinds that are not compared here.
    pub(crate) fn holds(self, left: &Value, right: &Value) -> Option<bool> {
        let order = compared(left, right)?;
        Some(match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        })
    }
}

fn compared(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Uuid(left), Value::Uuid(right)) => Some(left.cmp(right)),
        (Value::Bytes(left), Value::Bytes(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::Time(left), Value::Time(right))
        | (Value::Timestamp(left), Value::Timestamp(right))
        | (Value::Interval(left), Value::Interval(right)) => Some(left.cmp(right)),
        (Value::Date(days), Value::Timestamp(micros)) => Some((i64::from(*days) * DAY).cmp(micros)),
        (Value::Timestamp(micros), Value::Date(days)) => {
            Some(micros.cmp(&(i64::from(*days) * DAY)))
        }
        (Value::Array(left), Value::Array(right)) if left == right => Some(Ordering::Equal),
        _ => None,
    }
}

impl Term {
    /// Its value in a row; null also where it cannot be computed here.
    pub(crate) fn value(&self, row: &[Value]) -> Value {
        let found = match self {
            Self::Column(at) => row.get(*at).cloned(),
            Self::Constant(value) => Some(value.clone()),
            Self::Length(term) => length(&term.value(row)),
            Self::Lower(term) => text(&term.value(row), str::to_lowercase),
            Self::Upper(term) => text(&term.value(row), str::to_uppercase),
            Self::Trimmed(term) => text(&term.value(row), |text| text.trim_matches(' ').to_owned()),
            Self::Absolute(term) => {
                number(
                    &term.value(row),
                    |it| if it < ZERO { it.negated() } else { it },
                )
            }
            Self::Negative(term) => number(&term.value(row), Number::negated),
            Self::Plus(left, right) => sum(&left.value(row), &right.value(row)),
            Self::Minus(left, right) => difference(&left.value(row), &right.value(row)),
            Self::Times(left, right) => match (left.value(row), right.value(row)) {
                (Value::Number(left), Value::Number(right)) => left.times(right).map(Value::Number),
                _ => None,
            },
            Self::First(terms) => terms
                .iter()
                .map(|term| term.value(row))
                .find(|it| !it.is_null()),
            Self::Nulls {
                terms,
                counts_nulls,
            } => {
                let values = terms.iter().map(|term| term.value(row).is_null());
                let count = values.filter(|is_null| is_null == counts_nulls).count();
                u64::try_from(count).ok().map(Value::from)
            }
        };
        found.unwrap_or(Value::Null)
    }
}

const ZERO: Number = Number::new(0, 0);

fn length(value: &Value) -> Option<Value> {
    let length = match value {
        Value::Text(text) => text.chars().count(),
        Value::Array(elements) => elements.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => return None,
    };
    u64::try_from(length).ok().map(Value::from)
}

fn text(value: &Value, change: impl Fn(&str) -> String) -> Option<Value> {
    match value {
        Value::Text(text) => Some(change(text).into()),
        _ => None,
    }
}

fn number(value: &Value, change: impl Fn(Number) -> Number) -> Option<Value> {
    match value {
        Value::Number(number) => Some(Value::Number(change(*number))),
        _ => None,
    }
}

fn sum(left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.plus(*right).map(Value::Number),
        (Value::Timestamp(time), Value::Interval(length))
        | (Value::Interval(length), Value::Timestamp(time)) => {
            time.checked_add(*length).map(Value::Timestamp)
        }
        (Value::Date(days), Value::Interval(length)) => (i64::from(*days) * DAY)
            .checked_add(*length)
            .map(Value::Timestamp),
        (Value::Date(days), Value::Number(more)) => {
            let more = i32::try_from(more.whole()?).ok()?;
            days.checked_add(more).map(Value::Date)
        }
        (Value::Interval(left), Value::Interval(right)) => {
            left.checked_add(*right).map(Value::Interval)
        }
        _ => None,
    }
}

fn difference(left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.minus(*right).map(Value::Number),
        (Value::Timestamp(left), Value::Timestamp(right)) => {
            left.checked_sub(*right).map(Value::Interval)
        }
        (Value::Date(left), Value::Date(right)) => left.checked_sub(*right).map(Value::from),
        (left, Value::Interval(length)) => sum(left, &Value::Interval(length.checked_neg()?)),
        (left, Value::Number(less)) => sum(left, &Value::Number(less.negated())),
        _ => None,
    }
}
