//! The order of the tables, and the references that are set when all rows are there.

use super::error::SeedError;
use super::rows::Row;
use crate::ir::{ForeignKey, QualifiedName, Schema, Table};
use crate::model::Deferrable;
use crate::query::Meta;

/// A table of the seed.
pub(super) struct Placed<'s> {
    pub(super) table: &'s Table,
    pub(super) rows: Vec<&'s Row>,
    /// The positions of the columns that are set when all rows are there, because they close a cycle.
    pub(super) late: Vec<usize>,
}

/// A table and what its rows still wait for.
struct Waiting<'s> {
    placed: Placed<'s>,
    references: Vec<&'s ForeignKey>,
}

/// The tables that have rows, each after those that it references.
pub(super) fn sort<'s>(schema: &'s Schema, rows: &'s [Row]) -> Result<Vec<Placed<'s>>, SeedError> {
    let mut waiting = waiting(schema, rows)?;
    let mut placed = Vec::new();
    while !waiting.is_empty() {
        let is_open = |name: &QualifiedName, all: &[Waiting<'_>]| {
            all.iter().any(|other| other.placed.table.name == *name)
        };
        let ready = waiting.iter().position(|one| {
            let mut references = one.references.iter();
            !references.any(|key| is_open(&key.target, &waiting))
        });
        let at = match ready {
            Some(at) => at,
            None => postpone(&mut waiting)?,
        };
        placed.push(waiting.remove(at).placed);
    }
    Ok(placed)
}

fn waiting<'s>(schema: &'s Schema, rows: &'s [Row]) -> Result<Vec<Waiting<'s>>, SeedError> {
    let mut waiting: Vec<Waiting<'s>> = Vec::new();
    for row in rows {
        let name = QualifiedName::from(row.meta.table_name());
        let known = waiting.iter_mut().find(|one| one.placed.table.name == name);
        if let Some(known) = known {
            known.placed.rows.push(row);
            continue;
        }
        let table = schema.tables.iter().find(|table| table.name == name);
        let table = table.ok_or_else(|| SeedError::UnknownTable(name.to_string()))?;
        waiting.push(Waiting {
            placed: Placed {
                table,
                rows: vec![row],
                late: Vec::new(),
            },
            references: Vec::new(),
        });
    }
    for one in &mut waiting {
        let keys = one.placed.table.foreign_keys.iter();
        one.references = keys.filter(|key| has_to_wait(key, &one.placed)).collect();
    }
    Ok(waiting)
}

/// Whether PostgreSQL checks the reference at each row, and a row of the seed sets it to a row of another table.
fn has_to_wait(key: &ForeignKey, placed: &Placed<'_>) -> bool {
    let is_checked = key.deferrable == Deferrable::Never && key.target != placed.table.name;
    is_checked && placed.rows.iter().any(|row| is_set(key, row))
}

fn is_set(key: &ForeignKey, row: &Row) -> bool {
    let set = row.positions();
    let mut columns = key.columns.iter().map(|name| row.meta.position(name));
    columns.all(|at| at.is_some_and(|at| set.contains(&at)))
}

/// Sets aside the references of one table of a cycle. Returns the table's place.
fn postpone(waiting: &mut [Waiting<'_>]) -> Result<usize, SeedError> {
    let open: Vec<_> = waiting
        .iter()
        .map(|one| one.placed.table.name.clone())
        .collect();
    for (at, one) in waiting.iter_mut().enumerate() {
        let blocking = one
            .references
            .iter()
            .filter(|key| open.contains(&key.target));
        let late: Option<Vec<_>> = blocking.map(|key| late_columns(key, &one.placed)).collect();
        if let Some(late) = late {
            one.placed.late = late.concat();
            return Ok(at);
        }
    }
    Err(SeedError::Cycle(cycle(waiting)))
}

/// The columns of a reference that can be null at first: nullable, and part of no key that finds the rows again.
fn late_columns(key: &ForeignKey, placed: &Placed<'_>) -> Option<Vec<usize>> {
    let meta: &Meta = placed.rows.first()?.meta;
    let rows = placed.rows.iter().enumerate();
    let keys = rows.map(|(at, row)| row.named_key(at + 1).unwrap_or_default());
    let in_key = [keys.flatten().collect(), meta.key().to_vec()].concat();
    let is_nullable = |name: &str| {
        let mut columns = placed.table.columns.iter();
        columns.any(|column| column.name == name && column.nullable)
    };
    let nullable = key.columns.iter().filter(|name| is_nullable(name));
    let late = nullable.filter_map(|name| meta.position(name));
    let late: Vec<_> = late.filter(|at| !in_key.contains(at)).collect();
    (!late.is_empty()).then_some(late)
}

/// The references of a cycle: beginning at any table, each leads to a table that still waits.
fn cycle(waiting: &[Waiting<'_>]) -> Vec<String> {
    let mut path: Vec<(&QualifiedName, &str)> = Vec::new();
    let mut at = waiting.first();
    while let Some(one) = at {
        let name = &one.placed.table.name;
        if let Some(start) = path.iter().position(|(seen, _)| *seen == name) {
            path.drain(..start);
            break;
        }
        let find = |key: &&&ForeignKey| {
            let mut others = waiting.iter();
            others.find(|other| other.placed.table.name == key.target)
        };
        let next = one
            .references
            .iter()
            .find_map(|key| Some((key, find(&key)?)));
        at = next.map(|(key, other)| {
            path.push((name, &key.name));
            other
        });
    }
    let names = path.iter().map(|(table, key)| format!("{table}.{key}"));
    names.collect()
}
