use core::marker::PhantomData;

use super::foreign_key_check;
use super::write::{
    In, Returned, refuse_owner, refuse_several, write_assignment, write_returned, write_updated_at,
    write_where,
};
use crate::error::Error;
use crate::model::BinaryOp;
use crate::query::access::CanUpdate;
use crate::query::assignment::{Assignments, InUpdate};
use crate::query::executor::{Executor, Kind, Running, Statement, collect, finish, not_found};
use crate::query::explain::explain;
use crate::query::expr::Condition;
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::relation::Relation;
use crate::query::visibility::{Deleted, Visibility};
use crate::query::writer::{Writer, Written, list};

/// Marks an update of one row, by its key.
#[derive(Debug)]
pub enum One {}

/// Marks an update of all rows for which a condition holds.
#[derive(Debug)]
pub enum Many {}

/// A statement that changes rows. `Task::update(key)` and `Task::update_where(..)` begin one.
///
/// ```sql
/// UPDATE tasks AS t0 SET title = $1 WHERE t0.user_id = $2 AND t0.id = $3
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct Update<T, Count> {
    meta: &'static Meta,
    condition: Node,
    set: Vec<(usize, Node)>,
    deleted: Deleted,
    is_by_key: bool,
    types: PhantomData<fn() -> (T, Count)>,
}

impl<T, Count> Update<T, Count> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.meta
    }
}

impl<T, Count> Clone for Update<T, Count> {
    fn clone(&self) -> Self {
        Self {
            meta: self.meta,
            condition: self.condition.clone(),
            set: self.set.clone(),
            deleted: self.deleted,
            is_by_key: self.is_by_key,
            types: PhantomData,
        }
    }
}

impl<T: Relation, Count: 'static> Update<T, Count> {
    pub(crate) fn new(condition: Condition) -> Self {
        Self::over(T::meta(), condition.0)
    }

    /// An update of a table that is known only at run time.
    pub(crate) fn over(meta: &'static Meta, condition: Node) -> Self {
        Self {
            meta,
            condition,
            set: Vec::new(),
            deleted: Deleted::Hidden,
            is_by_key: false,
            types: PhantomData,
        }
    }

    /// An update of the row with a key.
    pub(crate) fn by_key(condition: Condition) -> Self {
        let mut update = Self::new(condition);
        update.is_by_key = true;
        update
    }

    /// Sets columns to values or to expressions over the row. It can be called several times.
    ///
    /// ```text
    /// Task::update(id).set(|t| (t.done.to(true), t.tries.to(t.tries + 1))).execute(&scope).await?;
    /// ```
    pub fn set<A: Assignments<T, InUpdate>>(
        mut self,
        columns: impl FnOnce(T::Fields) -> A,
    ) -> Self {
        for (position, node) in columns(T::fields(0)).assignments() {
            self.set.retain(|(other, _)| *other != position);
            self.set.push((position, node.0));
        }
        self
    }

    /// Changes only rows for which this condition holds too.
    ///
    /// For example, the condition can be that the row still has the version that was read before.
    pub fn filter<C: Into<Condition>>(mut self, condition: impl FnOnce(T::Fields) -> C) -> Self {
        let further = condition(T::fields(0)).into().0;
        self.condition = Node::and(Some(self.condition), further);
        self
    }

    /// Includes rows that are marked as deleted.
    pub fn with_deleted(mut self) -> Self {
        self.deleted = Deleted::Shown;
        self
    }

    /// Changes the rows. Returns the number of rows changed; a row of another owner counts as missing.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if no column is set, or if the key identifies one row of each owner and `executor` reaches
    /// all owners. [`Error::ForeignKey`] if a row that is referenced now does not exist or belongs to another owner.
    /// [`Error::Unique`] and others if a constraint is violated.
    pub fn execute<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move {
            let statement = self.statement(executor, false)?;
            let changed = executor.run(statement, &mut |_| Ok(())).await?;
            if changed == 0 {
                self.refuse_unreachable(executor).await?;
            }
            Ok(changed)
        })
    }

    /// Runs `EXPLAIN` on the statement, with its values, and returns PostgreSQL's plan. Nothing is changed.
    pub fn explain<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, String> {
        Box::pin(async move {
            let statement = self.statement(executor, false)?;
            explain(executor, statement).await
        })
    }

    /// Returns the SQL that `executor` would run, with `RETURNING`. It does not run it.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the statement cannot be written. [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanUpdate<T>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor, true)?.into_text())
    }

    async fn rows<E: CanUpdate<T>>(self, executor: &E) -> Result<Vec<T>, Error> {
        let statement = self.statement(executor, true)?;
        let rows = collect(executor, statement, <T as Relation>::read).await?;
        if rows.is_empty() {
            self.refuse_unreachable(executor).await?;
        }
        Ok(rows)
    }

    /// After an update that changed nothing: returns an error if it references a row that cannot be reached.
    pub(super) async fn refuse_unreachable<E: Executor>(&self, executor: &E) -> Result<(), Error> {
        foreign_key_check::refuse_unreachable(executor, self.meta, &self.set).await
    }

    #[cfg(feature = "testing")]
    pub(crate) fn meta(&self) -> &'static Meta {
        self.meta
    }

    /// Sets a column of a table that is known only at run time.
    #[cfg(feature = "testing")]
    pub(crate) fn assign(mut self, position: usize, node: Node) -> Self {
        self.set.push((position, node));
        self
    }

    pub(crate) fn statement<E: Executor>(
        &self,
        executor: &E,
        returning: bool,
    ) -> Result<Statement, Error> {
        let returned = if returning {
            Returned::Row
        } else {
            Returned::Nothing
        };
        self.returning_statement(executor, returned)
    }

    pub(super) fn returning_statement<E: Executor>(
        &self,
        executor: &E,
        returned: Returned<'_>,
    ) -> Result<Statement, Error> {
        if self.set.is_empty() {
            return Err(NOTHING_SET);
        }
        let meta = self.meta;
        let positions: Vec<_> = self.set.iter().map(|(position, _)| *position).collect();
        refuse_owner(meta, &positions, In::Update)?;
        refuse_several(meta, self.is_by_key, executor)?;
        let mut writer = Writer::new(executor.visibility()).over_one(meta);
        let keys = match executor.visibility() {
            Visibility::Owner(..) => foreign_key_check::keys_to_check(meta, &positions),
            Visibility::AllOwners | Visibility::SharedOnly => Vec::new(),
        };
        let texts = self.write_set(&mut writer, meta, !keys.is_empty());
        write_where(&mut writer, meta, self.deleted, &self.condition);
        foreign_key_check::write_all_reachable(
            &mut writer,
            meta,
            &keys,
            &self.set,
            &texts,
            " AND ",
        );
        write_returned(&mut writer, meta, returned);
        finish(writer, Kind::Write, meta)
    }

    /// Writes the assignments. Returns the place of each value in the text, if `is_asked`.
    fn write_set(
        &self,
        writer: &mut Writer<'_>,
        meta: &'static Meta,
        is_asked: bool,
    ) -> Vec<(usize, Written)> {
        writer.push("UPDATE ");
        writer.push(meta.name());
        writer.push(" AS t0 SET ");
        let mut texts = Vec::new();
        list(writer, "", self.set.iter(), |writer, (position, node)| {
            let there = write_assignment(writer, meta, *position, node);
            if is_asked {
                texts.push((*position, there));
            }
        });
        write_updated_at(writer, meta);
        texts
    }
}

