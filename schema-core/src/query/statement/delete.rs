use core::marker::PhantomData;

use super::update::{Many, One};
use super::write::{Returned, refuse_several, write_returned, write_updated_at, write_where};
use crate::error::Error;
use crate::query::access::{CanDelete, CanUpdate};
use crate::query::executor::{Executor, Kind, Running, Statement, collect, finish, not_found};
use crate::query::explain::explain;
use crate::query::expr::Condition;
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::relation::Relation;
use crate::query::visibility::Deleted;
use crate::query::writer::Writer;

/// A statement that deletes rows. `Task::delete(key)`, `delete_where`, `purge` and `purge_where` begin one.
///
/// Unless it is a purge, it marks the rows as deleted if the table has a `deleted_at` column.
///
/// ```sql
/// DELETE FROM tasks AS t0 WHERE t0.user_id = $1 AND t0.id = $2
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct Delete<T, Count> {
    meta: &'static Meta,
    condition: Node,
    for_good: bool,
    is_by_key: bool,
    types: PhantomData<fn() -> (T, Count)>,
}

impl<T, Count> Delete<T, Count> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.meta
    }
}

impl<T, Count> Clone for Delete<T, Count> {
    fn clone(&self) -> Self {
        Self {
            meta: self.meta,
            condition: self.condition.clone(),
            for_good: self.for_good,
            is_by_key: self.is_by_key,
            types: PhantomData,
        }
    }
}

impl<T: Relation, Count: 'static> Delete<T, Count> {
    /// A deletion that marks the rows if the table has a `deleted_at`, and otherwise removes them.
    pub(crate) fn soft(condition: Condition) -> Self {
        Self::over(T::meta(), condition.0, false)
    }

    /// A deletion that removes the rows.
    pub(crate) fn hard(condition: Condition) -> Self {
        Self::over(T::meta(), condition.0, true)
    }

    /// Notes that the condition is on the key.
    pub(crate) fn by_key(mut self) -> Self {
        self.is_by_key = true;
        self
    }

    /// A deletion from a table that is known only at run time.
    pub(crate) fn over(meta: &'static Meta, condition: Node, for_good: bool) -> Self {
        Self {
            meta,
            condition,
            for_good,
            is_by_key: false,
            types: PhantomData,
        }
    }

    /// Deletes the rows. Returns the number of rows deleted; a row of another owner counts as missing.
    ///
    /// # Errors
    ///
    /// [`Error::ForeignKey`] if another row still references one of the rows. [`Error::Statement`] if the key
    /// identifies one row of each owner and `executor` reaches all owners.
    pub fn execute<E: CanDelete<T>>(self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            executor.run(statement, &mut |_| Ok(())).await
        })
    }

    /// Runs `EXPLAIN` on the statement, with its values, and returns PostgreSQL's plan. Nothing is deleted.
    pub fn explain<E: CanDelete<T>>(self, executor: &E) -> Running<'_, String> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            explain(executor, statement).await
        })
    }

    /// Returns the SQL that `executor` would run. It does not run it.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the key identifies one row of each owner and `executor` reaches all owners.
    /// [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanDelete<T>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor)?.into_text())
    }

    pub(crate) fn statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        self.returning_statement(executor, Returned::Nothing)
    }

    pub(super) fn returning_statement<E: Executor>(
        &self,
        executor: &E,
        returned: Returned<'_>,
    ) -> Result<Statement, Error> {
        let meta = self.meta;
        refuse_several(meta, self.is_by_key, executor)?;
        let mut writer = Writer::new(executor.visibility()).over_one(meta);
        match meta.deleted_at().filter(|_| !self.for_good) {
            Some(position) => {
                write_mark(&mut writer, meta, position, "CURRENT_TIMESTAMP");
                write_where(&mut writer, meta, Deleted::Hidden, &self.condition);
            }
            None => {
                writer.push("DELETE FROM ");
                writer.push(meta.name());
                writer.push(" AS t0");
                write_where(&mut writer, meta, Deleted::Shown, &self.condition);
            }
        }
        write_returned(&mut writer, meta, returned);
        finish(writer, Kind::Write, meta)
    }

    async fn rows<E: Executor>(self, executor: &E) -> Result<Vec<T>, Error> {
        let statement = self.returning_statement(executor, Returned::Row)?;
        collect(executor, statement, <T as Relation>::read).await
    }
}

