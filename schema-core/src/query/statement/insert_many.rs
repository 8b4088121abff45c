use core::marker::PhantomData;

use super::foreign_key_check::{self, not_reachable};
use super::insert::{Insert, NewRow};
use super::write::{In, refuse_internal, refuse_owner, stamped, write_into, write_returning};
use crate::error::Error;
use crate::query::access::CanInsert;
use crate::query::executor::{Executor, Kind, Running, Statement, collect, finish};
use crate::query::meta::{Meta, push_number};
use crate::query::new_values::{Column, Columns, NewValues};
use crate::query::node::Node;
use crate::query::relation::Relation;
use crate::query::writer::{Writer, Written};

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
        let meta = T::meta();
        let rows = self.columns.rows();
        let columns = self.columns.get()?;
        let mut writer = Writer::new(executor.visibility());
        writer.expect_values(rows.saturating_mul(columns.len()));
        let stamp = stamped(meta).filter(|_| writer.has_key());
        let positions: Vec<_> = columns.iter().map(|(position, _)| *position).collect();
        refuse_internal(meta, executor.visibility())?;
        refuse_owner(meta, &positions, In::Insert)?;
        let has_arrays = positions.iter().any(|&at| holds_array(meta, at));
        writer.push("WITH i (");
        writer.push(&names("", positions.len()));
        writer.push(") AS (");
        if has_arrays || columns.is_empty() {
            write_rows(&mut writer, meta, rows, columns);
        } else {
            write_unnest(&mut writer, meta, columns);
        }
        writer.push(") ");
        write_into(&mut writer, meta, stamp, positions.iter().copied());
        writer.push(" SELECT ");
        let stamp = stamp.map(|position| (position, writer.noting(Writer::key)));
        if stamp.is_some() && !positions.is_empty() {
            writer.push(", ");
        }
        writer.push(&names("i.", positions.len()));
        writer.push(" FROM i");
        write_reachable(&mut writer, meta, stamp, &positions);
        if returning {
            write_returning(&mut writer, meta);
        }
        finish(writer, Kind::Write, meta)
    }
}

/// Writes the rows one after the other, for columns that hold arrays: `UNNEST` would flatten those.
fn write_rows(writer: &mut Writer<'_>, meta: &'static Meta, rows: usize, columns: &[Column]) {
    for row in 0..rows {
        writer.push(if row == 0 { "VALUES (" } else { ", (" });
        for (at, (position, values)) in columns.iter().enumerate() {
            if at > 0 {
                writer.push(", ");
            }
            let column = Node::column(meta, 0, *position).as_column();
            writer.values_of(column, |writer| {
                writer.one_of(&**values, row, cast_of(meta, *position));
            });
        }
        if columns.is_empty() {
            writer.push("NULL");
        }
        writer.push(")");
    }
}

fn holds_array(meta: &'static Meta, position: usize) -> bool {
    let column = meta.column_defs().get(position);
    column.is_some_and(|column| column.is_array)
}

/// `SELECT * FROM UNNEST($1, $2)`
fn write_unnest(writer: &mut Writer<'_>, meta: &'static Meta, columns: &[Column]) {
    writer.push("SELECT * FROM UNNEST(");
    for (at, (position, values)) in columns.iter().enumerate() {
        if at > 0 {
            writer.push(", ");
        }
        let column = Node::column(meta, 0, *position).as_column();
        writer.values_of(column, |writer| {
            writer.array(&**values, cast_of(meta, *position));
        });
    }
    writer.push(")");
}

/// `c0, c1`, each after `prefix`.
fn names(prefix: &str, count: usize) -> String {
    let mut names = String::new();
    // `WITH i ()` is invalid SQL. A row that consists of defaults gets one column, which is not read.
    let count = if prefix.is_empty() {
        count.max(1)
    } else {
        count
    };
    for at in 0..count {
        names.push_str(if at == 0 { "" } else { ", " });
        names.push_str(prefix);
        names.push('c');
        push_number(&mut names, at);
    }
    names
}

fn cast_of(meta: &'static Meta, position: usize) -> Option<&'static str> {
    meta.column(position)?.cast.as_deref()
}

/// Writes the foreign-key check of all rows: if one row's reference cannot be reached, no row is added.
fn write_reachable(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    stamp: Option<(usize, Written)>,
    positions: &[usize],
) {
    if !writer.has_key() {
        return;
    }
    let of_rows = positions.iter().enumerate().map(|(place, position)| {
        let mut value = String::from("j.c");
        push_number(&mut value, place);
        (*position, value)
    });
    let stamp = stamp.map(|(position, there)| (position, writer.written(&there).to_owned()));
    let values: Vec<_> = of_rows.chain(stamp).collect();
    for (at, key) in foreign_key_check::keys_to_check(meta, positions)
        .into_iter()
        .enumerate()
    {
        writer.push(if at == 0 { " WHERE " } else { " AND " });
        writer.push("NOT EXISTS (SELECT 1 FROM i AS j WHERE NOT ");
        let values = foreign_key_check::values_among(meta, key, &values);
        foreign_key_check::write_reachable(writer, key, &values);
        writer.push(")");
    }
}
