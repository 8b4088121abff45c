//! The foreign-key check: the row that a written foreign key references must be reachable too.
//!
//! PostgreSQL's own check of a foreign key sees every row. That is enough if the key carries the scope. If it does not,
//! the statement checks it, and treats another owner's row as one that does not exist.

use super::write::write_value;
use crate::ddl;
use crate::error::Error;
use crate::model::{DefaultDef, ForeignKeyDef, Ownership, TableDef};
use crate::query::executor::{Executor, Kind, finish};
use crate::query::leakproof;
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::scope_filter;
use crate::query::writer::{Writer, Written};
use crate::rules;

/// The foreign keys that a statement which sets these columns has to check.
pub(super) fn keys_to_check(meta: &'static Meta, set: &[usize]) -> Vec<&'static ForeignKeyDef> {
    let Some(def) = meta.table_def() else {
        return Vec::new();
    };
    let is_set = |key: &&ForeignKeyDef| {
        let mut columns = key.columns.iter();
        columns.any(|column| meta.position(column).is_some_and(|at| set.contains(&at)))
    };
    let keys = def.foreign_keys.iter().filter(is_set);
    keys.filter(|key| !is_safe(def, key)).collect()
}

/// Whether the foreign key alone prevents a reference to another owner's row.
fn is_safe(def: &'static TableDef, key: &ForeignKeyDef) -> bool {
    match (def.ownership, key.target().ownership) {
        // No scope reaches or writes rows of an internal table, so PostgreSQL's own check is enough.
        (_, Ownership::Shared | Ownership::Internal) | (Ownership::Internal, _) => true,
        (Ownership::Scope(own), Ownership::Scope(theirs)) => {
            let mut pairs = key.columns.iter().zip(key.references);
            pairs.any(|(column, reference)| *column == own && reference.column == theirs)
                || rules::carries_scope(def, key).is_some()
        }
        (
            Ownership::Owner | Ownership::Scope(_) | Ownership::Through(_) | Ownership::Shared,
            Ownership::Owner | Ownership::Scope(_) | Ownership::Through(_),
        ) => false,
    }
}

/// Writes, after `lead`, that the rows which the foreign keys reference can be reached. For columns in `set` it uses
/// the value as it was written, for the others the value in the row.
pub(super) fn write_all_reachable(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    keys: &[&'static ForeignKeyDef],
    set: &[(usize, Node)],
    written: &[(usize, Written)],
    mut lead: &str,
) {
    for key in keys {
        let values = values_of(writer, meta, key, written, |column| {
            format!("t0.{}", ddl::identifier(column))
        });
        let expressions: Vec<_> = set.iter().map(|(_, node)| node).collect();
        writer.push(lead);
        leakproof::condition_over(writer, &expressions, |writer| {
            write_reachable(writer, key, &values);
        });
        lead = " AND ";
    }
}

/// The values of the foreign key's columns: as they were written, otherwise what `otherwise` returns.
pub(super) fn values_of(
    writer: &Writer<'_>,
    meta: &'static Meta,
    key: &ForeignKeyDef,
    written: &[(usize, Written)],
    otherwise: impl Fn(&str) -> String,
) -> Vec<String> {
    let value = |column: &&str| {
        let position = meta.position(column);
        let there = written.iter().find(|(other, _)| Some(*other) == position);
        there.map_or_else(
            || otherwise(column),
            |(_, there)| writer.written(there).to_owned(),
        )
    };
    key.columns.iter().map(value).collect()
}

/// The values of the foreign key's columns: those of `values`, which are by position, otherwise what an insert stores.
pub(super) fn values_among(
    meta: &'static Meta,
    key: &ForeignKeyDef,
    values: &[(usize, String)],
) -> Vec<String> {
    let value = |column: &&str| {
        let position = meta.position(column);
        let found = values.iter().find(|(other, _)| Some(*other) == position);
        found.map_or_else(|| unset(meta, column), |(_, value)| value.clone())
    };
    key.columns.iter().map(value).collect()
}

/// Writes that one of the foreign key's values is null, or that they reference a row that can be reached.
pub(super) fn write_reachable(
    writer: &mut Writer<'_>,
    key: &'static ForeignKeyDef,
    values: &[String],
) {
    writer.push("(");
    for value in values {
        writer.push(value);
        writer.push(" IS NULL OR ");
    }
    let parent = (key.target().def)();
    writer.within_parent(|writer, alias| {
        writer.push("EXISTS (SELECT 1 FROM ");
        writer.push(&ddl::qualified(&parent.name));
        writer.push(" AS ");
        writer.alias('p', alias);
        for (at, (reference, value)) in key.references.iter().zip(values).enumerate() {
            writer.push(if at == 0 { " WHERE " } else { " AND " });
            writer.alias('p', alias);
            writer.push(".");
            writer.push(&ddl::identifier(reference.column));
            writer.push(" = ");
            writer.push(value);
        }
        scope_filter::write_parent(writer, parent, alias);
        writer.push("))");
    });
}

/// The value of a column that an insert does not set: its default, or `NULL`.
pub(super) fn unset(meta: &'static Meta, column: &str) -> String {
    let column = meta.table_def().and_then(|def| def.column(column));
    match column.and_then(|column| column.default.as_ref()) {
        Some(DefaultDef::Expr(default)) => format!("({})", ddl::expression(default)),
        Some(DefaultDef::Clock) | None => "NULL".to_owned(),
    }
}

/// After a statement that changed nothing: returns an error if a foreign key that it sets references a row that cannot
/// be reached. Expressions over the row are not checked, because no row was found.
pub(super) async fn refuse_unreachable<E: Executor>(
    executor: &E,
    meta: &'static Meta,
    set: &[(usize, Node)],
) -> Result<(), Error> {
    if !executor.visibility().is_owner() {
        return Ok(());
    }
    let value_of = |column: &str| {
        let position = meta.position(column)?;
        let (_, node) = set.iter().find(|(other, _)| *other == position)?;
        matches!(node, Node::Value(..) | Node::Cast(..)).then_some((position, node))
    };
    let positions: Vec<_> = set.iter().map(|(position, _)| *position).collect();
    for key in keys_to_check(meta, &positions) {
        let values: Vec<_> = key
            .columns
            .iter()
            .filter_map(|column| value_of(column))
            .collect();
        if values.len() == key.columns.len() && !is_reachable(executor, meta, key, &values).await? {
            return Err(violation(meta, key));
        }
    }
    Ok(())
}

async fn is_reachable<E: Executor>(
    executor: &E,
    meta: &'static Meta,
    key: &'static ForeignKeyDef,
    values: &[(usize, &Node)],
) -> Result<bool, Error> {
    let mut writer = Writer::new(executor.visibility());
    writer.push("SELECT TRUE FROM (SELECT ");
    for (at, (position, node)) in values.iter().enumerate() {
        writer.push(if at == 0 { "" } else { ", " });
        write_value(&mut writer, meta, *position, node);
        writer.push(" AS ");
        writer.alias('c', at);
    }
    writer.push(") AS i WHERE ");
    let names: Vec<_> = (0..values.len()).map(|at| format!("i.c{at}")).collect();
    write_reachable(&mut writer, key, &names);
    let statement = finish(writer, Kind::Read, meta)?;
    let mut found = false;
    let mut on_row = |_| {
        found = true;
        Ok(())
    };
    executor.run(statement, &mut on_row).await?;
    Ok(found)
}

/// The error of a reference to a row that cannot be reached: the same as for a row that does not exist.
pub(super) fn violation(meta: &'static Meta, key: &'static ForeignKeyDef) -> Error {
    let constraints = meta.constraints();
    let named = constraints.and_then(|table| {
        let has_columns = |own: &&crate::ir::ForeignKey| own.columns == key.columns;
        table.foreign_keys.iter().find(has_columns)
    });
    Error::ForeignKey {
        table: meta.table_name().name.to_owned(),
        constraint: named.map(|key| key.name.clone()).unwrap_or_default(),
        columns: key
            .columns
            .iter()
            .map(|&column| column.to_owned())
            .collect(),
        source: None,
    }
}

/// The error of an insert that added no row, because a referenced row cannot be reached.
pub(super) fn not_reachable(meta: &'static Meta, set: &[usize]) -> Error {
    match keys_to_check(meta, set).first() {
        Some(key) => violation(meta, key),
        None => Error::NotFound {
            table: meta.table_name().name,
        },
    }
}
