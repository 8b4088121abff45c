//! Rows with the rows that reference them: one statement more per level, or one in all for a single row.

use std::collections::HashMap;
use std::future::Future;

use sqlx::postgres::PgRow;

use super::argument::{Argument, received_list};
use super::executor::{Executor, Kind, Reaches, Running};
use super::explain::explain;
use super::expr::column_ref;
use super::join::{Join, matching};
use super::keyed::{FindOne, SEVERAL};
use super::node::{ColumnRef, Node};
use super::reach::single_column_key;
use super::relation::{Deleted, Relation};
use super::select::{Select, finish};
use super::sources::width;
use super::writer::Writer;
use crate::error::Error;
use crate::model::column_kind::To;
use crate::model::{Column, ScalarType, SqlType};
use crate::rules;
use crate::types::SqlValue;
use crate::wire::{Cells, ColumnValue};

/// The values of some columns of a row, as they came.
type RowKey = Vec<Option<Vec<u8>>>;

/// A statement whose rows can be loaded with others beside them: a [`Select`] of one table, or one with children already.
pub trait Load: Sized + Send + 'static {
    /// The table.
    type Table: Relation;
    /// All tables that are asked.
    type Tables;
    /// What a row is read into.
    type Row: Send + 'static;

    /// Whether it has a `limit` or an `offset`.
    #[doc(hidden)]
    fn is_limited(&self) -> bool;

    /// The rows, each with the values of the columns at `keys`; only those for which `only` holds.
    #[doc(hidden)]
    fn load<E: Executor>(
        self,
        executor: &E,
        of_this_crate: OfThisCrate,
        keys: Vec<usize>,
        only: Option<OnlyWhere>,
    ) -> impl Future<Output = Result<Vec<(RowKey, Self::Row)>, Error>> + Send;
}

/// A condition, kept from view.
#[doc(hidden)]
pub struct OnlyWhere(Node);

/// What only this crate can give: who may reach the tables has been asked before.
#[doc(hidden)]
pub struct OfThisCrate(());

impl<T: Relation> Load for Select<T> {
    type Table = T;
    type Tables = T;
    type Row = T;

    fn is_limited(&self) -> bool {
        self.limit.is_some() || self.offset.is_some()
    }

    async fn load<E: Executor>(
        mut self,
        executor: &E,
        _: OfThisCrate,
        keys: Vec<usize>,
        only: Option<OnlyWhere>,
    ) -> Result<Vec<(RowKey, T)>, Error> {
        if let Some(only) = only {
            self.filter = Some(Node::and(self.filter.take(), only.0));
        }
        let statement = self.statement(executor)?;
        let mut rows = Vec::new();
        let mut on_row = |row: PgRow| {
            let mut cells = Cells::new(&row, rows.is_empty());
            let value = <T as Relation>::read(&mut cells)?;
            rows.push((key_of(&cells, &keys)?, value));
            Ok(())
        };
        executor.run(statement, &mut on_row).await?;
        Ok(rows)
    }
}

fn key_of(cells: &Cells<'_>, positions: &[usize]) -> Result<RowKey, Error> {
    let values = positions.iter().map(|&at| cells.bytes_at(at));
    let values = values.map(|value| Ok(value?.map(<[u8]>::to_vec)));
    values.collect()
}

/// Children, and the column by which they reference their parent.
pub struct Children<C> {
    children: C,
    link: Link,
}

/// When a child's reference equals its parent's key.
#[derive(Clone, Copy)]
enum Equality {
    OfBytes,
    /// Of `citext`.
    WithoutCase,
}

impl Equality {
    /// The key, as it is compared.
    fn of(self, mut key: RowKey) -> RowKey {
        if let (Self::WithoutCase, Some(Some(text))) = (self, key.first_mut()) {
            *text = String::from_utf8_lossy(text).to_lowercase().into_bytes();
        }
        key
    }
}

/// The columns that a child and its parent have in common.
struct Link {
    column: ColumnRef,
    /// The places of the columns in the child's rows: the reference, and the scope where the foreign key carries it.
    own: Vec<usize>,
    /// The places of the same columns in the parent's rows.
    theirs: Vec<usize>,
    list: fn(Vec<Vec<u8>>) -> Box<dyn Argument>,
}

impl Link {
    fn new<C: Relation, P: Relation, V: ColumnValue + SqlValue + 'static, K>(
        column: Column<C, V, To<P, K>>,
    ) -> Self {
        let column = column_ref(column);
        let (own, theirs) = columns_in_common(column, P::meta()).unwrap_or_default();
        Self {
            column,
            own,
            theirs,
            list: received_list::<V>,
        }
    }

    /// When a reference equals a key.
    fn equality(&self) -> Result<Equality, Error> {
        match self.column.meta.sql_type(self.column.position) {
            Some(SqlType::Scalar(ScalarType::Citext)) => Ok(Equality::WithoutCase),
            Some(SqlType::Scalar(ScalarType::Numeric(_))) => Err(Error::Statement(
                "equal numbers of `numeric` may have different digits, so that children are not told apart by them; join them instead",
            )),
            _ => Ok(Equality::OfBytes),
        }
    }

    /// `order_id = ANY($1)`
    fn among(&self, parents: Vec<Vec<u8>>) -> OnlyWhere {
        let mut column = self.column;
        column.source = 0;
        OnlyWhere(Node::Among {
            operand: Box::new(Node::Column(column)),
            list: (self.list)(parents),
            cast: Node::Column(column).cast(),
        })
    }
}

