use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sqlx::postgres::PgRow;

use super::keyset::{self, Term};
use super::select::Select;
use crate::error::Error;
use crate::error::cursor::CursorError;
use crate::model::{self, ScalarType, SqlType};
use crate::query::access::CanRead;
use crate::query::argument::value;
use crate::query::executor::{Executor, Running, Statement};
use crate::query::explain::explain;
use crate::query::meta::Meta;
use crate::query::node::{ColumnRef, Node};
use crate::query::order::Order;
use crate::query::sources::Sources;
use crate::query::writer::write_order;
use crate::wire::RowReader;

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<Row> {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// The cursor of the next page. `None` on the last page.
    pub next: Option<Cursor>,
}

/// A position in an ordered list: after a row, given by the values that the row is ordered by.
///
/// Send its text (`to_string()`) to a client, and parse it again when it comes back. It contains only those values. A
/// forged cursor cannot reach another owner's rows; it only begins at another position of the same list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    shape: u64,
    values: Vec<Option<Vec<u8>>>,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.shape.to_be_bytes().to_vec();
        for value in &self.values {
            let length = value
                .as_ref()
                .map_or(-1, |value| i32::try_from(value.len()).unwrap_or(i32::MAX));
            bytes.extend(length.to_be_bytes());
            bytes.extend(value.iter().flatten());
        }
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| CursorError::Malformed)?;
        let (shape, mut rest) = bytes
            .split_first_chunk::<8>()
            .map(|(shape, rest)| (u64::from_be_bytes(*shape), rest))
            .ok_or(CursorError::Malformed)?;
        let mut values = Vec::new();
        while !rest.is_empty() {
            let (value, after) = take_value(rest).ok_or(CursorError::Malformed)?;
            values.push(value.map(<[u8]>::to_vec));
            rest = after;
        }
        Ok(Self { shape, values })
    }
}

/// Splits off a value, which follows its length. Returns the value and the rest.
fn take_value(bytes: &[u8]) -> Option<(Option<&[u8]>, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    match i32::from_be_bytes(*length) {
        -1 => Some((None, rest)),
        length => {
            let (value, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
            Some((Some(value), rest))
        }
    }
}

/// A list that is read page by page. [`Select::page`] returns it.
///
/// A page begins after the last row of the previous one, by the values that the list is ordered by and then by the key.
/// An index over these finds it, so the thousandth page costs as much as the first. Rows that are added or deleted
/// between two pages do not make other rows appear twice or be left out.
///
/// ```sql
/// SELECT .. WHERE t0.user_id = $1 AND (t0.created_at, t0.id) < ($2, $3)
/// ORDER BY t0.created_at DESC, t0.id DESC LIMIT $4
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct Paged<S> {
    select: Select<S>,
    rows: u32,
    after: Option<Cursor>,
}

impl<S> Paged<S> {
    pub(in crate::query) fn table(&self) -> &'static Meta {
        self.select.table()
    }
}

impl<S> Clone for Paged<S> {
    fn clone(&self) -> Self {
        Self {
            select: self.select.clone(),
            rows: self.rows,
            after: self.after.clone(),
        }
    }
}

impl<S: Sources> Select<S> {
    /// Reads the list page by page, with `rows` rows on each page: see [`Paged`].
    ///
    /// ```text
    /// let page = Task::select().order_by(|t| t.created_at.desc()).page(20).after(cursor).fetch_page(&scope).await?;
    /// ```
    pub fn page(self, rows: u32) -> Paged<S> {
        Paged::new(self, rows)
    }
}

impl<S: Sources> Paged<S> {
    pub(super) fn new(select: Select<S>, rows: u32) -> Self {
        Self {
            select,
            rows,
            after: None,
        }
    }

    /// Begins after the cursor. With `None` it is the first page.
    pub fn after(mut self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.after = cursor.into();
        self
    }

