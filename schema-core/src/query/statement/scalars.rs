//! Counts and aggregates over all rows of a `Select`.

use super::select::Select;
use crate::query::access::CanRead;
use crate::query::aggregate::{self, Average, Ordered, Sum};
use crate::query::executor::{Running, collect};
use crate::query::expr::Expr;
use crate::query::operand::Base;
use crate::query::sources::Sources;
use crate::types::SqlValue;
use crate::wire::{ColumnValue, RowReader};

impl<S: Sources> Select<S> {
    /// Counts the rows: `SELECT count(*) ..`.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`](crate::Error::Statement) if the statement has a `limit` or an `offset`.
    pub fn count<E: CanRead<S>>(self, executor: &E) -> Running<'_, i64> {
        Box::pin(async move { self.columns(|_| aggregate::count()).scalar(executor).await })
    }

    /// Whether there is at least one row: `SELECT EXISTS (SELECT 1 ..)`.
    pub fn exists<E: CanRead<S>>(mut self, executor: &E) -> Running<'_, bool> {
        Box::pin(async move {
            self.order.clear();
            self.limit = Some(1);
            let mut writer = self.writer(executor);
            writer.push("SELECT EXISTS (SELECT 1");
            self.write_rest(&mut writer, None);
            writer.push(")");
            let statement = self.finish(writer)?;
            let rows = collect(executor, statement, read_bool).await?;
            Ok(rows.first().copied().unwrap_or_default())
        })
    }

    /// Returns the sum of a column or an expression: `SELECT sum(..) ..`. `None` if there is no value.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`](crate::Error::Statement) if the statement has a `limit` or an `offset`.
    pub fn sum<E, X, V>(
        self,
        executor: &E,
        of: impl FnOnce(S::Columns) -> X,
    ) -> Running<'_, Option<V::Sum>>
    where
        E: CanRead<S>,
        X: Into<Expr<V>>,
        V: SqlValue,
        Base<V>: Send,
        V: Sum,
    {
        self.columns(|columns| of(columns).into().sum())
            .scalar(executor)
    }

    /// Returns the smallest value of a column or an expression: `SELECT min(..) ..`. `None` if there is no value.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`](crate::Error::Statement) if the statement has a `limit` or an `offset`.
    pub fn min<E, X, V>(
        self,
        executor: &E,
        of: impl FnOnce(S::Columns) -> X,
    ) -> Running<'_, Option<Base<V>>>
    where
        E: CanRead<S>,
        X: Into<Expr<V>>,
        V: SqlValue,
        Base<V>: Ordered + ColumnValue + SqlValue<Base = Base<V>>,
    {
        self.columns(|columns| of(columns).into().min())
            .scalar(executor)
    }

    /// Returns the largest value of a column or an expression: `SELECT max(..) ..`. `None` if there is no value.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`](crate::Error::Statement) if the statement has a `limit` or an `offset`.
    pub fn max<E, X, V>(
        self,
        executor: &E,
        of: impl FnOnce(S::Columns) -> X,
    ) -> Running<'_, Option<Base<V>>>
    where
        E: CanRead<S>,
        X: Into<Expr<V>>,
        V: SqlValue,
        Base<V>: Ordered + ColumnValue + SqlValue<Base = Base<V>>,
    {
        self.columns(|columns| of(columns).into().max())
            .scalar(executor)
    }

    /// Returns the mean of a column or an expression: `SELECT avg(..) ..`. `None` if there is no value.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`](crate::Error::Statement) if the statement has a `limit` or an `offset`.
    pub fn avg<E, X, V>(
        self,
        executor: &E,
        of: impl FnOnce(S::Columns) -> X,
    ) -> Running<'_, Option<V::Average>>
    where
        E: CanRead<S>,
        X: Into<Expr<V>>,
        V: Average,
    {
        self.columns(|columns| of(columns).into().avg())
            .scalar(executor)
    }
}

fn read_bool(cells: &mut RowReader<'_>) -> Result<bool, crate::ReadError> {
    cells.read()
}