fn columns_in_common(
    column: ColumnRef,
    parent: &'static super::Meta,
) -> Option<(Vec<usize>, Vec<usize>)> {
    let def = column.meta.table_def()?;
    let name = def.columns.get(column.position)?.name;
    let key = single_column_key(def, name)?;
    let mut own = vec![column.position];
    let mut theirs = vec![parent.position(key.target().column)?];
    if let Some((scope, parents_scope)) = rules::carries_scope(def, key) {
        own.push(column.meta.position(scope)?);
        theirs.push(parent.position(parents_scope)?);
    }
    Some((own, theirs))
}

impl<C: Load> Children<C> {
    pub(super) fn new<P, V, K>(children: C, column: Column<C::Table, V, To<P, K>>) -> Self
    where
        P: Relation,
        V: SqlValue + ColumnValue + 'static,
    {
        Self {
            children,
            link: Link::new(column),
        }
    }
}

/// A row of `L`, and its children of `C`.
pub type Parent<L, C> = (<L as Load>::Row, Vec<<C as Load>::Row>);

/// Rows with their children.
#[must_use = "a statement does nothing until it is run"]
pub struct WithChildren<L, C> {
    parents: L,
    children: Children<C>,
}

impl<L: Load, C: Load> WithChildren<L, C> {
    /// The rows with the rows that reference them too, by another column or of another table.
    pub fn with<D, V, K>(
        self,
        children: D,
        column: impl FnOnce(<D::Table as Relation>::Fields) -> Column<D::Table, V, To<L::Table, K>>,
    ) -> WithChildren<Self, D>
    where
        D: Load,
        V: SqlValue + ColumnValue + 'static,
    {
        with(self, children, column)
    }

    /// The rows, each with its children in the order of their statement.
    pub fn fetch<E>(self, executor: &E) -> Running<'_, Vec<Parent<L, C>>>
    where
        E: Reaches<(L::Tables, C::Tables)>,
    {
        Box::pin(async move {
            let rows = self
                .load(executor, OfThisCrate(()), Vec::new(), None)
                .await?;
            Ok(rows.into_iter().map(|(_, row)| row).collect())
        })
    }
}

impl<L: Load, C: Load> Load for WithChildren<L, C> {
    type Table = L::Table;
    type Tables = (L::Tables, C::Tables);
    type Row = (L::Row, Vec<C::Row>);

    fn is_limited(&self) -> bool {
        self.parents.is_limited()
    }

    async fn load<E: Executor>(
        self,
        executor: &E,
        _: OfThisCrate,
        keys: Vec<usize>,
        only: Option<OnlyWhere>,
    ) -> Result<Vec<(RowKey, Self::Row)>, Error> {
        let Children { children, link } = self.children;
        if children.is_limited() {
            return Err(Error::Statement(
                "a limit of the children would be one of all children together; load them for one row by `get(key).with(..)`, or leave the limit out",
            ));
        }
        let equality = link.equality()?;
        let wanted = keys.len();
        let all_keys = [keys, link.theirs.clone()].concat();
        let parents = self
            .parents
            .load(executor, OfThisCrate(()), all_keys, only)
            .await?;
        let linked = parents
            .iter()
            .filter_map(|(key, _)| key.get(wanted)?.clone());
        let linked: Vec<_> = linked.collect();
        let mut families: HashMap<RowKey, Vec<C::Row>> = HashMap::new();
        if !linked.is_empty() {
            let only = link.among(linked);
            let loaded = children
                .load(executor, OfThisCrate(()), link.own.clone(), Some(only))
                .await?;
            for (key, child) in loaded {
                families.entry(equality.of(key)).or_default().push(child);
            }
        }
        let with_children = parents.into_iter().map(|(mut key, parent)| {
            let own = key.split_off(wanted);
            // A parent that stands twice in the list has its children at the first place alone: the key of a table is in it once.
            (
                key,
                (
                    parent,
                    families.remove(&equality.of(own)).unwrap_or_default(),
                ),
            )
        });
        Ok(with_children.collect())
    }
}

fn with<L: Load, D: Load, V, K>(
    parents: L,
    children: D,
    column: impl FnOnce(<D::Table as Relation>::Fields) -> Column<D::Table, V, To<L::Table, K>>,
) -> WithChildren<L, D>
where
    V: SqlValue + ColumnValue + 'static,
{
    let column = column(<D::Table as Relation>::fields(0));
    WithChildren {
        parents,
        children: Children::new(children, column),
    }
}