impl<T: Relation> Delete<T, One> {
    /// Deletes the row, and returns it: `DELETE .. RETURNING ..`. A row that is marked as deleted has its `deleted_at`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the row does not exist or belongs to another owner, and those of
    /// [`execute`](Self::execute).
    pub fn fetch_one<E: CanDelete<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let table = self.meta;
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(table))
        })
    }

    /// Deletes the row, and returns it, or `None` if it does not exist or belongs to another owner.
    ///
    /// # Errors
    ///
    /// Those of [`execute`](Self::execute).
    pub fn fetch_optional<E: CanDelete<T>>(self, executor: &E) -> Running<'_, Option<T>> {
        Box::pin(async move { Ok(self.rows(executor).await?.into_iter().next()) })
    }
}

impl<T: Relation> Delete<T, Many> {
    /// Deletes the rows, and returns them: `DELETE .. RETURNING ..`. A row that is marked as deleted has its
    /// `deleted_at`.
    ///
    /// # Errors
    ///
    /// Those of [`execute`](Self::execute).
    pub fn fetch_all<E: CanDelete<T>>(self, executor: &E) -> Running<'_, Vec<T>> {
        Box::pin(async move { self.rows(executor).await })
    }
}

/// `UPDATE tasks AS t0 SET deleted_at = ..`
fn write_mark(writer: &mut Writer<'_>, meta: &'static Meta, position: usize, value: &str) {
    writer.push("UPDATE ");
    writer.push(meta.name());
    writer.push(" AS t0 SET ");
    writer.push(&meta.columns()[position].name);
    writer.push(" = ");
    writer.push(value);
    write_updated_at(writer, meta);
}

/// A statement that restores a deleted row. `Task::restore(key)` begins one.
///
/// ```sql
/// UPDATE tasks AS t0 SET deleted_at = NULL
/// WHERE t0.user_id = $1 AND t0.deleted_at IS NOT NULL AND t0.id = $2
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct Restore<T> {
    meta: &'static Meta,
    condition: Node,
    table: PhantomData<fn() -> T>,
}

impl<T> Restore<T> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.meta
    }
}

impl<T: Relation> Restore<T> {
    pub(crate) fn new(condition: Condition) -> Self {
        Self::over(T::meta(), condition.0)
    }

    /// A restoration in a table that is known only at run time.
    pub(crate) fn over(meta: &'static Meta, condition: Node) -> Self {
        Self {
            meta,
            condition,
            table: PhantomData,
        }
    }

    /// Restores the row. Returns the number of rows restored: 0 if there is no deleted row with the key.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the table has no `deleted_at`, or if the key identifies one row of each owner and
    /// `executor` reaches all owners.
    pub fn execute<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            executor.run(statement, &mut |_| Ok(())).await
        })
    }

    /// Restores the row, and returns it: `UPDATE .. RETURNING ..`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no deleted row with the key, and those of [`execute`](Self::execute).
    pub fn fetch_one<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let table = self.meta;
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(table))
        })
    }

    /// Restores the row, and returns it, or `None` if there is no deleted row with the key.
    ///
    /// # Errors
    ///
    /// Those of [`execute`](Self::execute).
    pub fn fetch_optional<E: CanUpdate<T>>(self, executor: &E) -> Running<'_, Option<T>> {
        Box::pin(async move {
            let statement = self.returning_statement(executor, Returned::Row)?;
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            Ok(rows.into_iter().next())
        })
    }

    pub(crate) fn statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        self.returning_statement(executor, Returned::Nothing)
    }

    fn returning_statement<E: Executor>(
        &self,
        executor: &E,
        returned: Returned<'_>,
    ) -> Result<Statement, Error> {
        let meta = self.meta;
        refuse_several(meta, true, executor)?;
        let position = meta.deleted_at().ok_or(Error::Statement(
            "the table has no `deleted_at`, so no row of it can be restored; add a column with `#[column(deleted_at)]`",
        ))?;
        let mut writer = Writer::new(executor.visibility()).over_one(meta);
        write_mark(&mut writer, meta, position, "NULL");
        write_where(&mut writer, meta, Deleted::Only, &self.condition);
        write_returned(&mut writer, meta, returned);
        finish(writer, Kind::Write, meta)
    }
}
