use core::marker::PhantomData;

use super::conflict::Conflict;
use super::foreign_key_check::{self, not_reachable};
use super::insert::{Insert, NewRow};
use super::rows;
use super::upsert::ConflictColumns;
use super::upsert_many::OnConflictOfMany;
use super::write::{In, refuse_internal, refuse_owner, stamped, write_into, write_returning};
use crate::error::Error;
use crate::query::access::CanInsert;
use crate::query::executor::{Executor, Kind, Running, Statement, collect, finish};
use crate::query::new_values::{Columns, NewValues};
use crate::query::relation::Relation;
use crate::query::writer::Writer;

/// What [`insert_many`](crate::query::TableQueries::insert_many) takes for each row.
///
/// It is the struct of a new row, or `insert(..)` of one with further columns set.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a new row of `{T}`",
    label = "not a new row of `{T}`",
    note = "give the struct of a new row, or `insert(..)` of it with further columns set"
)]
pub trait OneOfMany<T> {
    /// Adds its values.
    #[doc(hidden)]
    fn put(self, into: &mut NewValues<'_>);
}

impl<T, N: NewRow<Table = T>> OneOfMany<T> for N {
    fn put(self, into: &mut NewValues<'_>) {
        self.values(into);
    }
}

impl<T> OneOfMany<T> for Insert<T> {
    fn put(self, into: &mut NewValues<'_>) {
        for (position, node) in self.values {
            into.put_node(position, node);
        }
    }
}

/// A statement that adds several rows: all or none. `Task::insert_many(rows)` begins one.
///
/// ```sql
/// INSERT INTO tasks AS t0 (user_id, title) SELECT $1, i.c0 FROM UNNEST($2) AS i (c0)
/// ```
///
/// The text is the same for any number of rows, unless a column is an array. Each row must set the same columns: a row
/// that does not set a column that another row sets is an error.
#[must_use = "a statement does nothing until it is run"]
pub struct InsertMany<T> {
    columns: Columns,
    table: PhantomData<fn() -> T>,
}

impl<T: Relation> InsertMany<T> {
    pub(crate) fn new<R: OneOfMany<T>>(rows: impl Iterator<Item = R>) -> Self {
        let mut columns = Columns::expecting(rows.size_hint().0);
        for row in rows {
            row.put(&mut NewValues::of_rows(&mut columns));
            columns.end_row();
        }
        Self {
            columns,
            table: PhantomData,
        }
    }

    /// Adds the rows, and returns them as the database stores them. Without rows it sends nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the rows set different columns, or set one to an expression. [`Error::ForeignKey`] if a
    /// row that one of them references does not exist or belongs to another owner. [`Error::Unique`] and others if a
    /// constraint is violated.
    pub fn fetch_all<E: CanInsert<T>>(mut self, executor: &E) -> Running<'_, Vec<T>> {
        Box::pin(async move {
            if self.columns.rows() == 0 {
                return Ok(Vec::new());
            }
            let statement = self.statement(executor, true)?;
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            if rows.is_empty() {
                return Err(not_reachable(T::meta(), &self.columns.positions()));
            }
            Ok(rows)
        })
    }

    /// Adds the rows. Returns the number of rows added. Without rows it sends nothing.
    ///
    /// # Errors
    ///
    /// Those of [`fetch_all`](Self::fetch_all).
    pub fn execute<E: CanInsert<T>>(mut self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move {
            if self.columns.rows() == 0 {
                return Ok(0);
            }
            let statement = self.statement(executor, false)?;
            match executor.run(statement, &mut |_| Ok(())).await? {
                0 => Err(not_reachable(T::meta(), &self.columns.positions())),
                count => Ok(count),
            }
        })
    }

    fn statement<E: Executor>(
        &mut self,
        executor: &E,
        returning: bool,
    ) -> Result<Statement, Error> {
        statement::<T, _>(&mut self.columns, executor, None, returning)
    }

    /// Names the columns of a key or a unique index, for rows that exist already. The scope is not one of them.
    ///
    /// ```text
    /// Tag::insert_many(new).on_conflict(|tag| tag.name).do_nothing().execute(&scope).await?;
    /// ```
    pub fn on_conflict<C: ConflictColumns<T>>(
        self,
        columns: impl FnOnce(T::Fields) -> C,
    ) -> OnConflictOfMany<T> {
        let columns = columns(T::fields(0)).positions();
        OnConflictOfMany::new(self.columns, columns)
    }
}

/// `WITH i (c0) AS (..) INSERT INTO tasks AS t0 (user_id, title) SELECT $1, i.c0 FROM i`
pub(super) fn statement<T: Relation, E: Executor>(
    columns: &mut Columns,
    executor: &E,
    conflict: Option<&Conflict>,
    returning: bool,
) -> Result<Statement, Error> {
    let meta = T::meta();
    let rows = columns.rows();
    let columns = columns.get()?;
    let mut writer = Writer::new(executor.visibility()).over_one(meta);
    let stamp = stamped(meta).filter(|_| writer.has_key());
    let positions: Vec<_> = columns.iter().map(|(position, _)| *position).collect();
    refuse_internal(meta, executor.visibility())?;
    refuse_owner(meta, &positions, In::Insert)?;
    let conflict = conflict
        .map(|conflict| Ok::<_, Error>((conflict, conflict.target(meta)?)))
        .transpose()?;
    rows::write_with(&mut writer, meta, rows, columns);
    write_into(&mut writer, meta, stamp, positions.iter().copied());
    writer.push(" SELECT ");
    let stamp = stamp.map(|position| (position, writer.noting(Writer::key)));
    if stamp.is_some() && !positions.is_empty() {
        writer.push(", ");
    }
    writer.push(&rows::names("i.", positions.len()));
    writer.push(" FROM i");
    let keys = foreign_key_check::keys_to_check(meta, &positions);
    let lead = " WHERE ";
    rows::write_reachable(&mut writer, meta, &keys, stamp.as_ref(), &positions, lead);
    if let Some((conflict, target)) = conflict {
        // Without a condition, PostgreSQL would read `ON CONFLICT` as the condition of a join.
        if keys.is_empty() || !writer.has_key() {
            writer.push(" WHERE TRUE");
        }
        conflict.write(&mut writer, meta, target);
    }
    if returning {
        write_returning(&mut writer, meta);
    }
    finish(writer, Kind::Write, meta)
}
