use std::sync::Arc;

use core::marker::PhantomData;
use core::ops::{Add, BitAnd, BitOr, Div, Mul, Not, Rem, Sub};

use super::argument::{List, OneByOne};
use super::node::{Among, ColumnRef, Node};
use super::operand::{Base, Operand};
use super::order::Order;
use super::relation::Relation as _;
use super::sources::Source;
use super::subquery::{OneColumn, in_subquery, not_in_subquery};
use crate::model::column_kind::Compared;
use crate::model::{BinaryOp, Column};
use crate::types::{ArrayElement, Newtype, SqlValue};
use crate::wire::ColumnValue;

/// An SQL expression whose values have the Rust type `V`.
pub struct Expr<V> {
    pub(crate) node: Node,
    value: PhantomData<fn() -> V>,
}

impl<V> Expr<V> {
    pub(crate) fn new(node: Node) -> Self {
        Self {
            node,
            value: PhantomData,
        }
    }
}

impl<T: Source, V: SqlValue, K> From<Column<T, V, K>> for Expr<T::Value<V>> {
    fn from(column: Column<T, V, K>) -> Self {
        Self::new(column_node(column))
    }
}

/// The column, as an expression without its type.
pub(super) fn column_node<T: Source, V, K>(column: Column<T, V, K>) -> Node {
    Node::Column(column_ref(column))
}

fn expr_node<V>(expr: Expr<V>) -> Node {
    expr.node
}

pub(crate) fn column_ref<T: Source, V, K>(column: Column<T, V, K>) -> ColumnRef {
    ColumnRef {
        meta: T::Relation::meta(),
        source: column.source(),
        position: column.position(),
    }
}

impl<V: SqlValue> Expr<V> {
    /// The same expression, read into an `Option`: for expressions over a left-joined table, which may have no row.
    pub fn optional(self) -> Expr<Option<Base<V>>> {
        Expr::new(self.node)
    }
}

impl<T: Source, V: SqlValue, K> Column<T, V, K> {
    /// The same column, read into an `Option`. Columns of a left-joined table are read into an `Option` without it.
    pub fn optional(self) -> Expr<Option<Base<V>>> {
        Expr::new(column_node(self))
    }
}

/// A condition on the rows of a statement. Combine conditions with `&`, `|` and `!`.
#[must_use = "a condition does nothing until a statement uses it"]
#[derive(Clone)]
pub struct Condition(pub(crate) Node);

impl Condition {
    /// A condition that holds for every row.
    pub fn always() -> Self {
        Self(Node::Bool(true))
    }

    /// Holds where both conditions hold: `AND`, also written `a & b`.
    pub fn and(self, other: impl Into<Self>) -> Self {
        Self(Node::binary(BinaryOp::And, self.0, other.into().0))
    }

    /// Holds where at least one of the conditions holds: `OR`, also written `a | b`.
    pub fn or(self, other: impl Into<Self>) -> Self {
        Self(Node::binary(BinaryOp::Or, self.0, other.into().0))
    }
}

impl BitAnd for Condition {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl BitOr for Condition {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        Self(Node::Not(Box::new(self.0)))
    }
}

impl<T: Source, K> From<Column<T, bool, K>> for Condition {
    fn from(column: Column<T, bool, K>) -> Self {
        Self(column_node(column))
    }
}

impl From<Expr<bool>> for Condition {
    fn from(expr: Expr<bool>) -> Self {
        Self(expr.node)
    }
}

fn compare<B>(op: BinaryOp, left: Node, right: impl Operand<B>) -> Condition {
    let right = right.node(left.cast()).0.compared();
    Condition(Node::binary(op, left.compared(), right))
}

fn is_in<V: SqlValue>(operand: Node, values: impl IntoIterator<Item = Base<V>>) -> Node
where
    Base<V>: ColumnValue + 'static,
{
    let values = List(values.into_iter().collect());
    Node::Among(vec![Among {
        cast: operand.cast(),
        list: if V::TYPE.is_array() {
            Arc::new(OneByOne(values))
        } else {
            Arc::new(values)
        },
        operand: operand.compared(),
    }])
}

