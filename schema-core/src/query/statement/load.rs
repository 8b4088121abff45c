//! Rows with the rows that reference them: one further statement per level, or one statement in all for a single row.

use std::future::Future;

use sqlx::postgres::PgRow;

use super::keyed::{FindOne, SEVERAL};
use super::link::{Equality, Link, OnlyOf, compared};
use super::row_key::RowKey;
use super::select::Select;
use crate::error::Error;
use crate::query::access::CanRead;
use crate::query::executor::{Executor, Kind, Running, Statement, finish, not_found};
use crate::query::explain::explain;
use crate::query::join_key::{JoinKeyClosure, Reference, matching};
use crate::query::meta::Meta;
use crate::query::relation::Relation;
use crate::query::sources::width;
use crate::query::subquery::Join;
use crate::query::visibility::Deleted;
use crate::wire::RowReader;

/// A statement whose rows can be loaded with their children: a [`Select`] of one table, or a [`WithChildren`].
pub trait Load: Sized + Send + 'static {
    /// The table.
    type Table: Relation;
    /// All tables that are read.
    type Tables;
    /// The type that a row is read into.
    type Row: Send + 'static;

    /// Whether it has a `limit` or an `offset`.
    #[doc(hidden)]
    fn is_limited(&self) -> bool;

    /// The same statement, limited to the first row.
    #[doc(hidden)]
    fn at_most_one(self) -> Self;

    /// Loads the rows, each with the values of the columns at `keys`. With `only`, it loads the children of those
    /// parents.
    #[doc(hidden)]
    fn load<E: Executor>(
        self,
        executor: &E,
        of_this_crate: OfThisCrate,
        keys: Vec<usize>,
        only: Option<OnlyOf>,
    ) -> impl Future<Output = Result<Vec<(RowKey, Self::Row)>, Error>> + Send;
}

/// A value that only this crate can make. It shows that the caller has checked who may reach the tables.
#[doc(hidden)]
pub struct OfThisCrate(());

impl<T: Relation> Load for Select<T> {
    type Table = T;
    type Tables = T;
    type Row = T;

    fn is_limited(&self) -> bool {
        self.limit.is_some() || self.offset.is_some()
    }

    fn at_most_one(self) -> Self {
        self.at_most_one()
    }

    async fn load<E: Executor>(
        mut self,
        executor: &E,
        _: OfThisCrate,
        keys: Vec<usize>,
        only: Option<OnlyOf>,
    ) -> Result<Vec<(RowKey, T)>, Error> {
        self.parents = only.map(|parents| parents.0);
        let statement = self.statement(executor)?;
        let mut rows = Vec::new();
        let mut on_row = |row: PgRow| {
            let mut cells = RowReader::new(&row, rows.is_empty());
            let value = <T as Relation>::read(&mut cells)?;
            rows.push((key_of(&cells, &keys)?, value));
            Ok(())
        };
        executor.run(statement, &mut on_row).await?;
        Ok(rows)
    }
}

fn key_of(cells: &RowReader<'_>, positions: &[usize]) -> Result<RowKey, Error> {
    let mut key = RowKey::EMPTY;
    for &at in positions {
        key.push(cells.bytes_at(at)?);
    }
    Ok(key)
}

/// A statement for children, and the foreign key by which they reference their parent.
pub struct Children<C> {
    children: C,
    link: Result<Link, Error>,
}

impl<C: Load> Children<C> {
    pub(super) fn new<P: Relation>(children: C, reference: Reference) -> Self {
        Self {
            children,
            link: Link::new(reference, P::meta()),
        }
    }
}

/// A row of the statement `L`, and its children, which are rows of `C`.
pub type Parent<L, C> = (<L as Load>::Row, Vec<<C as Load>::Row>);

/// A statement that reads rows with their children. [`Select::with`] returns it.
#[must_use = "a statement does nothing until it is run"]
pub struct WithChildren<L, C> {
    parents: L,
    children: Children<C>,
}

impl<L: Load, C: Load> WithChildren<L, C> {
    /// Also loads rows that reference the parents by another foreign key or from another table.
    pub fn with<D, R>(
        self,
        children: D,
        columns: impl JoinKeyClosure<<D::Table as Relation>::Fields, R, D::Table, L::Table>,
    ) -> WithChildren<Self, D>
    where
        D: Load,
    {
        with(self, children, columns)
    }

    /// Returns the rows, each with its children in the order of the children's statement.
    ///
    /// It runs one statement for the rows, and one for all children at each level.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the children have a `limit` or an `offset`, or if the foreign key contains a `numeric`.
    pub fn fetch_all<E>(self, executor: &E) -> Running<'_, Vec<Parent<L, C>>>
    where
        E: CanRead<(L::Tables, C::Tables)>,
    {
        Box::pin(async move {
            let rows = self
                .load(executor, OfThisCrate(()), Vec::new(), None)
                .await?;
            Ok(rows.into_iter().map(|(_, row)| row).collect())
        })
    }

