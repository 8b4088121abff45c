use futures_util::stream::BoxStream;

use super::select::Select;
use super::write::write_cast_to_read;
use crate::error::Error;
use crate::model::Column;
use crate::model::column_kind::Compared;
use crate::query::access::CanRead;
use crate::query::executor::{Executor, Running, Statement, collect, not_found, stream_of};
use crate::query::explain::explain;
use crate::query::expr::{Expr, column_node};
use crate::query::leakproof;
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::operand::Base;
use crate::query::order::OrderTerms;
use crate::query::sources::{Source, Sources};
use crate::query::subquery::{OneColumn, OneColumnQuery, Subquery};
use crate::query::writer::list;
use crate::types::SqlValue;
use crate::wire::{ColumnValue, ReadError, RowReader};

impl<S: Sources> Select<S> {
    /// Reads only some columns or expressions, as a tuple of their values.
    ///
    /// ```sql
    /// SELECT t0.id, lower(t0.title) FROM tasks AS t0 WHERE t0.user_id = $1
    /// ```
    pub fn columns<P: Projection>(self, columns: impl FnOnce(S::Columns) -> P) -> Projected<S, P> {
        let columns = columns(S::columns());
        Projected::new(self, columns)
    }

    /// Groups the rows by one or more columns. [`aggregate`](Grouped::aggregate) says what is read of each group.
    ///
    /// ```sql
    /// SELECT t0.status, count(*) FROM tasks AS t0 WHERE t0.user_id = $1 GROUP BY 1
    /// ```
    pub fn group_by<G: Group>(self, columns: impl FnOnce(S::Columns) -> G) -> Grouped<S, G> {
        let columns = columns(S::columns());
        Grouped::new(self, columns)
    }
}

/// Columns and expressions that a row consists of: one, or a tuple of up to eight.
pub trait Projection: 'static {
    /// The type that a row is read into: the value, or the tuple of values.
    type Row: Send + 'static;

    /// The expressions, in order.
    #[doc(hidden)]
    fn nodes(self) -> Vec<ProjectionNode>;

    /// Reads a row.
    #[doc(hidden)]
    fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, ReadError>;
}

/// An expression whose tree is private to this crate.
#[doc(hidden)]
pub struct ProjectionNode(Node);

impl<V: SqlValue + ColumnValue> Projection for Expr<V> {
    type Row = V;

    fn nodes(self) -> Vec<ProjectionNode> {
        vec![ProjectionNode(self.node)]
    }

    fn read(cells: &mut RowReader<'_>) -> Result<V, ReadError> {
        cells.read()
    }
}

impl<T: Source, V: SqlValue + 'static, K: 'static> Projection for Column<T, V, K>
where
    T::Value<V>: ColumnValue,
{
    type Row = T::Value<V>;

    fn nodes(self) -> Vec<ProjectionNode> {
        vec![ProjectionNode(column_node(self))]
    }

    fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, ReadError> {
        cells.read()
    }
}

macro_rules! projection {
    ($($name:ident)*) => {
        impl<$($name: Projection),*> Projection for ($($name,)*) {
            type Row = ($($name::Row,)*);

            fn nodes(self) -> Vec<ProjectionNode> {
                #[allow(non_snake_case)]
                let ($($name,)*) = self;
                let mut all = Vec::new();
                $(all.extend($name.nodes());)*
                all
            }

            fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, ReadError> {
                Ok(($($name::read(cells)?,)*))
            }
        }
    };
}

projection!(A);
projection!(A B);
projection!(A B C);
projection!(A B C D);
projection!(A B C D E);
projection!(A B C D E F);
projection!(A B C D E F G);
projection!(A B C D E F G H);

/// Columns that rows are grouped by: one, or a tuple of up to three.
pub trait Group: Projection {}

impl<T: Source, V: SqlValue + 'static, K: Compared + 'static> Group for Column<T, V, K> where
    T::Value<V>: ColumnValue
{
}
impl<V: SqlValue + ColumnValue> Group for Expr<V> {}
impl<A: Group, B: Group> Group for (A, B) {}
impl<A: Group, B: Group, C: Group> Group for (A, B, C) {}

/// A statement that reads only some columns or expressions of its rows.
///
/// [`Select::columns`] and [`Grouped::aggregate`] return it.
#[must_use = "a statement does nothing until it is run"]
pub struct Projected<S, P> {
    select: Select<S>,
    nodes: Vec<Node>,
    groups: Option<usize>,
    projection: core::marker::PhantomData<fn() -> P>,
}

impl<S, P> Projected<S, P> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.select.table()
    }
}

impl<S, P> Clone for Projected<S, P> {
    fn clone(&self) -> Self {
        Self {
            select: self.select.clone(),
            nodes: self.nodes.clone(),
            groups: self.groups,
            projection: core::marker::PhantomData,
        }
    }
}

impl<S: Sources, P: Projection> Projected<S, P> {
    pub(super) fn new(select: Select<S>, projection: P) -> Self {
        Self::of(select, nodes(projection), None)
    }

    fn of(select: Select<S>, nodes: Vec<Node>, groups: Option<usize>) -> Self {
        Self {
            select,
            nodes,
            groups,
            projection: core::marker::PhantomData,
        }
    }

    /// Orders the rows. It is applied after the orders that were given before.
    pub fn order_by<O: OrderTerms>(mut self, order: impl FnOnce(S::Columns) -> O) -> Self {
        self.select = self.select.order_by(order);
        self
    }

    /// Returns at most `rows` rows: `LIMIT`.
    pub fn limit(mut self, rows: u32) -> Self {
        self.select = self.select.limit(rows);
        self
    }

