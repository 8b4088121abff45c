//! Inserts of several rows, of which some may exist already.

use core::marker::PhantomData;

use super::conflict::Conflict;
use super::foreign_key_check;
use super::insert_many::statement;
use super::rows;
use super::write::stamped;
use crate::error::Error;
use crate::query::access::CanInsert;
use crate::query::assignment::{Assignments, InUpdate};
use crate::query::executor::{Executor, Running, collect};
use crate::query::new_values::Columns;
use crate::query::node::EXCLUDED;
use crate::query::relation::Relation;

/// An insert of several rows that names the key of existing rows. [`do_nothing`](Self::do_nothing) or
/// [`do_update`](Self::do_update) says what happens to those.
#[must_use = "`do_nothing` or `do_update` says what happens to an existing row"]
pub struct OnConflictOfMany<T> {
    columns: Columns,
    key: Vec<usize>,
    table: PhantomData<fn() -> T>,
}

impl<T: Relation> OnConflictOfMany<T> {
    pub(super) fn new(columns: Columns, key: Vec<usize>) -> Self {
        Self {
            columns,
            key,
            table: PhantomData,
        }
    }

    /// Leaves existing rows as they are. Of several new rows with one key, the first is added.
    pub fn do_nothing(self) -> UpsertMany<T> {
        self.with(Vec::new())
    }

    /// Changes existing rows. The second argument of the closure has the values of the new row.
    ///
    /// ```text
    /// Tag::insert_many(new).on_conflict(|tag| tag.name).do_update(|tag, new| tag.color.to(new.color))
    /// ```
    pub fn do_update<A: Assignments<T, InUpdate>>(
        self,
        columns: impl FnOnce(T::Fields, T::Fields) -> A,
    ) -> UpsertMany<T> {
        let set = columns(T::fields(0), T::fields(EXCLUDED)).assignments();
        self.with(set.into_iter().map(|(at, node)| (at, node.0)).collect())
    }

    fn with(self, set: Vec<(usize, crate::query::node::Node)>) -> UpsertMany<T> {
        UpsertMany {
            columns: self.columns,
            conflict: Conflict {
                columns: self.key,
                set,
                only_different: false,
            },
            table: PhantomData,
        }
    }
}

/// An insert of several rows that leaves or changes existing rows: all or none.
///
/// ```sql
/// WITH i (c0) AS (SELECT * FROM UNNEST($1)) INSERT INTO tags AS t0 (user_id, name) SELECT $2, i.c0 FROM i
/// WHERE TRUE ON CONFLICT (user_id, name) DO NOTHING
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct UpsertMany<T> {
    columns: Columns,
    conflict: Conflict,
    table: PhantomData<fn() -> T>,
}

impl<T: Relation> UpsertMany<T> {
    /// Adds or changes the rows, and returns them. Existing rows that are left as they are, are not among them. Without
    /// rows it sends nothing.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] if no key has the columns of the conflict. [`Error::Statement`] if two rows have the same key
    /// and `do_update` would change one row twice, and those of [`InsertMany::fetch_all`](super::insert_many::InsertMany::fetch_all).
    pub fn fetch_all<E: CanInsert<T>>(mut self, executor: &E) -> Running<'_, Vec<T>> {
        Box::pin(async move {
            if self.columns.rows() == 0 {
                return Ok(Vec::new());
            }
            self.refuse_equal_keys()?;
            let statement =
                statement::<T, _>(&mut self.columns, executor, Some(&self.conflict), true)?;
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            if rows.is_empty() {
                self.refuse_unreachable(executor).await?;
            }
            Ok(rows)
        })
    }

    /// Adds or changes the rows. Returns how many were added or changed. Without rows it sends nothing.
    ///
    /// # Errors
    ///
    /// Those of [`fetch_all`](Self::fetch_all).
    pub fn execute<E: CanInsert<T>>(mut self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move {
            if self.columns.rows() == 0 {
                return Ok(0);
            }
            self.refuse_equal_keys()?;
            let statement =
                statement::<T, _>(&mut self.columns, executor, Some(&self.conflict), false)?;
            let changed = executor.run(statement, &mut |_| Ok(())).await?;
            if changed == 0 {
                self.refuse_unreachable(executor).await?;
            }
            Ok(changed)
        })
    }

    /// PostgreSQL refuses to change a row twice in one statement (21000), in words that do not name the rows.
    fn refuse_equal_keys(&mut self) -> Result<(), Error> {
        if self.conflict.set.is_empty() {
            return Ok(());
        }
        let positions = self.columns.positions();
        let key = self.conflict.columns.iter();
        let places = key.map(|at| positions.iter().position(|other| other == at));
        let Some(places) = places.collect::<Option<Vec<_>>>() else {
            // A column of the key has its default, which differs from row to row.
            return Ok(());
        };
        let rows = self.columns.rows();
        if rows::have_equal(rows, self.columns.get()?, &places) {
            return Err(SAME_KEY);
        }
        Ok(())
    }

    async fn refuse_unreachable<E: Executor>(&mut self, executor: &E) -> Result<(), Error> {
        let meta = T::meta();
        let keys = foreign_key_check::keys_to_check(meta, &self.columns.positions());
        let (rows, stamp) = (self.columns.rows(), stamped(meta));
        let columns = self.columns.get()?;
        rows::refuse_unreachable(executor, meta, rows, columns, &keys, stamp).await?;
        foreign_key_check::refuse_unreachable(executor, meta, &self.conflict.set).await
    }
}

const SAME_KEY: Error = Error::Statement(
    "two rows of the `insert_many` have the same key, and `do_update` changes a row once only; leave one of them out, or use `do_nothing`",
);