fn between<B>(operand: Node, low: impl Operand<B>, high: impl Operand<B>) -> Condition {
    let cast = operand.cast();
    let (low, high) = (low.node(cast).0.compared(), high.node(cast).0.compared());
    Condition(Node::Between(
        Box::new(operand.compared()),
        Box::new(low),
        Box::new(high),
    ))
}

fn is_null(operand: Node, negated: bool) -> Condition {
    Condition(Node::IsNull {
        operand: Box::new(operand),
        negated,
    })
}

/// A text type, which can be matched with a pattern.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a text that a pattern can match",
    label = "not a text"
)]
pub trait Text {}

#[diagnostic::do_not_recommend]
impl Text for String {}

#[diagnostic::do_not_recommend]
impl Text for Box<str> {}

#[diagnostic::do_not_recommend]
impl<N: Newtype<Inner = String>> Text for N {}

/// A type whose values contain others: arrays and JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not contain other values",
    label = "neither an array nor JSON",
    note = "use `like(\"%text%\")` to search within a text"
)]
pub trait Container {}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Container for Vec<T> {}
#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl Container for serde_json::Value {}
#[cfg(feature = "json")]
#[diagnostic::do_not_recommend]
impl<T> Container for crate::Json<T> {}

/// An array.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an array", label = "not an array")]
pub trait Array {}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Array for Vec<T> {}

/// A numeric type that PostgreSQL can compute with.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL cannot compute with `{Self}`",
    label = "not a number"
)]
pub trait Number {}

macro_rules! numbers {
    ($($number:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Number for $number {}
    )* };
}

numbers!(i16 i32 i64 f32 f64);
#[cfg(feature = "decimal")]
numbers!(rust_decimal::Decimal);

