use super::expr::{Expr, column_node};
use super::node::Node;
use super::operand::Base;
use super::sources::Source;
use crate::model::Column;
use crate::types::{Newtype, SqlValue};
use crate::wire::ColumnValue;

/// The number of rows: `count(*)`.
pub fn count() -> Expr<i64> {
    Expr::new(Node::Call("count", vec![Node::Star]))
}

/// A type whose values can be added up.
#[diagnostic::on_unimplemented(
    message = "values of `{Self}` cannot be added up",
    label = "not a number"
)]
pub trait Sum: SqlValue {
    /// The type of the sum. It is wide enough for the sum of many values.
    type Sum: ColumnValue + SqlValue<Base = Self::Sum> + 'static;
    /// The type that the sum is cast to, if PostgreSQL's own differs from `Sum`.
    #[doc(hidden)]
    const CAST: Option<&'static str>;
}

/// A type whose values have a mean.
#[diagnostic::on_unimplemented(message = "values of `{Self}` have no mean", label = "not a number")]
pub trait Average: SqlValue {
    /// The type of the mean.
    type Average: ColumnValue + SqlValue<Base = Self::Average> + 'static;
    /// The type that the mean is cast to, if PostgreSQL's own differs from `Average`.
    #[doc(hidden)]
    const CAST: Option<&'static str>;
}

macro_rules! number {
    ($($number:ty: $sum:ty $(as $sum_cast:literal)?, $average:ty $(as $average_cast:literal)?;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Sum for $number {
            type Sum = $sum;
            const CAST: Option<&'static str> = number!(@cast $($sum_cast)?);
        }

        #[diagnostic::do_not_recommend]
        impl Average for $number {
            type Average = $average;
            const CAST: Option<&'static str> = number!(@cast $($average_cast)?);
        }
    )* };
    (@cast) => { None };
    (@cast $cast:literal) => { Some($cast) };
}

number! {
    i16: i64, f64 as "double precision";
    i32: i64, f64 as "double precision";
    // PostgreSQL's sum is `numeric`. A sum that does not fit into 64 bits fails instead of being wrong.
    i64: i64 as "bigint", f64 as "double precision";
    f32: f32, f64;
    f64: f64, f64;
}

#[cfg(feature = "decimal")]
number! {
    rust_decimal::Decimal: rust_decimal::Decimal, rust_decimal::Decimal;
}

#[diagnostic::do_not_recommend]
impl<V: Sum + SqlValue<Base = V>> Sum for Option<V> {
    type Sum = V::Sum;
    const CAST: Option<&'static str> = V::CAST;
}

#[diagnostic::do_not_recommend]
impl<V: Average + SqlValue<Base = V>> Average for Option<V> {
    type Average = V::Average;
    const CAST: Option<&'static str> = V::CAST;
}

/// A type for which PostgreSQL has `min` and `max`.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL has no `min` and `max` for `{Self}`",
    label = "not a number, a text or a point in time",
    note = "order by it and take the first row"
)]
pub trait Ordered {}

macro_rules! ordered {
    ($($value:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Ordered for $value {}
    )* };
}

ordered!(i16 i32 i64 f32 f64 String Box<str> std::net::IpAddr sqlx::postgres::types::PgInterval);
#[cfg(feature = "decimal")]
ordered!(rust_decimal::Decimal);
#[cfg(feature = "chrono")]
ordered!(
    chrono::NaiveDate chrono::NaiveTime chrono::NaiveDateTime chrono::DateTime<chrono::Utc>
    chrono::DateTime<chrono::Local> chrono::DateTime<chrono::FixedOffset> chrono::TimeDelta
);
#[cfg(feature = "time")]
ordered!(time::Date time::Time time::PrimitiveDateTime time::OffsetDateTime time::Duration);

#[diagnostic::do_not_recommend]
impl<N: Newtype> Ordered for N where N::Inner: Ordered {}

fn call(function: &'static str, operand: Node, cast: Option<&'static str>) -> Node {
    let call = Node::Aggregate(function, Box::new(operand));
    match cast {
        Some(cast) => Node::Cast(Box::new(call), cast),
        None => call,
    }
}

impl<V: SqlValue> Expr<V> {
    /// `sum(..)`: null if there is no row.
    pub fn sum(self) -> Expr<Option<V::Sum>>
    where
        V: Sum,
    {
        Expr::new(call("sum", self.node, <V as Sum>::CAST))
    }

    /// `avg(..)`: null if there is no row.
    pub fn avg(self) -> Expr<Option<V::Average>>
    where
        V: Average,
    {
        Expr::new(call("avg", self.node, <V as Average>::CAST))
    }

    /// `min(..)`: null if there is no row.
    pub fn min(self) -> Expr<Option<Base<V>>>
    where
        Base<V>: Ordered,
    {
        Expr::new(call("min", self.node, None))
    }

    /// `max(..)`: null if there is no row.
    pub fn max(self) -> Expr<Option<Base<V>>>
    where
        Base<V>: Ordered,
    {
        Expr::new(call("max", self.node, None))
    }

    /// `count(..)`: the number of values that are not null.
    pub fn count(self) -> Expr<i64> {
        Expr::new(call("count", self.node, None))
    }
}

impl<T: Source, V: SqlValue, K> Column<T, V, K> {
    /// `sum(..)`: null if there is no row.
    pub fn sum(self) -> Expr<Option<V::Sum>>
    where
        V: Sum,
    {
        Expr::<V>::new(column_node(self)).sum()
    }

    /// `avg(..)`: null if there is no row.
    pub fn avg(self) -> Expr<Option<V::Average>>
    where
        V: Average,
    {
        Expr::<V>::new(column_node(self)).avg()
    }

    /// `min(..)`: null if there is no row.
    pub fn min(self) -> Expr<Option<Base<V>>>
    where
        Base<V>: Ordered,
    {
        Expr::<V>::new(column_node(self)).min()
    }

    /// `max(..)`: null if there is no row.
    pub fn max(self) -> Expr<Option<Base<V>>>
    where
        Base<V>: Ordered,
    {
        Expr::<V>::new(column_node(self)).max()
    }

    /// `count(..)`: the number of values that are not null.
    pub fn count(self) -> Expr<i64> {
        Expr::<V>::new(column_node(self)).count()
    }
}
