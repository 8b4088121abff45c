//! Conditions and values over the rows that reference a row, or that it references.

use core::marker::PhantomData;

use super::aggregate::{Average, Ordered, Sum, count};
use super::expr::{Condition, Expr};
use super::join_key::{JoinKey, Reference, matching};
use super::node::Node;
use super::operand::Base;
use super::relation::{ColumnsOf, Relation};
use super::subquery::{Subquery, TOO_DEEP, level_below};
use super::visibility::Deleted;
use crate::types::SqlValue;

/// Rows that are related to a row of the statement: see [`RelatedRows`].
///
/// It becomes a condition by [`exists`](Self::exists), [`not_exists`](Self::not_exists) or [`every`](Self::every), and
/// a value by [`count`](Self::count), [`sum`](Self::sum) and other aggregates. Rows that are marked as deleted are left
/// out. The subquery has the scope filter of its table, so that it reaches no other owner's rows.
#[must_use = "related rows are read by `exists`, `count` and others"]
pub struct Related<T> {
    rows: Result<Subquery, &'static str>,
    table: PhantomData<fn() -> T>,
}

impl<T> Clone for Related<T> {
    fn clone(&self) -> Self {
        Self {
            rows: self.rows.clone(),
            table: PhantomData,
        }
    }
}

/// The related rows of a row, along declared foreign keys. The columns that closures get have these methods.
pub trait RelatedRows: ColumnsOf {
    /// The rows that reference this row, by the referencing column or a tuple of columns.
    ///
    /// ```text
    /// Order::select().filter(|order| order.children(OrderItem::COLUMNS.order_id).exists())
    /// ```
    ///
    /// ```sql
    /// EXISTS (SELECT 1 FROM order_items AS t16
    ///         WHERE t16.user_id = $1 AND t16.order_id = t0.id AND t16.user_id = t0.user_id)
    /// ```
    fn children<C: Relation>(&self, along: impl JoinKey<C, Self::Relation>) -> Related<C> {
        let (outer, parent) = (self.source(), Self::Relation::meta());
        Related::new(outer, along.reference(), |reference, first| {
            let reference = reference.at(first.into());
            matching(&reference, parent, outer.into())
        })
    }

    /// The row that this row references, by the referencing column or a tuple of columns.
    ///
    /// ```text
    /// OrderItem::select().filter(|item| item.parent(item.order_id).filter(|order| order.number.gt(3)).exists())
    /// ```
    fn parent<P: Relation>(&self, along: impl JoinKey<Self::Relation, P>) -> Related<P> {
        Related::new(self.source(), along.reference(), |reference, first| {
            matching(&reference, P::meta(), first.into())
        })
    }
}

impl<C: ColumnsOf> RelatedRows for C {}

impl<T: Relation> Related<T> {
    /// The rows of `T` in a subquery of table number `outer`. `matching` gets the number of `T`.
    fn new(outer: u8, reference: Reference, matching: impl FnOnce(Reference, u8) -> Node) -> Self {
        let rows = level_below(outer).ok_or(TOO_DEEP).map(|first| {
            let along = matching(reference, first);
            Subquery::over(T::meta(), first).only(along)
        });
        Self {
            rows,
            table: PhantomData,
        }
    }

    /// Keeps only rows for which the condition holds. It may name columns of the enclosing statement.
    ///
    /// ```text
    /// order.children(OrderItem::COLUMNS.order_id).filter(|item| item.quantity.gt(order.number))
    /// ```
    pub fn filter<C: Into<Condition>>(mut self, condition: impl FnOnce(T::Fields) -> C) -> Self {
        self.rows = self.rows.and_then(|rows| {
            let condition = condition(T::fields(rows.first)).into().0;
            only(rows, condition)
        });
        self
    }

    /// Includes rows that are marked as deleted.
    pub fn with_deleted(mut self) -> Self {
        if let Ok(rows) = &mut self.rows {
            rows.deleted = Deleted::Shown;
        }
        self
    }

