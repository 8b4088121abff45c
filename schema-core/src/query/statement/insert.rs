use core::marker::PhantomData;

use super::conflict::Conflict;
use super::foreign_key_check::{self, not_reachable};
use super::write::{
    In, refuse_internal, refuse_owner, stamped, write_into, write_returning, write_value,
};
use crate::error::Error;
use crate::query::access::CanInsert;
use crate::query::assignment::{Assignments, InInsert};
use crate::query::executor::{Executor, Kind, Running, Statement, collect, finish};
use crate::query::meta::Meta;
use crate::query::new_values::NewValues;
use crate::query::node::Node;
use crate::query::relation::Relation;
use crate::query::writer::{Writer, Written};

/// The struct of the columns that a new row needs. `#[derive(Table)]` makes one for each table: `NewTask` for `Task`.
pub trait NewRow {
    /// The table.
    type Table: Relation;

    /// Adds the values of the columns.
    #[doc(hidden)]
    fn values(self, into: &mut NewValues<'_>);
}

/// A statement that adds one row. `Task::insert(new)` begins one.
///
/// ```sql
/// INSERT INTO tasks AS t0 (user_id, title) VALUES ($1, $2)
/// ```
///
/// If the new row references another row and the foreign key does not carry the scope, the statement also checks that
/// the scope reaches the referenced row: `SELECT .. WHERE EXISTS (..)` replaces `VALUES`.
#[must_use = "a statement does nothing until it is run"]
pub struct Insert<T> {
    meta: &'static Meta,
    pub(super) values: Vec<(usize, Node)>,
    table: PhantomData<fn() -> T>,
}

impl<T> Insert<T> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.meta
    }
}

impl<T: Relation> Insert<T> {
    pub(crate) fn new(new: impl NewRow<Table = T>) -> Self {
        let meta = T::meta();
        let mut values = Vec::with_capacity(meta.column_defs().len());
        new.values(&mut NewValues::of_row(&mut values));
        Self {
            meta,
            values,
            table: PhantomData,
        }
    }

    /// A row of a table that is known only at run time.
    #[cfg(any(feature = "seed", feature = "testing"))]
    pub(crate) fn over(meta: &'static Meta, values: Vec<(usize, Node)>) -> Self {
        Self {
            meta,
            values,
            table: PhantomData,
        }
    }

    /// The positions of the columns that it sets, and their values.
    #[cfg(feature = "seed")]
    pub(crate) fn into_values(self) -> Vec<(usize, Node)> {
        self.values
    }

    /// Sets further columns: nullable ones and those with a default.
    ///
    /// ```text
    /// Task::insert(new).set(|t| t.due.to(tomorrow)).execute(&scope).await?;
    /// ```
    pub fn set<A: Assignments<T, InInsert>>(
        mut self,
        columns: impl FnOnce(T::Fields) -> A,
    ) -> Self {
        for (position, node) in columns(T::fields(0)).assignments() {
            self.values.retain(|(other, _)| *other != position);
            self.values.push((position, node.0));
        }
        self
    }