    /// Returns the first row with its children.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no row.
    pub fn fetch_one<E>(self, executor: &E) -> Running<'_, Parent<L, C>>
    where
        E: CanRead<(L::Tables, C::Tables)>,
    {
        Box::pin(async move {
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(<L::Table as Relation>::meta()))
        })
    }

    /// Returns the first row with its children, or `None` if there is no row.
    pub fn fetch_optional<E>(self, executor: &E) -> Running<'_, Option<Parent<L, C>>>
    where
        E: CanRead<(L::Tables, C::Tables)>,
    {
        Box::pin(async move {
            let rows = self.at_most_one().fetch_all(executor).await?;
            Ok(rows.into_iter().next())
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

    fn at_most_one(mut self) -> Self {
        self.parents = self.parents.at_most_one();
        self
    }

    async fn load<E: Executor>(
        self,
        executor: &E,
        _: OfThisCrate,
        keys: Vec<usize>,
        only: Option<OnlyOf>,
    ) -> Result<Vec<(RowKey, Self::Row)>, Error> {
        let Children { children, link } = self.children;
        let link = link?;
        if children.is_limited() {
            return Err(Error::Statement(
                "a limit would apply to all children together; load the children of one row with `get(key).with(..)`, or leave out the limit",
            ));
        }
        let equalities = link.equalities()?;
        let wanted = keys.len();
        let all_keys = [keys, link.theirs.clone()].concat();
        let parents = self
            .parents
            .load(executor, OfThisCrate(()), all_keys, only)
            .await?;
        let mut rows = Vec::with_capacity(parents.len());
        let mut linked = Vec::with_capacity(parents.len());
        for (key, parent) in parents {
            let (key, own) = key.split(wanted);
            rows.push((key, parent));
            linked.push(own);
        }
        let families = families_of(executor, children, &link, linked, &equalities).await?;
        let rows = rows.into_iter().zip(families);
        Ok(rows
            .map(|((key, parent), children)| (key, (parent, children)))
            .collect())
    }
}

/// Loads the children of the parents, which are given by their keys. Returns a list of children for each parent.
async fn families_of<E: Executor, C: Load>(
    executor: &E,
    children: C,
    link: &Link,
    parents: Vec<RowKey>,
    equalities: &[Equality],
) -> Result<Vec<Vec<C::Row>>, Error> {
    let mut families: Vec<Vec<C::Row>> = parents.iter().map(|_| Vec::new()).collect();
    let Some(only) = link.of_parents(&parents) else {
        return Ok(families);
    };
    let places = Places::new(parents, equalities);
    let own = link.own.clone();
    for (key, child) in children
        .load(executor, OfThisCrate(()), own, Some(only))
        .await?
    {
        let key = compared(key, equalities);
        let place = key.and_then(|key| places.of(&key));
        if let Some(family) = place.and_then(|place| families.get_mut(place)) {
            family.push(child);
        }
    }
    Ok(families)
}

/// The position of each parent in the list. It is sorted instead of hashed, so that chosen keys cannot make hashes
/// collide.
struct Places(Vec<(RowKey, usize)>);

impl Places {
    fn new(parents: Vec<RowKey>, equalities: &[Equality]) -> Self {
        let parents = parents.into_iter().enumerate();
        let places = parents.filter_map(|(place, key)| Some((compared(key, equalities)?, place)));
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        Self(places)
    }

    /// The position of a parent. If a parent is in the list twice, only the first position gets the children; a table
    /// has each key once.
    fn of(&self, key: &RowKey) -> Option<usize> {
        let at = self.0.partition_point(|(other, _)| other < key);
        let (found, place) = self.0.get(at)?;
        (found == key).then_some(*place)
    }
}

fn with<L: Load, D: Load, R>(
    parents: L,
    children: D,
    columns: impl JoinKeyClosure<<D::Table as Relation>::Fields, R, D::Table, L::Table>,
) -> WithChildren<L, D> {
    let reference = columns.reference(<D::Table as Relation>::fields(0));
    WithChildren {
        parents,
        children: Children::new::<L::Table>(children, reference),
    }
}

impl<T: Relation> Select<T> {
    /// Also loads the rows that reference these rows, by the referencing column or a tuple of columns.
    ///
    /// It takes one further statement for any number of rows:
    ///
    /// ```sql
    /// SELECT .. FROM order_items AS t0 WHERE t0.user_id = $1 AND t0.order_id = ANY($2)
    /// ```
    ///
    /// If the children's owner is found through the parents, the statement checks the owner of each parent once. A
    /// parent that was given to another owner in the meantime has no children in the result:
    ///
    /// ```sql
    /// SELECT .. FROM order_items AS t0
    /// WHERE t0.order_id = ANY(ARRAY(SELECT p0.id FROM orders AS p0 WHERE p0.id = ANY($1) AND p0.user_id = $2))
    /// ```
    pub fn with<C, R>(
        self,
        children: C,
        columns: impl JoinKeyClosure<<C::Table as Relation>::Fields, R, C::Table, T>,
    ) -> WithChildren<Self, C>
    where
        C: Load,
    {
        with(self, children, columns)
    }
}

/// A statement that finds one row with its children. [`FindOne::with`] returns it.
#[must_use = "a statement does nothing until it is run"]
pub struct FindWithChildren<T, C> {
    parent: FindOne<T>,
    children: Children<Select<C>>,
}

impl<T: Relation> FindOne<T> {
    /// Also loads the rows that reference the row, by the referencing column or a tuple of columns, in one statement.
    ///
    /// ```sql
    /// SELECT .. FROM orders AS t0
    /// LEFT JOIN order_items AS t1 ON t1.order_id = t0.id AND .. WHERE t0.id = $2 AND ..
    /// ```
    pub fn with<C, R>(
        self,
        children: Select<C>,
        columns: impl JoinKeyClosure<C::Fields, R, C, T>,
    ) -> FindWithChildren<T, C>
    where
        C: Relation,
    {
        let reference = columns.reference(C::fields(0));
        FindWithChildren::new(self, Children::new::<T>(children, reference))
    }
}

impl<T, C> FindWithChildren<T, C> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.parent.table()
    }
}