    /// Whether there is such a row: `EXISTS`.
    pub fn exists(self) -> Condition {
        Condition(node(self.rows, |rows| Node::Exists {
            query: Box::new(rows),
            negated: false,
        }))
    }

    /// Whether there is no such row: `NOT EXISTS`.
    pub fn not_exists(self) -> Condition {
        Condition(node(self.rows, |rows| Node::Exists {
            query: Box::new(rows),
            negated: true,
        }))
    }

    /// Whether the condition holds for every such row. Without rows it is true; a condition that is null does not hold.
    ///
    /// ```sql
    /// NOT EXISTS (SELECT 1 FROM order_items AS t16 WHERE .. AND (t16.quantity > $2) IS NOT TRUE)
    /// ```
    pub fn every<C: Into<Condition>>(self, condition: impl FnOnce(T::Fields) -> C) -> Condition {
        self.filter(|columns| {
            let condition = condition(columns).into().0;
            Condition(Node::IsNotTrue(Box::new(condition)))
        })
        .not_exists()
    }

    /// The number of the rows: `(SELECT count(*) ..)`.
    ///
    /// ```text
    /// Order::select().columns(|order| (order.id, order.children(OrderItem::COLUMNS.order_id).count()))
    /// ```
    pub fn count(self) -> Expr<i64> {
        self.scalar(|_| count())
    }

    /// The sum of a column or an expression over the rows. It is null if there is no row.
    pub fn sum<X: Into<Expr<V>>, V: Sum>(
        self,
        of: impl FnOnce(T::Fields) -> X,
    ) -> Expr<Option<V::Sum>> {
        self.scalar(|columns| of(columns).into().sum())
    }

    /// The mean of a column or an expression over the rows. It is null if there is no row.
    pub fn avg<X: Into<Expr<V>>, V: Average>(
        self,
        of: impl FnOnce(T::Fields) -> X,
    ) -> Expr<Option<V::Average>> {
        self.scalar(|columns| of(columns).into().avg())
    }

    /// The smallest value of a column or an expression over the rows. It is null if there is no row.
    pub fn min<X: Into<Expr<V>>, V: SqlValue>(
        self,
        of: impl FnOnce(T::Fields) -> X,
    ) -> Expr<Option<Base<V>>>
    where
        Base<V>: Ordered,
    {
        self.scalar(|columns| of(columns).into().min())
    }

    /// The largest value of a column or an expression over the rows. It is null if there is no row.
    pub fn max<X: Into<Expr<V>>, V: SqlValue>(
        self,
        of: impl FnOnce(T::Fields) -> X,
    ) -> Expr<Option<Base<V>>>
    where
        Base<V>: Ordered,
    {
        self.scalar(|columns| of(columns).into().max())
    }

    fn scalar<V>(self, value: impl FnOnce(T::Fields) -> Expr<V>) -> Expr<V> {
        let rows = self.rows.and_then(|mut rows| {
            let value = value(T::fields(rows.first)).node;
            if value.has_subquery_at(rows.first) {
                return Err(SAME_LEVEL);
            }
            rows.columns.push(value);
            Ok(rows)
        });
        Expr::new(node(rows, |rows| Node::Scalar(Box::new(rows))))
    }
}

fn node(rows: Result<Subquery, &'static str>, make: impl FnOnce(Subquery) -> Node) -> Node {
    match rows {
        Ok(rows) => make(rows),
        Err(why) => Node::Refused(why),
    }
}

/// Adds a condition. Its own subqueries are one level below, unless they begin at a row of an enclosing statement.
fn only(rows: Subquery, condition: Node) -> Result<Subquery, &'static str> {
    if condition.has_subquery_at(rows.first) {
        return Err(SAME_LEVEL);
    }
    Ok(rows.only(condition))
}

const SAME_LEVEL: &str = "a subquery within a subquery begins at a row of the outer statement; begin it at the inner row, or move it out and join the conditions by `&`";
