//! Inserts that may find an existing row.

use super::conflict::Conflict;
use super::foreign_key_check::{self, not_reachable};
use super::insert::Insert;
use crate::error::Error;
use crate::query::access::CanInsert;
use crate::query::assignment::{Assignments, InUpdate};
use crate::query::executor::{Executor, Running, collect, not_found};
use crate::query::meta::Meta;
use crate::query::node::{EXCLUDED, Node};
use crate::query::operand::ExprNode;
use crate::query::relation::Relation;

/// The columns of an `on_conflict`: one column of the table `T`, or a tuple of up to three.
pub trait ConflictColumns<T> {
    /// The positions of the columns.
    #[doc(hidden)]
    fn positions(self) -> Vec<usize>;
}

impl<T, V, K> ConflictColumns<T> for crate::Column<T, V, K> {
    fn positions(self) -> Vec<usize> {
        vec![self.position()]
    }
}

impl<T, A: ConflictColumns<T>, B: ConflictColumns<T>> ConflictColumns<T> for (A, B) {
    fn positions(self) -> Vec<usize> {
        [self.0.positions(), self.1.positions()].concat()
    }
}

impl<T, A, B, C> ConflictColumns<T> for (A, B, C)
where
    A: ConflictColumns<T>,
    B: ConflictColumns<T>,
    C: ConflictColumns<T>,
{
    fn positions(self) -> Vec<usize> {
        [self.0.positions(), self.1.positions(), self.2.positions()].concat()
    }
}

/// A new row, and the columns that an existing row may have in common with it. [`Insert::on_conflict`] returns it.
#[must_use = "a statement does nothing until it is run"]
pub struct OnConflict<T> {
    insert: Insert<T>,
    columns: Vec<usize>,
}

impl<T: Relation> Insert<T> {
    /// The insert, with what is done with an existing row that has the same values of these columns.
    #[cfg(feature = "testing")]
    pub(crate) fn upsert(self, columns: Vec<usize>, set: Vec<(usize, Node)>) -> Upsert<T> {
        Upsert::new(self, columns, set)
    }

    /// The same, but an existing row that already has the values stays as it is.
    #[cfg(feature = "seed")]
    pub(crate) fn upsert_different(
        self,
        columns: Vec<usize>,
        set: Vec<(usize, Node)>,
    ) -> Upsert<T> {
        let mut upsert = Upsert::new(self, columns, set);
        upsert.conflict.only_different = true;
        upsert
    }

    /// Names the columns of a key or a unique index, for the case that a row with the same values exists.
    ///
    /// Then [`do_nothing`](OnConflict::do_nothing) or [`do_update`](OnConflict::do_update) says what happens. The scope
    /// column is added automatically. If no key that is checked at once has these columns, the statement fails with
    /// [`Error::NoKey`], and nothing is sent. Deferrable keys do not count.
    ///
    /// ```sql
    /// INSERT INTO labels AS t0 (user_id, name) VALUES ($1, $2) ON CONFLICT (user_id, name) DO NOTHING
    /// ```
    pub fn on_conflict<C: ConflictColumns<T>>(
        self,
        columns: impl FnOnce(T::Fields) -> C,
    ) -> OnConflict<T> {
        OnConflict::new(self, columns(T::fields(0)))
    }
}

impl<T> OnConflict<T> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.insert.table()
    }
}

impl<T: Relation> OnConflict<T> {
    pub(super) fn new(insert: Insert<T>, columns: impl ConflictColumns<T>) -> Self {
        Self {
            insert,
            columns: columns.positions(),
        }
    }

    /// Leaves an existing row as it is: `DO NOTHING`.
    pub fn do_nothing(self) -> Upsert<T> {
        self.with(Vec::new())
    }

    /// Changes an existing row, unless it is marked as deleted: `DO UPDATE`.
    ///
    /// The closure gets the columns of the existing row and those of the row that would have been added (`excluded`).
    ///
    /// ```text
    /// Label::insert(new).on_conflict(|l| l.name).do_update(|label, new| label.color.to(new.color))
    /// ```
    pub fn do_update<A: Assignments<T, InUpdate>>(
        self,
        columns: impl FnOnce(T::Fields, T::Fields) -> A,
    ) -> Upsert<T> {
        let set = columns(T::fields(0), T::fields(EXCLUDED)).assignments();
        self.with(set)
    }

    fn with(self, set: Vec<(usize, ExprNode)>) -> Upsert<T> {
        let set = set.into_iter().map(|(at, node)| (at, node.0));
        Upsert::new(self.insert, self.columns, set.collect())
    }
}

/// An insert that leaves or changes an existing row.
#[must_use = "a statement does nothing until it is run"]
pub struct Upsert<T> {
    insert: Insert<T>,
    conflict: Conflict,
}

impl<T> Upsert<T> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.insert.table()
    }
}

impl<T: Relation> Upsert<T> {
    pub(super) fn new(insert: Insert<T>, columns: Vec<usize>, set: Vec<(usize, Node)>) -> Self {
        Self {
            insert,
            conflict: Conflict {
                columns,
                set,
                only_different: false,
            },
        }
    }

    /// Adds or changes the row, for any executor. Returns how many rows were added or changed.
    pub(crate) async fn run<E: Executor>(&self, executor: &E) -> Result<u64, Error> {
        let statement = self
            .insert
            .statement(executor, Some(&self.conflict), false)?;
        let changed = executor.run(statement, &mut |_| Ok(())).await?;
        if changed == 0 {
            self.nothing(executor).await?;
        }
        Ok(changed)
    }

    /// Adds or changes the row, and returns it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the existing row is left as it is. [`Error::NoKey`] if no key has the columns.
    pub fn fetch_one<E: CanInsert<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let table = self.insert.table();
            let row = self.fetch_optional(executor).await?;
            row.ok_or_else(|| not_found(table))
        })
    }

    /// Adds or changes the row, and returns it, or `None` if the existing row is left as it is.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] if no key has the columns of the conflict. [`Error::ForeignKey`] if a row that the new one
    /// references does not exist or belongs to another owner.
    pub fn fetch_optional<E: CanInsert<T>>(self, executor: &E) -> Running<'_, Option<T>> {
        Box::pin(async move {
            let statement = self
                .insert
                .statement(executor, Some(&self.conflict), true)?;
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            if rows.is_empty() {
                self.nothing(executor).await?;
            }
            Ok(rows.into_iter().next())
        })
    }

    /// Adds or changes the row. Returns the number of rows added or changed: 0 if the existing row is left as it is.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] if no key has the columns of the conflict. [`Error::ForeignKey`] if a row that the new one
    /// references does not exist or belongs to another owner.
    pub fn execute<E: CanInsert<T>>(self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move { self.run(executor).await })
    }

    /// Nothing was added or changed. Returns an error if the reason is a referenced row that cannot be reached.
    async fn nothing<E: Executor>(&self, executor: &E) -> Result<(), Error> {
        let meta = self.insert.table();
        if !self.insert.refers_to_reachable(executor).await? {
            return Err(not_reachable(meta, &self.insert.positions()));
        }
        foreign_key_check::refuse_unreachable(executor, meta, &self.conflict.set).await?;
        Ok(())
    }

    /// Returns the SQL that `executor` would run. It does not run it.
    ///
    /// # Errors
    ///
    /// [`Error::NoKey`] if no key has the columns. [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanInsert<T>>(&self, executor: &E) -> Result<String, Error> {
        let statement = self
            .insert
            .statement(executor, Some(&self.conflict), true)?;
        Ok(statement.into_text())
    }
}