/// The methods that a column and an expression have in common.
macro_rules! operators {
    ({$($generics:tt)*} $operand:ty, $node:ident, $same:ty, [$($compared:tt)*]) => {
        impl<$($generics)*> $operand {
            /// `=`
            pub fn eq(self, other: impl Operand<Base<V>>) -> Condition
            where
                $($compared)*
            {
                compare(BinaryOp::Eq, $node(self), other)
            }

            /// `<>`
            pub fn ne(self, other: impl Operand<Base<V>>) -> Condition
            where
                $($compared)*
            {
                compare(BinaryOp::Ne, $node(self), other)
            }

            /// `<`
            pub fn lt(self, other: impl Operand<Base<V>>) -> Condition
            where
                $($compared)*
            {
                compare(BinaryOp::Lt, $node(self), other)
            }

            /// `<=`
            pub fn le(self, other: impl Operand<Base<V>>) -> Condition
            where
                $($compared)*
            {
                compare(BinaryOp::Le, $node(self), other)
            }

            /// `>`
            pub fn gt(self, other: impl Operand<Base<V>>) -> Condition
            where
                $($compared)*
            {
                compare(BinaryOp::Gt, $node(self), other)
            }

            /// `>=`
            pub fn ge(self, other: impl Operand<Base<V>>) -> Condition
            where
                $($compared)*
            {
                compare(BinaryOp::Ge, $node(self), other)
            }

            /// `BETWEEN`; both ends are included.
            pub fn between(self, low: impl Operand<Base<V>>, high: impl Operand<Base<V>>) -> Condition
            where
                $($compared)*
            {
                between($node(self), low, high)
            }

            /// Whether the value is one of `values`: `= ANY($1)`.
            ///
            /// The statement's text does not depend on how many values there are. For arrays it is `IN ($1, $2)`,
            /// because PostgreSQL's `ANY` flattens an array of arrays.
            pub fn is_in(self, values: impl IntoIterator<Item = Base<V>>) -> Condition
            where
                Base<V>: ColumnValue + 'static,
                $($compared)*
            {
                Condition(is_in::<V>($node(self), values))
            }

            /// Whether the value is in the column of another select: `IN (SELECT ..)`.
            ///
            /// The select is on its own: it names no column of the enclosing statement.
            ///
            /// ```text
            /// Order::select().filter(|order| order.id.in_subquery(Item::select().columns(|item| item.order_id)))
            /// ```
            pub fn in_subquery(self, of: impl OneColumn<Base<V>>) -> Condition
            where
                $($compared)*
            {
                Condition(in_subquery($node(self), of))
            }

            /// Whether the value is not in the column of another select: `NOT EXISTS (SELECT 1 .. WHERE ..)`.
            ///
            /// Nulls in the column equal no value. A value that is null itself is not in the column.
            pub fn not_in_subquery(self, of: impl OneColumn<Base<V>>) -> Condition
            where
                $($compared)*
            {
                Condition(not_in_subquery(&$node(self), of))
            }

            /// `IS NULL`
            pub fn is_null(self) -> Condition {
                is_null($node(self), false)
            }

            /// `IS NOT NULL`
            pub fn is_not_null(self) -> Condition {
                is_null($node(self), true)
            }

            /// `LIKE`: `%` matches any text and `_` any character.
            pub fn like(self, pattern: impl Operand<String>) -> Condition
            where
                Base<V>: Text,
            {
                compare(BinaryOp::Like, $node(self), pattern)
            }

            /// `ILIKE`: `LIKE` that ignores case.
            pub fn ilike(self, pattern: impl Operand<String>) -> Condition
            where
                Base<V>: Text,
            {
                compare(BinaryOp::ILike, $node(self), pattern)
            }

            /// `~`: whether the regular expression matches.
            pub fn matches(self, pattern: impl Operand<String>) -> Condition
            where
                Base<V>: Text,
            {
                compare(BinaryOp::Matches, $node(self), pattern)
            }

            /// `@>`: whether the array or the JSON value contains all of the other one.
            pub fn contains(self, other: impl Operand<Base<V>>) -> Condition
            where
                Base<V>: Container,
                $($compared)*
            {
                compare(BinaryOp::Contains, $node(self), other)
            }

            /// `&&`: whether the arrays have an element in common.
            pub fn overlaps(self, other: impl Operand<Base<V>>) -> Condition
            where
                Base<V>: Array,
                $($compared)*
            {
                compare(BinaryOp::Overlaps, $node(self), other)
            }

            /// `lower(..)`: the text in lower case.
            pub fn lower(self) -> $same
            where
                Base<V>: Text,
            {
                Expr::new(Node::Call("lower", vec![$node(self)]))
            }

            /// The order by this value, smallest first; nulls last.
            pub fn asc(self) -> Order
            where
                $($compared)*
            {
                Order::by::<V>($node(self), false)
            }

            /// The order by this value, largest first; nulls first.
            pub fn desc(self) -> Order
            where
                $($compared)*
            {
                Order::by::<V>($node(self), true)
            }
        }
    };
}

operators!({T: Source, V: SqlValue, K} Column<T, V, K>, column_node, Expr<T::Value<V>>, [K: Compared]);
operators!({V: SqlValue} Expr<V>, expr_node, Expr<V>, []);

macro_rules! arithmetic {
    ($($operator:ident $method:ident $op:ident),*) => { $(
        impl<T: Source, V: SqlValue, K, O: Operand<Base<V>>> $operator<O> for Column<T, V, K>
        where
            Base<V>: Number,
        {
            type Output = Expr<T::Value<V>>;

            fn $method(self, other: O) -> Self::Output {
                let other = other.node(None).0;
                Expr::new(Node::binary(BinaryOp::$op, column_node(self), other))
            }
        }

        impl<V: SqlValue, O: Operand<Base<V>>> $operator<O> for Expr<V>
        where
            Base<V>: Number,
        {
            type Output = Self;

            fn $method(self, other: O) -> Self {
                let other = other.node(None).0;
                Self::new(Node::binary(BinaryOp::$op, self.node, other))
            }
        }
    )* };
}

arithmetic!(Add add Add, Sub sub Sub, Mul mul Mul, Div div Div, Rem rem Rem);
