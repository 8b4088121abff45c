//! Updates of several rows with different values.

use core::marker::PhantomData;

use super::foreign_key_check;
use super::rows;
use super::update::{One, Update};
use super::write::{In, refuse_owner, refuse_several, write_returning, write_updated_at};
use crate::ddl;
use crate::error::Error;
use crate::model::ForeignKeyDef;
use crate::query::access::CanUpdate;
use crate::query::executor::{Executor, Kind, Running, Statement, collect, finish};
use crate::query::explain::explain;
use crate::query::meta::Meta;
use crate::query::new_values::{Columns, NewValues};
use crate::query::node::Node;
use crate::query::relation::Relation;
use crate::query::row_filter;
use crate::query::visibility::Deleted;
use crate::query::writer::{Writer, list};

/// A statement that changes several rows, each to its own values. `Task::update_many(..)` begins one.
///
/// ```sql
/// WITH i (c0, c1) AS (SELECT * FROM UNNEST($1, $2))
/// UPDATE tasks AS t0 SET title = i.c1 FROM i WHERE t0.user_id = $3 AND t0.id = i.c0
/// ```
///
/// The text is the same for any number of rows, unless a column is an array. Each update must set the same columns to
/// values, and `None` sets a column to null. A key that does not exist, or that belongs to another owner, changes
/// nothing: compare the number of changed rows with the number of updates.
#[must_use = "a statement does nothing until it is run"]
pub struct UpdateMany<T> {
    /// The key's columns, then the columns that are set.
    columns: Columns,
    failure: Option<Error>,
    table: PhantomData<fn() -> T>,
}

impl<T: Relation> UpdateMany<T> {
    pub(crate) fn new(updates: impl Iterator<Item = Update<T, One>>) -> Self {
        let mut columns = Columns::expecting(updates.size_hint().0);
        let mut failure = None;
        for update in updates {
            match update.into_row() {
                Ok(row) => {
                    let mut values = NewValues::of_rows(&mut columns);
                    for (position, node) in row {
                        values.put_node(position, node);
                    }
                    columns.end_row();
                }
                Err(error) => {
                    failure.get_or_insert(error);
                }
            }
        }
        Self {
            columns,
            failure,
            table: PhantomData,
        }
    }

    /// Changes the rows, and returns them as they are after the change, in no particular order. Without updates it
    /// sends nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the updates set different columns, set one to an expression, or have two for one row.
    /// [`Error::ForeignKey`] if a row that is referenced now does not exist or belongs to another owner.
    /// [`Error::Unique`] and others if a constraint is violated.
    pub fn fetch_all<E: CanUpdate<T>>(mut self, executor: &E) -> Running<'_, Vec<T>> {
        Box::pin(async move {
            let Some(statement) = self.statement(executor, true)? else {
                return Ok(Vec::new());
            };
            let rows = collect(executor, statement, <T as Relation>::read).await?;
            if rows.is_empty() {
                self.refuse_unreachable(executor).await?;
            }
            Ok(rows)
        })
    }

    /// Changes the rows. Returns how many were changed: fewer than there are updates if keys are missing. Without
    /// updates it sends nothing.
    ///
    /// # Errors
    ///
    /// Those of [`fetch_all`](Self::fetch_all).
    pub fn execute<E: CanUpdate<T>>(mut self, executor: &E) -> Running<'_, u64> {
        Box::pin(async move {
            let Some(statement) = self.statement(executor, false)? else {
                return Ok(0);
            };
            let changed = executor.run(statement, &mut |_| Ok(())).await?;
            if changed == 0 {
                self.refuse_unreachable(executor).await?;
            }
            Ok(changed)
        })
    }

    /// Runs `EXPLAIN` on the statement, with its values, and returns PostgreSQL's plan. Nothing is changed. Without
    /// updates it is empty.
    pub fn explain<E: CanUpdate<T>>(mut self, executor: &E) -> Running<'_, String> {
        Box::pin(async move {
            match self.statement(executor, false)? {
                Some(statement) => explain(executor, statement).await,
                None => Ok(String::new()),
            }
        })
    }

    /// Returns the SQL that [`fetch_all`](Self::fetch_all) would run by `executor`, empty without updates. It does not
    /// run it.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if the statement cannot be written. [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanUpdate<T>>(mut self, executor: &E) -> Result<String, Error> {
        let statement = self.statement(executor, true)?;
        Ok(statement.map_or_else(String::new, Statement::into_text))
    }

    /// The statement. `None` without updates.
    fn statement<E: Executor>(
        &mut self,
        executor: &E,
        returning: bool,
    ) -> Result<Option<Statement>, Error> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let (meta, rows) = (T::meta(), self.columns.rows());
        if rows == 0 {
            return Ok(None);
        }
        let set = self.set_positions();
        refuse_owner(meta, &set, In::Update)?;
        refuse_several(meta, true, executor)?;
        self.sort()?;
        let columns = self.columns.get()?;
        let mut writer = Writer::new(executor.visibility()).over_one(meta);
        rows::write_with(&mut writer, meta, rows, columns);
        write_set(&mut writer, meta, &set);
        write_where(&mut writer, meta);
        write_keys(&mut writer, meta, &set);
        if returning {
            write_returning(&mut writer, meta);
        }
        Ok(Some(finish(writer, Kind::Write, meta)?))
    }

    /// The positions of the columns that are set.
    fn set_positions(&self) -> Vec<usize> {
        let key = T::meta().key_without_scope().len();
        self.columns.positions().into_iter().skip(key).collect()
    }

    /// Sorts the rows by their keys, and refuses two of one key: PostgreSQL would apply one of them, and not say which.
    fn sort(&mut self) -> Result<(), Error> {
        let places: Vec<_> = (0..T::meta().key_without_scope().len()).collect();
        let rows = self.columns.rows();
        if rows::have_equal(rows, self.columns.get()?, &places) {
            return Err(SAME_KEY);
        }
        let order = rows::by_key(rows, self.columns.get()?, &places);
        self.columns.reorder(&order);
        Ok(())
    }

    async fn refuse_unreachable<E: Executor>(&mut self, executor: &E) -> Result<(), Error> {
        let (meta, rows, set) = (T::meta(), self.columns.rows(), self.set_positions());
        let (keys, _) = keys_to_check(meta, &set);
        let columns = self.columns.get()?;
        rows::refuse_unreachable(executor, meta, rows, columns, &keys, None).await
    }
}