    /// Adds the row, and returns it as the database stores it, with its defaults: `INSERT .. RETURNING ..`.
    ///
    /// # Errors
    ///
    /// [`Error::Unique`], [`Error::Check`] and others if a constraint is violated. [`Error::ForeignKey`] if a row that
    /// the new one references does not exist or belongs to another owner.
    pub fn fetch_one<E: CanInsert<T>>(self, executor: &E) -> Running<'_, T> {
        Box::pin(async move {
            let statement = self.statement(executor, None, true)?;
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            rows.into_iter()
                .next()
                .ok_or_else(|| not_reachable(self.meta, &self.positions()))
        })
    }

    /// Adds the row. Returns the number of rows added, which is 1.
    ///
    /// # Errors
    ///
    /// Those of [`fetch_one`](Self::fetch_one).
    pub fn execute<E: CanInsert<T>>(self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move {
            let statement = self.statement(executor, None, false)?;
            match executor.run(statement, &mut |_| Ok(())).await? {
                0 => Err(not_reachable(self.meta, &self.positions())),
                count => Ok(count),
            }
        })
    }

    /// Returns the SQL that [`fetch_one`](Self::fetch_one) would run by `executor`. It does not run it.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the statement cannot be written. [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanInsert<T>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor, None, true)?.into_text())
    }

    pub(super) fn positions(&self) -> Vec<usize> {
        self.values.iter().map(|(position, _)| *position).collect()
    }

    pub(crate) fn statement<E: Executor>(
        &self,
        executor: &E,
        conflict: Option<&Conflict>,
        returning: bool,
    ) -> Result<Statement, Error> {
        let meta = self.meta;
        refuse_internal(meta, executor.visibility())?;
        let positions = self.positions();
        refuse_owner(meta, &positions, In::Insert)?;
        let conflict = conflict
            .map(|conflict| Ok::<_, Error>((conflict, conflict.target(meta)?)))
            .transpose()?;
        let mut writer = Writer::new(executor.visibility()).over_one(meta);
        let stamp = stamped(meta).filter(|_| writer.has_key());
        write_into(&mut writer, meta, stamp, positions.iter().copied());
        let to_check = foreign_key_check::keys_to_check(meta, &positions);
        let checks = writer.has_key() && !to_check.is_empty();
        let is_empty = stamp.is_none() && self.values.is_empty();
        writer.push(match (checks, is_empty) {
            (true, _) => " SELECT ",
            (false, false) => " VALUES (",
            (false, true) => " DEFAULT VALUES",
        });
        let values = self.write_values(&mut writer, meta, stamp);
        if checks {
            for (at, key) in to_check.into_iter().enumerate() {
                writer.push(if at == 0 { " WHERE " } else { " AND " });
                let unset = |column: &str| foreign_key_check::unset(meta, column);
                let values = foreign_key_check::values_of(&writer, meta, key, &values, unset);
                foreign_key_check::write_reachable(&mut writer, key, &values);
            }
        } else if !is_empty {
            writer.push(")");
        }
        if let Some((conflict, target)) = conflict {
            conflict.write(&mut writer, meta, target);
        }
        if returning {
            write_returning(&mut writer, meta);
        }
        finish(writer, Kind::Write, meta)
    }

    /// Writes the values. Returns the place of each in the text.
    fn write_values(
        &self,
        writer: &mut Writer<'_>,
        meta: &'static Meta,
        stamp: Option<usize>,
    ) -> Vec<(usize, Written)> {
        let mut texts = Vec::with_capacity(self.values.len() + 1);
        if let Some(position) = stamp {
            texts.push((position, writer.noting(Writer::key)));
        }
        for (position, node) in &self.values {
            if !texts.is_empty() {
                writer.push(", ");
            }
            texts.push((*position, write_value(writer, meta, *position, node)));
        }
        texts
    }

    /// After an insert that added no row: whether all rows that it references can be reached.
    pub(super) async fn refers_to_reachable<E: Executor>(
        &self,
        executor: &E,
    ) -> Result<bool, Error> {
        let meta = self.meta;
        let to_check = foreign_key_check::keys_to_check(meta, &self.positions());
        if to_check.is_empty() || !executor.visibility().is_owner() {
            return Ok(true);
        }
        let mut writer = Writer::new(executor.visibility());
        writer.push("SELECT TRUE FROM (SELECT ");
        let stamp = stamped(meta);
        let set = self.write_values(&mut writer, meta, stamp);
        writer.push(") AS i (");
        let names: Vec<_> = (0..set.len()).map(|at| format!("c{at}")).collect();
        writer.push(&names.join(", "));
        writer.push(")");
        let values: Vec<_> = set
            .into_iter()
            .zip(&names)
            .map(|((position, _), name)| (position, format!("i.{name}")))
            .collect();
        for (at, key) in to_check.into_iter().enumerate() {
            writer.push(if at == 0 { " WHERE " } else { " AND " });
            let values = foreign_key_check::values_among(meta, key, &values);
            foreign_key_check::write_reachable(&mut writer, key, &values);
        }
        let statement = finish(writer, Kind::Read, meta)?;
        let mut is_reachable = false;
        let mut on_row = |_| {
            is_reachable = true;
            Ok(())
        };
        executor.run(statement, &mut on_row).await?;
        Ok(is_reachable)
    }
}