    /// Returns the values of every row.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the select locks its rows.
    pub fn fetch_all<E: CanRead<S>>(self, executor: &E) -> Running<'_, Vec<P::Row>> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            collect(executor, statement, P::read).await
        })
    }

    /// The values of aggregates over all rows. An order and a lock have no meaning here and are left out.
    pub(super) fn scalar<E: CanRead<S>>(mut self, executor: &E) -> Running<'_, P::Row> {
        Box::pin(async move {
            if self.select.limit.is_some() || self.select.offset.is_some() {
                return Err(Error::Statement(
                    "a count or another aggregate is over all rows; leave out `limit` and `offset`, or count the fetched rows",
                ));
            }
            self.select.order.clear();
            self.select.lock = None;
            let table = self.select.first;
            let rows = self.fetch_all(executor).await?;
            rows.into_iter().next().ok_or_else(|| not_found(table))
        })
    }

    /// Returns the values of the first row. Aggregates without groups have exactly one row.
    ///
    /// The statement gets `LIMIT 1`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no row.
    pub fn fetch_one<E: CanRead<S>>(self, executor: &E) -> Running<'_, P::Row> {
        Box::pin(async move {
            let table = self.select.first;
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(table))
        })
    }

    /// Returns the values of the first row, or `None` if there is no row.
    ///
    /// The statement gets `LIMIT 1`.
    pub fn fetch_optional<E: CanRead<S>>(mut self, executor: &E) -> Running<'_, Option<P::Row>> {
        Box::pin(async move {
            self.select = self.select.at_most_one();
            let rows = self.fetch_all(executor).await?;
            Ok(rows.into_iter().next())
        })
    }

    /// Returns the rows as a stream: only the current row is in memory.
    ///
    /// The stream holds a connection until it is dropped. If it is dropped before its end, the connection is closed.
    pub fn fetch<E: CanRead<S>>(self, executor: &E) -> BoxStream<'_, Result<P::Row, Error>> {
        stream_of(executor, self.statement(executor), P::read, false)
    }

    /// Runs `EXPLAIN` on the statement, with its values, and returns PostgreSQL's plan.
    pub fn explain<E: CanRead<S>>(self, executor: &E) -> Running<'_, String> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            explain(executor, statement).await
        })
    }

    /// Returns the SQL that `executor` would run. It does not run it.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the select locks its rows. [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanRead<S>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor)?.into_text())
    }

    fn statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        if self.select.lock.is_some() {
            return Err(Error::Statement(
                "only whole rows can be locked; leave out `for_update`, or leave out `columns` and `group_by`",
            ));
        }
        let mut writer = self.select.writer(executor);
        let groups = self.groups.unwrap_or_default();
        let nodes = self.nodes.iter().enumerate();
        list(&mut writer, "SELECT ", nodes, |writer, (at, node)| {
            if at < groups {
                leakproof::value(writer, node);
            } else {
                writer.node(node);
            }
            write_cast_to_read(writer, node);
        });
        self.select.write_rest(&mut writer, self.groups);
        self.select.finish(writer)
    }
}

impl<S: Sources, V: SqlValue + ColumnValue> OneColumn<Base<V>> for Projected<S, Expr<V>> {
    fn subquery(self) -> OneColumnQuery {
        OneColumnQuery(self.into_subquery())
    }
}

impl<S: Sources, T: Source, V: SqlValue + 'static, K: Compared + 'static> OneColumn<Base<V>>
    for Projected<S, Column<T, V, K>>
where
    T::Value<V>: ColumnValue,
{
    fn subquery(self) -> OneColumnQuery {
        OneColumnQuery(self.into_subquery())
    }
}

impl<S: Sources, P: Projection> Projected<S, P> {
    fn into_subquery(self) -> Result<Subquery, &'static str> {
        let select = self.select;
        if select.lock.is_some() {
            return Err("a subquery locks no rows; leave out `for_update`");
        }
        let mut query = Subquery::over(select.first, 0);
        query.joins = select.joins;
        query.columns = self.nodes.into_iter().map(Node::compared).collect();
        query.filter = select.filter;
        query.order = select.order;
        query.limit = select.limit;
        query.offset = select.offset;
        query.deleted = select.deleted;
        Ok(query)
    }
}

/// The expressions of the columns.
pub(super) fn nodes(projection: impl Projection) -> Vec<Node> {
    projection.nodes().into_iter().map(|node| node.0).collect()
}

/// Rows in groups. [`Select::group_by`] returns it, and [`aggregate`](Self::aggregate) makes a statement of it.
#[must_use = "a statement does nothing until it is run"]
pub struct Grouped<S, G> {
    select: Select<S>,
    groups: G,
}

impl<S, G> Grouped<S, G> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.select.table()
    }
}

impl<S: Sources, G: Group> Grouped<S, G> {
    pub(super) fn new(select: Select<S>, groups: G) -> Self {
        Self { select, groups }
    }

    /// Reads the values of the group and, after them, aggregates such as [`count`](crate::query::count).
    pub fn aggregate<P: Projection>(
        self,
        aggregates: impl FnOnce(S::Columns) -> P,
    ) -> Projected<S, (G, P)> {
        let groups = nodes(self.groups).into_iter();
        let mut nodes_of_all: Vec<_> = groups.map(Node::in_order).collect();
        let count = nodes_of_all.len();
        nodes_of_all.extend(nodes(aggregates(S::columns())));
        Projected::of(self.select, nodes_of_all, Some(count))
    }
}