impl<T: Relation, C: Relation> FindWithChildren<T, C> {
    pub(super) fn new(parent: FindOne<T>, children: Children<Select<C>>) -> Self {
        Self { parent, children }
    }

    /// Returns the row with its children.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the row does not exist or belongs to another owner.
    pub fn fetch_one<E>(self, executor: &E) -> Running<'_, (T, Vec<C>)>
    where
        E: CanRead<(T, C)>,
    {
        Box::pin(async move {
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(T::meta()))
        })
    }

    /// Returns the row with its children, or `None` if it does not exist or belongs to another owner.
    pub fn fetch_optional<E>(self, executor: &E) -> Running<'_, Option<(T, Vec<C>)>>
    where
        E: CanRead<(T, C)>,
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

    /// Runs `EXPLAIN` on the statement, with its values, and returns PostgreSQL's plan.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the row and its children need two statements: explain each on its own.
    pub fn explain<E>(self, executor: &E) -> Running<'_, String>
    where
        E: CanRead<(T, C)>,
    {
        Box::pin(async move {
            if !self.is_one_statement() {
                return Err(Error::Statement(
                    "the row and its children take two statements; explain each separately",
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
        let link = link?;
        let equalities = link.equalities()?;
        let parents = self
            .parent
            .select
            .load(executor, OfThisCrate(()), link.theirs.clone(), None)
            .await?;
        if parents.len() > 1 {
            return Err(SEVERAL);
        }
        let Some((key, parent)) = parents.into_iter().next() else {
            return Ok(None);
        };
        // Only this row's children: another owner's row with the same key has its own.
        let families = families_of(executor, children, &link, vec![key], &equalities).await?;
        let own = families.into_iter().next();
        Ok(Some((parent, own.unwrap_or_default())))
    }

    /// Whether one join can do it. A limit of the children, deleted rows and locks need two statements.
    fn is_one_statement(&self) -> bool {
        let children = &self.children.children;
        children.limit.is_none()
            && children.offset.is_none()
            && children.lock.is_none()
            && self.parent.select.lock.is_none()
            && children.deleted == Deleted::Hidden
            && self.parent.select.deleted == Deleted::Hidden
    }

    fn joined<E: Executor>(mut self, executor: &E) -> Result<Statement, Error> {
        let select = &mut self.parent.select;
        let mut children = self.children.children;
        let reference = self.children.link?.reference.at(1);
        let on = matching(&reference, select.first, 0);
        let mut filter = children.filter.take();
        if let Some(filter) = &mut filter {
            filter.shift(1);
        }
        select.joins.push(Join::left(C::meta(), on, filter));
        for mut order in children.order {
            order.node.shift(1);
            select.order.push(order);
        }
        let mut writer = select.writer(executor);
        writer.push("SELECT ");
        select.write_columns(&mut writer);
        select.write_rest(&mut writer, None);
        finish(writer, Kind::Read, select.tables())
    }
}

/// A row and its children, as they come from a join: each row of the result repeats the parent.
struct Family<T, C> {
    parent: Option<T>,
    key: RowKey,
    children: Vec<C>,
}

impl<T, C> Default for Family<T, C> {
    fn default() -> Self {
        Self {
            parent: None,
            key: RowKey::EMPTY,
            children: Vec::new(),
        }
    }
}

impl<T: Relation, C: Relation> Family<T, C> {
    fn read(&mut self, row: &PgRow) -> Result<(), Error> {
        let check_types = self.parent.is_none() || self.children.is_empty();
        let mut cells = RowReader::new(row, check_types);
        let key = key_of(&cells, T::meta().key())?;
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
