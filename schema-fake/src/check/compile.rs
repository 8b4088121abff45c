use freehold_schema_core::ir::{Expr, Schema, SqlType};
use freehold_schema_core::model::{BinaryOp, UnaryOp};
use freehold_schema_core::normal;

use super::{Op, Term, Test};
use crate::pattern::Pattern;
use crate::value::{DAY, Kind, Number, Value};

/// What the names in a condition mean.
pub(crate) struct Scope<'s> {
    pub(crate) schema: &'s Schema,
    pub(crate) names: &'s [String],
    pub(crate) kinds: &'s [Option<Kind>],
    /// The latest time of a row, which stands for the present.
    pub(crate) until: i64,
}

/// How far after the latest time a time is in the future for certain.
const FUTURE: i64 = 100 * 365 * DAY;

impl Scope<'_> {
    /// The condition; `None` if a part of it is not understood.
    pub(crate) fn test(&self, expr: &Expr) -> Option<Test> {
        match expr {
            Expr::Unary(UnaryOp::Not, operand) => Some(self.test(operand)?.negated()),
            Expr::Binary(op, left, right) => self.binary(*op, left, right),
            Expr::IsNull { operand, negated } => Some(Test::IsNull {
                term: self.term(operand, None)?,
                negated: *negated,
            }),
            Expr::In {
                operand,
                list,
                negated,
            } => self.one_of(operand, list, *negated),
            Expr::Between { operand, low, high } => {
                let term = self.term(operand, None)?;
                let kind = self.ordered(&term)?;
                let (low, high) = (self.term(low, kind)?, self.term(high, kind)?);
                Some(Test::Between(term, low, high))
            }
            Expr::IsDistinct(left, right) => {
                let (left, right) = self.pair(left, right)?;
                Some(Test::IsDistinct(left, right))
            }
            Expr::Column(_) => self.is_true(expr),
            Expr::Sql(sql) => self.test(&normal::parsed(sql)?),
            _ => None,
        }
    }

    fn is_true(&self, expr: &Expr) -> Option<Test> {
        let term = self.term(expr, None)?;
        let is_bool = term.kind(self.kinds) == Some(&Kind::Bool);
        is_bool.then_some(Test::IsTrue {
            term,
            negated: false,
        })
    }

    fn binary(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<Test> {
        let both = || Some(vec![self.test(left)?, self.test(right)?]);
        match op {
            BinaryOp::And => both().map(Test::And),
            BinaryOp::Or => both().map(Test::Or),
            BinaryOp::Eq | BinaryOp::Ne if is_condition(left) && is_condition(right) => {
                let (one, other) = (self.test(left)?, self.test(right)?);
                let same = Test::Same(Box::new(one), Box::new(other));
                Some(if op == BinaryOp::Eq {
                    same
                } else {
                    same.negated()
                })
            }
            BinaryOp::Like | BinaryOp::ILike => {
                let pattern = |text: &str| Some(Pattern::like(text, op == BinaryOp::ILike));
                self.matches(left, right, pattern)
            }
            BinaryOp::Matches | BinaryOp::MatchesIgnoreCase => {
                let ignores_case = op == BinaryOp::MatchesIgnoreCase;
                self.matches(left, right, |text| Pattern::regular(text, ignores_case))
            }
            BinaryOp::ContainedBy => self.holds(left, right),
            other => self.compare(comparison(other)?, left, right),
        }
    }

    fn matches(
        &self,
        left: &Expr,
        right: &Expr,
        pattern: impl Fn(&str) -> Option<Pattern>,
    ) -> Option<Test> {
        let Expr::Text(text) = without_cast(right) else {
            return None;
        };
        Some(Test::Matches(self.term(left, None)?, pattern(text)?))
    }

    fn holds(&self, left: &Expr, right: &Expr) -> Option<Test> {
        let Expr::Array { elements, .. } = right else {
            return None;
        };
        let term = self.term(left, None)?;
        let Kind::Array(element) = term.kind(self.kinds)? else {
            return None;
        };
        let values = elements.iter().map(|value| self.constant(value, element));
        Some(Test::Holds(term.clone(), values.collect::<Option<_>>()?))
    }

    fn one_of(&self, operand: &Expr, list: &[Expr], negated: bool) -> Option<Test> {
        let term = self.term(operand, None)?;
        let kind = term.kind(self.kinds)?;
        let values = list.iter().map(|value| self.constant(value, kind));
        let values = values.collect::<Option<_>>()?;
        Some(Test::OneOf {
            term,
            values,
            negated,
        })
    }

    fn constant(&self, expr: &Expr, kind: &Kind) -> Option<Value> {
        match self.term(expr, Some(kind))? {
            Term::Constant(value) => Some(value),
            _ => None,
        }
    }

    fn compare(&self, op: Op, left: &Expr, right: &Expr) -> Option<Test> {
        if is_now(left) {
            return self.compare(op.flipped(), right, left);
        }
        if is_now(right) {
            let time = match op {
                Op::Less | Op::AtMost => self.until,
                Op::More | Op::AtLeast => self.until.saturating_add(FUTURE),
                Op::Equal | Op::Unequal => return None,
            };
            let time = Term::Constant(Value::Timestamp(time));
            return Some(Test::Compare(op, self.term(left, None)?, time));
        }
        let (left, right) = self.pair(left, right)?;
        if !matches!(op, Op::Equal | Op::Unequal) {
            self.ordered(&left)?;
        }
        Some(Test::Compare(op, left, right))
    }

    /// Both sides; a literal has the kind of the other side.
    fn pair(&self, left: &Expr, right: &Expr) -> Option<(Term, Term)> {
        if matches!(left, Expr::Text(_)) {
            let right = self.term(right, None)?;
            return Some((self.term(left, right.kind(self.kinds))?, right));
        }
        let left = self.term(left, None)?;
        let right = self.term(right, left.kind(self.kinds))?;
        Some((left, right))
    }

    /// The kind of a term; the outer `None` if its values have an order that is not known here, as texts have.
    #[allow(clippy::option_option)] // The outer one means that it is not understood.
    fn ordered<'k>(&'k self, term: &'k Term) -> Option<Option<&'k Kind>> {
        match term.kind(self.kinds) {
            Some(kind) => kind.range().map(|_| Some(kind)),
            None => Some(None),
        }
    }

    fn term(&self, expr: &Expr, kind: Option<&Kind>) -> Option<Term> {
        let inner = |expr: &Expr| self.term(expr, kind).map(Box::new);
        match expr {
            Expr::Column(name) => {
                let at = self.names.iter().position(|other| other == name)?;
                self.kinds.get(at)?.as_ref().map(|_| Term::Column(at))
            }
            Expr::Number(text) => Number::parse(text).map(Value::Number).map(Term::Constant),
            Expr::Text(text) => match kind {
                Some(kind) => kind.read(text).map(Term::Constant),
                None => Some(Term::Constant(text.as_str().into())),
            },
            Expr::Bool(value) => Some(Term::Constant(Value::Bool(*value))),
            Expr::Null => Some(Term::Constant(Value::Null)),
            Expr::Unary(UnaryOp::Minus, operand) => Some(Term::Negative(inner(operand)?)),
            Expr::Binary(op, left, right) => self.arithmetic(*op, left, right),
            Expr::Call(name, arguments) => self.call(name, arguments),
            Expr::Cast(operand, sql_type) => self.cast(operand, sql_type),
            _ => None,
        }
    }

    fn arithmetic(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Option<Term> {
        let (left, right) = (self.term(left, None)?, self.term(right, None)?);
        let (left, right) = (Box::new(left), Box::new(right));
        match op {
            BinaryOp::Add => Some(Term::Plus(left, right)),
            BinaryOp::Sub => Some(Term::Minus(left, right)),
            BinaryOp::Mul => Some(Term::Times(left, right)),
            _ => None,
        }
    }

    /// A literal of a type, or a column that is cast to its own kind.
    fn cast(&self, operand: &Expr, sql_type: &str) -> Option<Term> {
        let kind = Kind::of(&SqlType::Sql(sql_type.to_owned()), self.schema);
        if let Expr::Text(text) = operand {
            return kind
                .unwrap_or(Kind::Label(Vec::new()))
                .read(text)
                .map(Term::Constant);
        }
        let term = self.term(operand, None)?;
        let is_same = match (term.kind(self.kinds), &kind) {
            (Some(Kind::Text { .. }), Some(Kind::Text { longest: None, .. })) => true,
            (own, kind) => own == kind.as_ref(),
        };
        is_same.then_some(term)
    }

    fn call(&self, name: &str, arguments: &[Expr]) -> Option<Term> {
        let terms = || arguments.iter().map(|argument| self.term(argument, None));
        let all = || terms().collect::<Option<Vec<_>>>();
        let [first, rest @ ..] = arguments else {
            return None;
        };
        let one = || self.term(first, None).map(Box::new);
        match (name, rest) {
            ("length" | "char_length" | "character_length" | "cardinality", []) => {
                one().map(Term::Length)
            }
            ("array_length", [Expr::Number(dimension)]) if dimension == "1" => {
                one().map(Term::Length)
            }
            ("lower", []) => one().map(Term::Lower),
            ("upper", []) => one().map(Term::Upper),
            ("trim" | "btrim", []) => one().map(Term::Trimmed),
            ("abs", []) => one().map(Term::Absolute),
            ("coalesce", _) => all().map(Term::First),
            ("num_nulls" | "num_nonnulls", _) => Some(Term::Nulls {
                terms: all()?,
                counts_nulls: name == "num_nulls",
            }),
            _ => None,
        }
    }
}

/// Whether an expression is a condition by its form.
const fn is_condition(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::IsNull { .. } | Expr::In { .. } | Expr::Between { .. } | Expr::IsDistinct(..)
    ) || matches!(expr, Expr::Unary(UnaryOp::Not, _))
        || matches!(expr, Expr::Binary(op, ..) if comparison(*op).is_some())
}

const fn comparison(op: BinaryOp) -> Option<Op> {
    match op {
        BinaryOp::Eq => Some(Op::Equal),
        BinaryOp::Ne => Some(Op::Unequal),
        BinaryOp::Lt => Some(Op::Less),
        BinaryOp::Le => Some(Op::AtMost),
        BinaryOp::Gt => Some(Op::More),
        BinaryOp::Ge => Some(Op::AtLeast),
        _ => None,
    }
}

fn without_cast(expr: &Expr) -> &Expr {
    match expr {
        Expr::Cast(operand, _) => operand,
        other => other,
    }
}

fn is_now(expr: &Expr) -> bool {
    match expr {
        Expr::Call(name, arguments) => name == "now" && arguments.is_empty(),
        Expr::Keyword(word) => {
            matches!(
                word.as_str(),
                "current_timestamp" | "current_date" | "localtimestamp"
            )
        }
        _ => false,
    }
}
