//! The values of several rows in one statement: `WITH i (c0, c1) AS (SELECT * FROM UNNEST($1, $2))`.

use super::foreign_key_check;
use crate::error::Error;
use crate::model::ForeignKeyDef;
use crate::query::executor::{Executor, Kind, finish};
use crate::query::meta::{Meta, push_number};
use crate::query::new_values::Column;
use crate::query::node::Node;
use crate::query::writer::{Writer, Written};

/// Writes the rows as the table `i`.
pub(super) fn write_with(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    rows: usize,
    columns: &[Column],
) {
    writer.expect_values(rows.saturating_mul(columns.len()));
    let has_arrays = columns.iter().any(|(at, _)| holds_array(meta, *at));
    writer.push("WITH i (");
    writer.push(&names("", columns.len()));
    writer.push(") AS (");
    if has_arrays || columns.is_empty() {
        write_rows(writer, meta, rows, columns);
    } else {
        write_unnest(writer, meta, columns);
    }
    writer.push(") ");
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
pub(super) fn names(prefix: &str, count: usize) -> String {
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

/// Writes the foreign-key check of all rows, after `WHERE`: if one row's reference cannot be reached, no row is written.
pub(super) fn write_reachable(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    keys: &[&'static ForeignKeyDef],
    stamp: Option<&(usize, Written)>,
    positions: &[usize],
    mut lead: &str,
) {
    if !writer.has_key() {
        return;
    }
    let of_rows = positions.iter().enumerate().map(|(place, position)| {
        let mut value = String::from("j.c");
        push_number(&mut value, place);
        (*position, value)
    });
    let stamp = stamp.map(|(position, there)| (*position, writer.written(there).to_owned()));
    let values: Vec<_> = of_rows.chain(stamp).collect();
    for key in keys {
        writer.push(lead);
        lead = " AND ";
        writer.push("NOT EXISTS (SELECT 1 FROM i AS j WHERE NOT ");
        let values = foreign_key_check::values_among(meta, key, &values);
        foreign_key_check::write_reachable(writer, key, &values);
        writer.push(")");
    }
}

/// After a statement that wrote no row: returns an error if a row references one that cannot be reached.
pub(super) async fn refuse_unreachable<E: Executor>(
    executor: &E,
    meta: &'static Meta,
    rows: usize,
    columns: &[Column],
    keys: &[&'static ForeignKeyDef],
    stamp: Option<usize>,
) -> Result<(), Error> {
    let Some(key) = keys.first().filter(|_| executor.visibility().is_owner()) else {
        return Ok(());
    };
    let positions: Vec<_> = columns.iter().map(|(position, _)| *position).collect();
    let mut writer = Writer::new(executor.visibility());
    write_with(&mut writer, meta, rows, columns);
    writer.push("SELECT ");
    let stamp = stamp.map(|position| (position, writer.noting(Writer::key)));
    if stamp.is_none() {
        writer.push("TRUE");
    }
    write_reachable(
        &mut writer,
        meta,
        keys,
        stamp.as_ref(),
        &positions,
        " WHERE ",
    );
    let statement = finish(writer, Kind::Read, meta)?;
    let mut is_reachable = false;
    let mut on_row = |_| {
        is_reachable = true;
        Ok(())
    };
    executor.run(statement, &mut on_row).await?;
    if is_reachable {
        Ok(())
    } else {
        Err(foreign_key_check::violation(meta, key))
    }
}

/// Whether two rows have the same values in the columns at these places, none of them null.
///
/// Values are compared as they are sent: `citext` that differs in case counts as different.
pub(super) fn have_equal(rows: usize, columns: &[Column], places: &[usize]) -> bool {
    let mut keys = keys_of(rows, columns, places);
    keys.sort_unstable();
    keys.windows(2)
        .any(|pair| matches!(pair, [(Some(a), _), (Some(b), _)] if a == b))
}

/// The rows in the order of their keys. Two statements that lock the same rows in one order cannot wait for each other.
pub(super) fn by_key(rows: usize, columns: &[Column], places: &[usize]) -> Vec<usize> {
    let mut keys = keys_of(rows, columns, places);
    keys.sort_unstable();
    keys.into_iter().map(|(_, row)| row).collect()
}

/// The values of each row at these places, as they are sent, and the number of the row. A row with a null, or with a
/// value that cannot be sent, has no values here; the statement reports the latter.
fn keys_of(
    rows: usize,
    columns: &[Column],
    places: &[usize],
) -> Vec<(Option<Vec<Vec<u8>>>, usize)> {
    let key = |row: usize| {
        let values = places
            .iter()
            .map(|&place| columns.get(place)?.1.encoded(row));
        values.collect::<Option<Vec<_>>>()
    };
    (0..rows).map(|row| (key(row), row)).collect()
}