const NOTHING_SET: Error =
    Error::Statement("the update sets no column; set one in `.set(|row| row.column.to(value))`");

const NOT_BY_KEY_ALONE: Error = Error::Statement(
    "an update of `update_many` finds its row by the key alone; leave out `filter` and `with_deleted`",
);

impl<T: Relation> Update<T, One> {
    /// The values of the key, then those that are set, each with the position of its column.
    pub(super) fn into_row(self) -> Result<Vec<(usize, Node)>, Error> {
        if self.set.is_empty() {
            return Err(NOTHING_SET);
        }
        let key = self.meta.key_without_scope();
        let mut row = Vec::with_capacity(key.len() + self.set.len());
        let is_by_key = values_of(self.condition, &mut row);
        let columns = row.iter().map(|(position, _)| position);
        if !(is_by_key && columns.eq(key) && self.deleted == Deleted::Hidden) {
            return Err(NOT_BY_KEY_ALONE);
        }
        row.extend(self.set);
        Ok(row)
    }

    /// Changes the row, and returns it as it is after the change: `UPDATE .. RETURNING ..`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the row does not exist or belongs to another owner, and those of
    /// [`execute`](Self::execute).
    pub fn fetch_one<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let table = self.meta;
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(table))
        })
    }

    /// Changes the row, and returns it as it is after the change: `UPDATE .. RETURNING ..`.
    ///
    /// It is `None` if the row does not exist or belongs to another owner.
    ///
    /// # Errors
    ///
    /// Those of [`execute`](Self::execute).
    pub fn fetch_optional<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, Option<T>> {
        Box::pin(async move { Ok(self.rows(executor).await?.into_iter().next()) })
    }
}

impl<T: Relation> Update<T, Many> {
    /// Changes the rows, and returns them as they are after the change: `UPDATE .. RETURNING ..`.
    ///
    /// # Errors
    ///
    /// Those of [`execute`](Self::execute).
    pub fn fetch_all<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, Vec<T>> {
        Box::pin(async move { self.rows(executor).await })
    }
}

/// Adds the column and the value of each `t0.id = $1` of a chain of `AND`. Returns whether there is nothing else in it.
fn values_of(condition: Node, row: &mut Vec<(usize, Node)>) -> bool {
    match condition {
        Node::Bool(true) => true,
        Node::Binary(BinaryOp::And, left, right) => values_of(*left, row) && values_of(*right, row),
        Node::Binary(BinaryOp::Eq, column, value) => match column.as_column() {
            Some(column) => {
                row.push((column.position, *value));
                true
            }
            None => false,
        },
        _ => false,
    }
}