    /// Reads the page, and the cursor of the next one.
    ///
    /// # Errors
    ///
    /// [`Error::Cursor`] if the cursor cannot be read or is from a list in another order. [`Error::Statement`] if the
    /// select has a `limit` or an `offset`, is ordered by something other than columns, or is over a view without an
    /// order.
    pub fn fetch_page<E: CanRead<S>>(self, executor: &E) -> Running<'_, Page<S::Row>> {
        Box::pin(async move {
            let statement = self.statement(executor)?;
            let keys = self.keys(executor);
            let order = self.order(&keys);
            let columns = columns(&order)?;
            let positions: Vec<_> = columns.iter().map(|column| self.position(column)).collect();
            let shape = shape(&columns, &order);
            let wanted = self.rows as usize;
            let mut rows = Vec::new();
            let mut last = None;
            let mut is_more = false;
            let mut on_row = |row: PgRow| {
                if rows.len() == wanted {
                    is_more = true;
                    return Ok(());
                }
                let check_types = S::MAY_BE_ABSENT || rows.is_empty();
                rows.push(S::read(&mut RowReader::new(&row, check_types))?);
                if rows.len() == wanted {
                    last = Some(values(&row, &positions)?);
                }
                Ok(())
            };
            let done = executor.run(statement, &mut on_row).await;
            done.map_err(|error| self.forged(error, &columns))?;
            let next = last
                .filter(|_| is_more)
                .map(|values| Cursor { shape, values });
            Ok(Page { rows, next })
        })
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
    /// Those of [`fetch_page`](Self::fetch_page), and [`Error::Encode`] if a value cannot be sent.
    pub fn to_sql<E: CanRead<S>>(&self, executor: &E) -> Result<String, Error> {
        Ok(self.statement(executor)?.into_text())
    }

    fn statement<E: Executor>(&self, executor: &E) -> Result<Statement, Error> {
        if self.select.limit.is_some() || self.select.offset.is_some() {
            return Err(Error::Statement(
                "a page has its own number of rows and its own beginning; leave out `limit` and `offset`",
            ));
        }
        let keys = self.keys(executor);
        let order = self.order(&keys);
        let behind = self.behind(&order)?;
        let mut writer = self.select.writer(executor);
        writer.push("SELECT ");
        self.select.write_columns(&mut writer);
        self.select.write_from(&mut writer, behind.as_ref());
        write_order(&mut writer, order.into_iter());
        writer.push(" LIMIT ");
        // One row more than the page has shows whether there is a next page.
        writer.argument(&*value(i64::from(self.rows) + 1), None);
        writer.push(self.select.lock.unwrap_or_default());
        self.select.finish(writer)
    }

    /// The order by the keys of the tables, so that no two rows are in the same place, without columns that the list is
    /// ordered by already. Over several owners the scope is part of it.
    fn keys<E: Executor>(&self, executor: &E) -> Vec<Order> {
        let own = &self.select.order;
        let descending = own.last().is_some_and(|order| order.descending);
        let in_scope = executor.visibility().is_owner();
        let mut keys = of_table(self.select.first, in_scope, 0);
        for (join, source) in self.select.joins.iter().zip(1..) {
            if join.is_many {
                keys.extend(of_table(join.meta, in_scope, source));
            }
        }
        keys.retain(|key| !own.iter().any(|order| order.is_by_column_of(key)));
        for key in &mut keys {
            key.descending = descending;
        }
        keys
    }

