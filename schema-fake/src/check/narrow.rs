use super::{Op, Term, Test};
use crate::value::{Kind, Limits, Number, Value};

/// Adds to the limits of each column what the test demands of the column alone.
pub(crate) fn narrow(test: &Test, kinds: &[Option<Kind>], limits: &mut [Limits]) {
    Narrow { kinds, limits }.by(test);
}

struct Narrow<'n> {
    kinds: &'n [Option<Kind>],
    limits: &'n mut [Limits],
}

impl Narrow<'_> {
    fn by(&mut self, test: &Test) {
        match test {
            Test::And(tests) => tests.iter().for_each(|test| self.by(test)),
            Test::Or(tests) => self.by_unless_null(tests),
            Test::Compare(op, term, Term::Constant(value)) => self.by_comparison(*op, term, value),
            Test::Compare(op, Term::Constant(value), term) => {
                self.by_comparison(op.flipped(), term, value);
            }
            Test::Between(term, Term::Constant(low), Term::Constant(high)) => {
                self.by_comparison(Op::AtLeast, term, low);
                self.by_comparison(Op::AtMost, term, high);
            }
            Test::OneOf {
                term: Term::Column(at),
                values,
                negated: false,
            } => self.only(*at, values.clone()),
            Test::IsTrue {
                term: Term::Column(at),
                negated,
            } => self.only(*at, vec![Value::Bool(!negated)]),
            Test::Matches(Term::Column(at), pattern) => {
                if let Some(limits) = self.limits.get_mut(*at) {
                    limits.pattern.get_or_insert_with(|| pattern.clone());
                }
            }
            Test::Holds(Term::Column(at), values) => {
                if let Some(limits) = self.limits.get_mut(*at) {
                    limits.of_element().only(values.clone());
                }
            }
            _ => {}
        }
    }

    /// A column that is null or has to pass a test passes the test where it is not null.
    fn by_unless_null(&mut self, tests: &[Test]) {
        let is_null = |test: &&Test| matches!(test, Test::IsNull { negated: false, .. });
        let (nulls, others): (Vec<_>, Vec<_>) = tests.iter().partition(is_null);
        let columns: Vec<_> = nulls.iter().flat_map(|test| test.columns()).collect();
        let ([column], [other]) = (columns.as_slice(), others.as_slice()) else {
            return;
        };
        if other.columns() == [*column] {
            self.by(other);
        }
    }

    fn only(&mut self, at: usize, values: Vec<Value>) {
        if let Some(limits) = self.limits.get_mut(at) {
            limits.only(values);
        }
    }

    fn by_comparison(&mut self, op: Op, term: &Term, value: &Value) {
        match term {
            Term::Column(at) => self.by_value(op, *at, value),
            Term::Length(term) => {
                if let (Some(at), Value::Number(number)) = (column_in(term), value) {
                    self.by_length(op, at, *number);
                }
            }
            _ => {}
        }
    }

    fn by_value(&mut self, op: Op, at: usize, value: &Value) {
        let kind = self.kinds.get(at).and_then(Option::as_ref);
        let (Some(kind), Some(limits)) = (kind, self.limits.get_mut(at)) else {
            return;
        };
        let Some((floor, is_exact)) = kind.place(value) else {
            if op == Op::Equal {
                limits.only(vec![value.clone()]);
            }
            return;
        };
        match op {
            Op::Equal => limits.only(vec![value.clone()]),
            Op::Unequal => {}
            Op::Less => limits.at_most(floor - i128::from(is_exact)),
            Op::AtMost => limits.at_most(floor),
            Op::More => limits.at_least(floor + 1),
            Op::AtLeast => limits.at_least(floor + i128::from(!is_exact)),
        }
    }

    fn by_length(&mut self, op: Op, at: usize, number: Number) {
        let Some(limits) = self.limits.get_mut(at) else {
            return;
        };
        let floor = number
            .floor_at(0)
            .and_then(|floor| usize::try_from(floor).ok());
        let Some(length) = floor else {
            return;
        };
        match op {
            Op::AtLeast => limits.shortest = limits.shortest.max(length),
            Op::More => limits.shortest = limits.shortest.max(length + 1),
            Op::AtMost => limits.no_longer(length),
            Op::Less => limits.no_longer(length.saturating_sub(1)),
            Op::Equal => {
                limits.shortest = length;
                limits.no_longer(length);
            }
            Op::Unequal => limits.shortest = limits.shortest.max(usize::from(length == 0)),
        }
    }
}

/// The column whose text a term is, perhaps trimmed.
fn column_in(term: &Term) -> Option<usize> {
    match term {
        Term::Column(at) => Some(*at),
        Term::Trimmed(term) | Term::Lower(term) | Term::Upper(term) => column_in(term),
        _ => None,
    }
}