/// `UPDATE tasks AS t0 SET title = i.c1 FROM i`
fn write_set(writer: &mut Writer<'_>, meta: &'static Meta, set: &[usize]) {
    let key = meta.key_without_scope().len();
    writer.push("UPDATE ");
    writer.push(meta.name());
    writer.push(" AS t0");
    list(
        writer,
        " SET ",
        set.iter().zip(key..),
        |writer, (&position, place)| {
            if let Some(column) = meta.column(position) {
                writer.push(&column.name);
            }
            writer.push(" = i.");
            writer.alias('c', place);
        },
    );
    write_updated_at(writer, meta);
    writer.push(" FROM i");
}

/// ` WHERE ..`: the scope filter, the condition on deleted rows, and the key.
fn write_where(writer: &mut Writer<'_>, meta: &'static Meta) {
    let is_filtered = row_filter::write(writer, meta, 0, Deleted::Hidden, " WHERE ");
    let mut lead = if is_filtered { " AND " } else { " WHERE " };
    for (place, &position) in meta.key_without_scope().iter().enumerate() {
        writer.push(lead);
        writer.operand(&Node::column(meta, 0, position).compared());
        writer.push(" = i.");
        writer.alias('c', place);
        lead = " AND ";
    }
}

/// The foreign keys to check for all rows together, and those to check row by row, because a column of theirs is not
/// set.
fn keys_to_check(
    meta: &'static Meta,
    set: &[usize],
) -> (Vec<&'static ForeignKeyDef>, Vec<&'static ForeignKeyDef>) {
    let is_whole = |key: &&'static ForeignKeyDef| {
        let mut columns = key.columns.iter();
        columns.all(|column| meta.position(column).is_some_and(|at| set.contains(&at)))
    };
    foreign_key_check::keys_to_check(meta, set)
        .into_iter()
        .partition(is_whole)
}

/// Writes that the rows which are referenced now can be reached.
fn write_keys(writer: &mut Writer<'_>, meta: &'static Meta, set: &[usize]) {
    if !writer.has_key() {
        return;
    }
    let positions: Vec<_> = meta
        .key_without_scope()
        .iter()
        .chain(set)
        .copied()
        .collect();
    let (whole, parts) = keys_to_check(meta, set);
    rows::write_reachable(writer, meta, &whole, None, &positions, " AND ");
    for key in parts {
        let value = |column: &&str| {
            let place = positions
                .iter()
                .position(|&at| meta.position(column) == Some(at));
            match place {
                Some(place) => format!("i.c{place}"),
                None => format!("t0.{}", ddl::identifier(column)),
            }
        };
        let values: Vec<_> = key.columns.iter().map(value).collect();
        writer.push(" AND ");
        foreign_key_check::write_reachable(writer, key, &values);
    }
}

const SAME_KEY: Error = Error::Statement(
    "two updates of the `update_many` have the same key, and a row is changed once only; leave one of them out",
);
