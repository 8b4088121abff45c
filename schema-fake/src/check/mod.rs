//! Conditions of checks and indexes, as far as they are understood.
//!
//! `compile` reads the expression tree of the schema into a [`Test`]. `evaluate` decides whether a row passes,
//! `narrow` finds what a test demands of single columns, and `repair` changes a row so that it passes.

mod compile;
mod evaluate;
mod narrow;
mod repair;

use crate::pattern::Pattern;
use crate::value::{Kind, Value};

pub(crate) use compile::Scope;
pub(crate) use narrow::narrow;
pub(crate) use repair::{Cell, Repair};

/// A condition on a row. It is a `NOT` only of what cannot be negated in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    Compare(Op, Term, Term),
    IsNull {
        term: Term,
        negated: bool,
    },
    OneOf {
        term: Term,
        values: Vec<Value>,
        negated: bool,
    },
    Between(Term, Term, Term),
    Matches(Term, Pattern),
    /// Whether an array holds only these values.
    Holds(Term, Vec<Value>),
    IsDistinct(Term, Term),
    /// A term that is true or false.
    IsTrue {
        term: Term,
        negated: bool,
    },
    /// Whether two conditions have the same truth.
    Same(Box<Test>, Box<Test>),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// What has a value in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// The column at this position.
    Column(usize),
    Constant(Value),
    /// The characters of a text, or the elements of an array.
    Length(Box<Term>),
    Lower(Box<Term>),
    Upper(Box<Term>),
    Trimmed(Box<Term>),
    Absolute(Box<Term>),
    Negative(Box<Term>),
    Plus(Box<Term>, Box<Term>),
    Minus(Box<Term>, Box<Term>),
    Times(Box<Term>, Box<Term>),
    /// The first that is not null.
    First(Vec<Term>),
    /// How many are null, or how many are not.
    Nulls {
        terms: Vec<Term>,
        counts_nulls: bool,
    },
}

impl Op {
    /// The comparison that is true where this one is false.
    pub(crate) const fn negated(self) -> Self {
        match self {
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::Less => Self::AtLeast,
            Self::AtLeast => Self::Less,
            Self::More => Self::AtMost,
            Self::AtMost => Self::More,
        }
    }

    /// The comparison with its sides exchanged.
    pub(crate) const fn flipped(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::More => Self::Less,
            Self::AtMost => Self::AtLeast,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }
}

impl Test {
    /// The test that fails where this one passes. Both are unknown for the same rows.
    pub(crate) fn negated(self) -> Self {
        let each = |tests: Vec<Self>| tests.into_iter().map(Self::negated).collect();
        match self {
            Self::And(tests) => Self::Or(each(tests)),
            Self::Or(tests) => Self::And(each(tests)),
            Self::Not(test) => *test,
            Self::Compare(op, left, right) => Self::Compare(op.negated(), left, right),
            Self::IsNull { term, negated } => Self::IsNull {
                term,
                negated: !negated,
            },
            Self::OneOf {
                term,
                values,
                negated,
            } => Self::OneOf {
                term,
                values,
                negated: !negated,
            },
            Self::IsTrue { term, negated } => Self::IsTrue {
                term,
                negated: !negated,
            },
            Self::Same(one, other) => Self::Same(one, Box::new(other.negated())),
            other => Self::Not(Box::new(other)),
        }
    }

    /// The positions of the columns that it reads.
    pub(crate) fn columns(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.visit(&mut |term| {
            if let Term::Column(at) = term {
                found.push(*at);
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    fn visit(&self, see: &mut impl FnMut(&Term)) {
        let (tests, terms): (Vec<&Self>, Vec<&Term>) = match self {
            Self::And(tests) | Self::Or(tests) => (tests.iter().collect(), Vec::new()),
            Self::Not(test) => (vec![test], Vec::new()),
            Self::Same(one, other) => (vec![one, other], Vec::new()),
            Self::Compare(_, left, right) | Self::IsDistinct(left, right) => {
                (Vec::new(), vec![left, right])
            }
            Self::Between(term, low, high) => (Vec::new(), vec![term, low, high]),
            Self::IsNull { term, .. }
            | Self::OneOf { term, .. }
            | Self::Matches(term, _)
            | Self::Holds(term, _)
            | Self::IsTrue { term, .. } => (Vec::new(), vec![term]),
        };
        for test in tests {
            test.visit(see);
        }
        for term in terms {
            term.visit(see);
        }
    }
}

impl Term {
    fn visit(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        match self {
            Self::Column(_) | Self::Constant(_) => {}
            Self::Length(term)
            | Self::Lower(term)
            | Self::Upper(term)
            | Self::Trimmed(term)
            | Self::Absolute(term)
            | Self::Negative(term) => term.visit(see),
            Self::Plus(left, right) | Self::Minus(left, right) | Self::Times(left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::First(terms) | Self::Nulls { terms, .. } => {
                for term in terms {
                    term.visit(see);
                }
            }
        }
    }

    /// The kind of its values, if one is known.
    fn kind<'k>(&'k self, columns: &'k [Option<Kind>]) -> Option<&'k Kind> {
        match self {
            Self::Column(at) => columns.get(*at)?.as_ref(),
            Self::Absolute(term)
            | Self::Negative(term)
            | Self::Lower(term)
            | Self::Upper(term)
            | Self::Trimmed(term) => term.kind(columns),
            Self::Plus(left, right) | Self::Minus(left, right) | Self::Times(left, right) => {
                left.kind(columns).or_else(|| right.kind(columns))
            }
            Self::First(terms) => terms.iter().find_map(|term| term.kind(columns)),
            Self::Constant(_) | Self::Length(_) | Self::Nulls { .. } => None,
        }
    }
}
