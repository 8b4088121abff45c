use core::marker::PhantomData;

use futures_util::stream::BoxStream;

use crate::error::Error;
use crate::model::Table;
use crate::query::access::CanRead;
#[cfg(feature = "testing")]
use crate::query::argument::List;
use crate::query::argument::value;
use crate::query::executor::{
    Executor, Kind, Running, Statement, collect_where, finish, not_found, stream_of,
};
use crate::query::explain::explain;
use crate::query::expr::Condition;
use crate::query::leakproof::{self, GuardedTable};
use crate::query::meta::{Meta, push_columns};
use crate::query::node::{Among, Node};
use crate::query::order::{Order, OrderTerms};
use crate::query::relation::Relation;
use crate::query::row_filter;
use crate::query::scope_filter;
use crate::query::sources::Sources;
use crate::query::subquery::Join;
use crate::query::visibility::Deleted;
use crate::query::writer::{Writer, list, write_order};

/// A statement that reads rows of a table, or of joined tables. `Task::select()` begins one.
///
/// ```sql
/// SELECT t0.id, t0.title FROM tasks AS t0 WHERE t0.user_id = $1
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct Select<S> {
    pub(super) first: &'static Meta,
    pub(super) joins: Vec<Join>,
    pub(super) filter: Option<Node>,
    /// The parents, if the rows are loaded as children of parents.
    pub(super) parents: Option<Vec<Among>>,
    pub(super) order: Vec<Order>,
    pub(super) limit: Option<i64>,
    pub(super) offset: Option<i64>,
    pub(super) lock: Option<&'static str>,
    pub(super) deleted: Deleted,
    sources: PhantomData<fn() -> S>,
}

impl<S> Select<S> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.first
    }
}

impl<S> Clone for Select<S> {
    fn clone(&self) -> Self {
        Self {
            first: self.first,
            joins: self.joins.clone(),
            filter: self.filter.clone(),
            parents: self.parents.clone(),
            order: self.order.clone(),
            limit: self.limit,
            offset: self.offset,
            lock: self.lock,
            deleted: self.deleted,
            sources: PhantomData,
        }
    }
}

impl<T: Relation> Select<T> {
    pub(crate) fn new() -> Self {
        Self::from_table(T::meta())
    }

    /// The rows of a table that is known only at run time.
    pub(crate) fn from_table(meta: &'static Meta) -> Self {
        Self {
            first: meta,
            joins: Vec::new(),
            filter: None,
            parents: None,
            order: Vec::new(),
            limit: None,
            offset: None,
            lock: None,
            deleted: Deleted::Hidden,
            sources: PhantomData,
        }
    }
}

impl<T: Relation + Table> Select<T> {
    /// Keeps only rows that match a full-text search. `words` is what a person types: `red "running shoes" -kids`.
    ///
    /// The table's `search(..)` declares what is searched. If the table has none, no row is found.
    pub fn search(mut self, words: &str) -> Self {
        let found = match &T::DEF.search {
            Some(search) => Node::Search(
                0,
                search,
                Box::new(Node::Value(value(words.to_owned()), None)),
            ),
            None => Node::Bool(false),
        };
        self.filter = Some(Node::and(self.filter.take(), found));
        self
    }
}

impl<S: Sources> Select<S> {
    /// The same statement, typed as one over other tables.
    pub(super) fn over<Other>(self) -> Select<Other> {
        Select {
            first: self.first,
            joins: self.joins,
            filter: self.filter,
            parents: self.parents,
            order: self.order,
            limit: self.limit,
            offset: self.offset,
            lock: self.lock,
            deleted: self.deleted,
            sources: PhantomData,
        }
    }

    /// Keeps only rows for which the condition holds. Several filters are joined by `AND`.
    ///
    /// ```text
    /// Task::select().filter(|t| t.done.eq(false) & t.title.like("%milk%"))
    /// ```
    pub fn filter<C: Into<Condition>>(mut self, condition: impl FnOnce(S::Columns) -> C) -> Self {
        let condition = condition(S::columns()).into();
        self.filter = Some(Node::and(self.filter.take(), condition.0));
        self
    }

    /// Orders the rows. It is applied after the orders that were given before.
    ///
    /// ```text
    /// Task::select().order_by(|t| (t.created_at.desc(), t.id.asc()))
    /// ```
    pub fn order_by<O: OrderTerms>(mut self, order: impl FnOnce(S::Columns) -> O) -> Self {
        self.order.extend(order(S::columns()).terms());
        self
    }