    /// Turns a server error into [`CursorError::Malformed`] if a forged cursor can have caused it.
    fn forged(&self, error: Error, columns: &[ColumnRef]) -> Error {
        let mut types = columns
            .iter()
            .filter_map(|column| column.meta.sql_type(column.position));
        let is_nested = types.any(holds_others);
        let is_of_value = |error: &sqlx::Error| {
            let code = error
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code);
            code.is_some_and(|code| is_no_value(&code) || is_nested && is_no_nested(&code))
        };
        match error {
            Error::Database(cause) | Error::Value(cause)
                if self.after.is_some() && is_of_value(&cause) =>
            {
                CursorError::Malformed.into()
            }
            other => other,
        }
    }

    fn order<'o>(&'o self, keys: &'o [Order]) -> Vec<&'o Order> {
        self.select.order.iter().chain(keys).collect()
    }

    /// The condition that a row comes after the cursor.
    fn behind(&self, order: &[&Order]) -> Result<Option<Node>, Error> {
        let columns = columns(order)?;
        let Some(cursor) = &self.after else {
            return Ok(None);
        };
        if cursor.shape != shape(&columns, order) || cursor.values.len() != order.len() {
            return Err(CursorError::OtherOrder.into());
        }
        let terms: Vec<_> = columns
            .into_iter()
            .zip(order)
            .zip(&cursor.values)
            .map(|((column, order), value)| Term {
                column,
                nullable: self.is_nullable(order, &column),
                order,
                value: value.as_deref(),
            })
            .collect();
        if terms
            .iter()
            .any(|term| term.value.is_none() && !term.nullable)
        {
            return Err(CursorError::Malformed.into());
        }
        Ok(keyset::behind(&terms))
    }

    /// Whether the column can be null: because of its type, or because its table is left-joined.
    fn is_nullable(&self, order: &Order, column: &ColumnRef) -> bool {
        let join = usize::from(column.source)
            .checked_sub(1)
            .and_then(|at| self.select.joins.get(at));
        order.nullable || join.is_some_and(|join| join.left)
    }

    /// The position of a column in a row.
    fn position(&self, column: &ColumnRef) -> usize {
        let tables = self.select.tables();
        let before = tables.iter().take(column.source.into());
        before.map(|meta| meta.columns().len()).sum::<usize>() + column.position
    }
}

/// The order by the key of table number `source`. In a scope the scope column is left out: it is the same in all rows.
fn of_table(meta: &'static Meta, in_scope: bool, source: usize) -> Vec<Order> {
    let key = if in_scope {
        meta.key_without_scope()
    } else {
        meta.key()
    };
    key.iter()
        .map(|&position| Order::by_column(meta, source, position))
        .collect()
}

fn columns(order: &[&Order]) -> Result<Vec<ColumnRef>, Error> {
    if order.is_empty() {
        return Err(Error::Statement(
            "a page needs an order, and a view has no key to be ordered by; write `.order_by(..)` over columns that no two rows share",
        ));
    }
    let columns = order.iter().map(|order| match order.node {
        Node::Column(column) => Ok(column),
        Node::Refused(why) => Err(Error::Statement(why)),
        _ => Err(Error::Statement(
            "a page can be ordered only by columns, because its cursor keeps their values; order by a column, or use `limit` and `offset`",
        )),
    });
    columns.collect()
}

/// Whether the server could not read a value: text that is not UTF-8, a label that the enum does not have, a number or
/// a time out of range, too few or too many bytes. An invalid pattern or a division by zero comes from the filter
/// instead.
fn is_no_value(code: &str) -> bool {
    matches!(
        code,
        "22021" | "22P02" | "22P03" | "22P05" | "22003" | "22008" | "08P01"
    )
}

/// The same for a value that contains others: an unknown version of `jsonb`, elements of another type, too many, too
/// long or too deep.
fn is_no_nested(code: &str) -> bool {
    matches!(code, "XX000" | "42804" | "54000" | "54001")
}

fn holds_others(sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Array(_) | SqlType::Sql(_) => true,
        SqlType::Scalar(scalar) => matches!(scalar, ScalarType::Jsonb | ScalarType::TsVector),
        SqlType::Domain(def) => holds_others(&def.base),
        SqlType::Enum(_) => false,
    }
}

/// A hash of the columns and directions, which is different for different orders.
fn shape(columns: &[ColumnRef], order: &[&Order]) -> u64 {
    let mut text = String::new();
    for (column, order) in columns.iter().zip(order) {
        text.push_str(column.meta.name());
        text.push('.');
        text.push_str(
            column
                .meta
                .column(column.position)
                .map_or("", |text| &text.name),
        );
        text.push(if order.descending { '-' } else { '+' });
    }
    model::hash(&text)
}

fn values(row: &PgRow, positions: &[usize]) -> Result<Vec<Option<Vec<u8>>>, Error> {
    let cells = RowReader::new(row, false);
    let values = positions.iter().map(|&at| cells.bytes_at(at));
    let values = values.map(|value| Ok(value?.map(<[u8]>::to_vec)));
    values.collect()
}