impl<T: Relation> Select<T> {
    /// The rows with the rows that reference them, by the column that does: one statement more, for any number of rows.
    ///
    /// ```sql
    /// SELECT .. FROM order_items AS t0 WHERE t0.user_id = $1 AND t0.order_id = ANY($2)
    /// ```
    pub fn with<C, V, K>(
        self,
        children: C,
        column: impl FnOnce(<C::Table as Relation>::Fields) -> Column<C::Table, V, To<T, K>>,
    ) -> WithChildren<Self, C>
    where
        C: Load,
        V: SqlValue + ColumnValue + 'static,
    {
        with(self, children, column)
    }
}

/// A row with its children.
#[must_use = "a statement does nothing until it is run"]
pub struct FindWithChildren<T, C> {
    parent: FindOne<T>,
    children: Children<Select<C>>,
}

impl<T: Relation, C: Relation> FindWithChildren<T, C> {
    pub(super) fn new(parent: FindOne<T>, children: Children<Select<C>>) -> Self {
        Self { parent, children }
    }

    /// The row with its children, where it is there and can be reached.
    pub fn fetch<E>(self, executor: &E) -> Running<'_, Option<(T, Vec<C>)>>
    where
        E: Reaches<(T, C)>,
    {
        Box::pin(async move {
            if !self.is_one_statement() {
                return self.by_two_statements(executor).await;
            }
            let statement = self.joined(executor)?;
            let mut family = Family::default();
            let mut on_row = |row: PgRow| family.read(&row);
            executor.run(statement, &mut on_row).await?;
            Ok(family.parent.map(|parent| (parent, family.children)))
        })
    }

    /// How PostgreSQL would run the statement, with its values: `EXPLAIN`.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] where it takes two: explain these by themselves.
    pub fn explain<E>(self, executor: &E) -> Running<'_, String>
    where
        E: Reaches<(T, C)>,
    {
        Box::pin(async move {
            if !self.is_one_statement() {
                return Err(Error::Statement(
                    "the row and its children take two statements; explain each by itself",
                ));
            }
            let statement = self.joined(executor)?;
            explain(executor, statement).await
        })
    }

    async fn by_two_statements<E: Executor>(
        self,
        executor: &E,
    ) -> Result<Option<(T, Vec<C>)>, Error> {
        let Children { children, link } = self.children;
        let equality = link.equality()?;
        let keys = link.theirs.clone();
        let parents = self
            .parent
            .select
            .load(executor, OfThisCrate(()), keys, None)
            .await?;
        if parents.len() > 1 {
            return Err(SEVERAL);
        }
        let Some((key, parent)) = parents.into_iter().next() else {
            return Ok(None);
        };
        let linked: Vec<_> = key.first().cloned().flatten().into_iter().collect();
        let only = Some(link.among(linked));
        let own = link.own.clone();
        let children = children.load(executor, OfThisCrate(()), own, only).await?;
        // Those of another owner's row of the same key are not its own.
        let key = equality.of(key);
        let own = children
            .into_iter()
            .filter(|(of, _)| equality.of(of.clone()) == key);
        Ok(Some((parent, own.map(|(_, child)| child).collect())))
    }

    /// What a join cannot say takes a statement of its own: how many children, and to lock the row.
    fn is_one_statement(&self) -> bool {
        let children = &self.children.children;
        children.limit.is_none()
            && children.offset.is_none()
            && children.lock.is_none()
            && self.parent.select.lock.is_none()
            && children.deleted == Deleted::Hidden
            && self.parent.select.deleted == Deleted::Hidden
    }

    fn joined<E: Executor>(mut self, executor: &E) -> Result<super::Statement, Error> {
        let select = &mut self.parent.select;
        let mut children = self.children.children;
        let mut column = self.children.link.column;
        column.source = 1;
        let on = matching(column, select.first, 0);
        let mut filter = children.filter.take();
        if let Some(filter) = &mut filter {
            filter.shift(1);
        }
        select.joins.push(Join::left(C::meta(), on, filter));
        for mut order in children.order {
            order.node.shift(1);
            select.order.push(order);
        }
        let mut writer = Writer::new(executor.whose());
        writer.push("SELECT ");
        select.write_columns(&mut writer);
        select.write_rest(&mut writer, None);
        finish(writer, Kind::Read, select.tables())
    }
}

/// A row and its children, as they come from one statement: the row stands beside each of them.
struct Family<T, C> {
    parent: Option<T>,
    key: RowKey,
    children: Vec<C>,
}

impl<T, C> Default for Family<T, C> {
    fn default() -> Self {
        Self {
            parent: None,
            key: Vec::new(),
            children: Vec::new(),
        }
    }
}

impl<T: Relation, C: Relation> Family<T, C> {
    fn read(&mut self, row: &PgRow) -> Result<(), Error> {
        let check_types = self.parent.is_none() || self.children.is_empty();
        let mut cells = Cells::new(row, check_types);
        let key = key_of(&cells, &T::meta().key())?;
        if self.parent.is_none() {
            self.parent = Some(<T as Relation>::read(&mut cells)?);
            self.key = key;
        } else if self.key == key {
            cells.skip(width(T::meta()));
        } else {
            return Err(SEVERAL);
        }
        if !cells.are_null(width(C::meta())) {
            self.children.push(<C as Relation>::read(&mut cells)?);
        }
        Ok(())
    }
}