    /// Returns at most `rows` rows: `LIMIT`.
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = Some(rows.into());
        self
    }

    /// Skips the first `rows` rows: `OFFSET`.
    ///
    /// PostgreSQL reads the skipped rows nevertheless. For a long list use [`page`](Self::page).
    pub fn offset(mut self, rows: u32) -> Self {
        self.offset = Some(rows.into());
        self
    }

    /// Locks the rows of the first table until the transaction ends: `FOR UPDATE`.
    ///
    /// Until then no other transaction can change them.
    pub fn for_update(mut self) -> Self {
        self.lock = Some(" FOR UPDATE OF t0");
        self
    }

    /// Locks the rows like [`for_update`](Self::for_update), and skips rows that another transaction has locked.
    ///
    /// It writes `FOR UPDATE SKIP LOCKED`, with which several workers can take jobs from a queue.
    pub fn for_update_skip_locked(mut self) -> Self {
        self.lock = Some(" FOR UPDATE OF t0 SKIP LOCKED");
        self
    }

    /// Includes rows that are marked as deleted.
    pub fn with_deleted(mut self) -> Self {
        self.deleted = Deleted::Shown;
        self
    }

    /// Keeps only deleted rows of the first table. Of joined tables it keeps rows that are not deleted.
    pub fn only_deleted(mut self) -> Self {
        self.deleted = Deleted::Only;
        self
    }

    /// Returns all rows.
    pub fn fetch_all<E: CanRead<S>>(self, executor: &E) -> Running<'_, Vec<S::Row>> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            collect_where(executor, statement, S::read, S::MAY_BE_ABSENT).await
        })
    }

    /// Returns the first row.
    ///
    /// The statement gets `LIMIT 1`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no row.
    pub fn fetch_one<E: CanRead<S>>(self, executor: &E) -> Running<'_, S::Row> {
        Box::pin(async move {
            let first = self.first;
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(first))
        })
    }

    /// Returns the first row, or `None` if there is no row.
    ///
    /// The statement gets `LIMIT 1`.
    pub fn fetch_optional<E: CanRead<S>>(self, executor: &E) -> Running<'_, Option<S::Row>> {
        Box::pin(async move {
            let rows = self.at_most_one().fetch_all(executor).await?;
            Ok(rows.into_iter().next())
        })
    }

    /// Returns the rows as a stream: only the current row is in memory.
    ///
    /// The stream holds a connection until it is dropped. If it is dropped before its end, the connection is closed.
    pub fn fetch<E: CanRead<S>>(self, executor: &E) -> BoxStream<'_, Result<S::Row, Error>> {
        let statement = self.statement(executor);
        stream_of(executor, statement, S::read, S::MAY_BE_ABSENT)
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
    /// [`Error::Statement`] if the statement cannot be written. [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanRead<S>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor)?.into_text())
    }

    /// The same statement, limited to the first row.
    pub(super) fn at_most_one(mut self) -> Self {
        self.limit = Some(self.limit.map_or(1, |limit| limit.min(1)));
        self
    }

    pub(crate) fn statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        self.finish(self.written(executor))
    }

    /// `SELECT .. FROM ..`
    pub(super) fn written<'e, E: Executor>(&self, executor: &'e E) -> Writer<'e> {
        let mut writer = self.writer(executor);
        writer.push("SELECT ");
        self.write_columns(&mut writer);
        self.write_rest(&mut writer, None);
        writer
    }

    /// `SELECT count(*) ..`
    #[cfg(feature = "testing")]
    pub(crate) fn count_statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        let mut writer = self.writer(executor);
        writer.push("SELECT count(*)");
        self.write_rest(&mut writer, None);
        self.finish(writer)
    }

    /// Keeps only rows for which the condition holds.
    #[cfg(feature = "testing")]
    pub(crate) fn only(mut self, condition: Node) -> Self {
        self.filter = Some(Node::and(self.filter.take(), condition));
        self
    }

    /// Keeps only the children of some parents, as loading children does. Each of `keys` is a column of the reference,
    /// its values as text, and its type.
    #[cfg(feature = "testing")]
    pub(crate) fn of_parents(
        mut self,
        keys: Vec<(usize, Vec<Option<String>>, &'static str)>,
    ) -> Self {
        let meta = self.first;
        let among = keys.into_iter().map(|(position, values, cast)| Among {
            operand: Node::column(meta, 0, position),
            list: std::sync::Arc::new(List(values)),
            cast: Some(cast),
        });
        self.parents = Some(among.collect());
        self
    }

    /// Joins a table that is known only at run time.
    #[cfg(feature = "testing")]
    pub(crate) fn joined(mut self, join: Join) -> Self {
        self.joins.push(join);
        self
    }

    /// Orders by an expression over tables that are known only at run time.
    #[cfg(feature = "testing")]
    pub(crate) fn ordered(mut self, by: Node) -> Self {
        self.order.push(Order::by::<i64>(by, false));
        self
    }

    /// Orders by the key of a table that is known only at run time; a view by its first column.
    #[cfg(feature = "testing")]
    pub(crate) fn by_key(mut self, meta: &'static Meta) -> Self {
        let key = match meta.key() {
            [] => &[0],
            key => key,
        };
        let order = key
            .iter()
            .map(|&at| Order::by::<i64>(Node::column(meta, 0, at), false));
        self.order.extend(order);
        self
    }

    pub(super) fn kind(&self) -> Kind {
        match self.lock {
            Some(_) => Kind::Write,
            None => Kind::Read,
        }
    }

    pub(super) fn finish(&self, writer: Writer<'_>) -> Result<Statement, Error> {
        let kind = self.kind();
        if self.joins.is_empty() {
            finish(writer, kind, self.first)
        } else {
            finish(writer, kind, self.tables())
        }
    }

    /// A writer for a statement over these tables.
    pub(super) fn writer<'e, E: Executor>(&self, executor: &'e E) -> Writer<'e> {
        let joined = self.joins.iter().map(|join| GuardedTable {
            meta: join.meta,
            may_be_absent: join.left,
        });
        Writer::new(executor.visibility()).over(self.first, joined.collect())
    }

    pub(super) fn tables(&self) -> Vec<&'static Meta> {
        let joined = self.joins.iter().map(|join| join.meta);
        std::iter::once(self.first).chain(joined).collect()
    }

    pub(super) fn write_columns(&self, writer: &mut Writer<'_>) {
        writer.push(self.first.select_list());
        for (at, join) in self.joins.iter().enumerate() {
            let mut list = String::from(", ");
            push_columns(&mut list, at + 1, join.meta.columns());
            writer.push(&list);
        }
    }

    /// Writes the statement from `FROM` on.
    pub(super) fn write_rest(&self, writer: &mut Writer<'_>, groups: Option<usize>) {
        self.write_from(writer, None);
        // By position: written again, a value in a group would be a second parameter.
        if let Some(groups) = groups {
            list(writer, " GROUP BY ", 1..=groups, |writer, place| {
                writer.push(&place.to_string());
            });
        }
        write_order(writer, self.order.iter());
        writer.limits(self.limit, self.offset);
        writer.push(self.lock.unwrap_or_default());
    }

    /// Writes the tables and the conditions.
    pub(super) fn write_from(&self, writer: &mut Writer<'_>, further: Option<&Node>) {
        writer.push(" FROM ");
        writer.push(self.first.name());
        writer.push(" AS t0");
        for (at, join) in self.joins.iter().enumerate() {
            writer.join(join, at + 1, self.deleted);
        }
        let filtered = self.write_own_rows(writer);
        let mut lead = if filtered { " AND " } else { " WHERE " };
        for own in self.filter.iter().chain(further) {
            writer.push(lead);
            leakproof::condition(writer, own);
            lead = " AND ";
        }
    }

    /// Writes which rows of the first table are visible, and whose children they are. Returns whether it wrote a
    /// condition.
    fn write_own_rows(&self, writer: &mut Writer<'_>) -> bool {
        let (first, deleted) = (self.first, self.deleted);
        let Some(parents) = &self.parents else {
            return row_filter::write(writer, first, 0, deleted, " WHERE ");
        };
        writer.push(" WHERE ");
        if !scope_filter::write_children(writer, first, parents) {
            writer.among_all(parents);
            scope_filter::write(writer, first, 0, " AND ");
        }
        row_filter::write_deleted(writer, first, 0, deleted, " AND ");
        true
    }
}
