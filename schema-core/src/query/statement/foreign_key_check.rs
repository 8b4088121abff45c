//! What is written into a foreign key: that the row it leads to is the owner's too.
//!
//! PostgreSQL's own check of a foreign key sees every row. Where the key carries the scope that is enough; where it does not,
//! the statement asks, and a row of somebody else's is as good as none.

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

/// The foreign keys of which a statement that sets these columns has to ask whose the referenced row is.
pub(super) fn unheld(meta: &'static Meta, set: &[usize]) -> Vec<&'static ForeignKeyDef> {
    let Some(def) = meta.table_def() else {
        return Vec::new();
    };
    let is_set = |key: &&ForeignKeyDef| {
        let mut columns = key.columns.iter();
        columns.any(|column| meta.position(column).is_some_and(|at| set.contains(&at)))
    };
    let keys = def.foreign_keys.iter().filter(is_set);
    keys.filter(|key| !is_held(def, key)).collect()
}

/// Whether the foreign key itself leads to no row of another owner.
fn is_held(def: &'static TableDef, key: &ForeignKeyDef) -> bool {
    match (def.ownership, key.target().ownership) {
        // No scope reaches a row of an internal table, so the foreign key alone asks whether it is there; nor does one write there.
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

/// Writes behind `lead` that what a statement sets the columns of the foreign keys to can be reached: what `set` has, as it was
/// written; else what is in the row.
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

/// The values of the foreign key's columns: as they were written, else as `otherwise` has them.
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

/// The values of the foreign key's columns: as `values` has them by the places of the columns, else what an insert leaves unset.
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

/// Writes that the values of the foreign key's columns are null or lead to a row that can be reached.
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

/// The value of a column that a statement does not set: its default, or nothing.
pub(super) fn unset(meta: &'static Meta, column: &str) -> String {
    let column = meta.table_def().and_then(|def| def.column(column));
    match column.and_then(|column| column.default.as_ref()) {
        Some(DefaultDef::Expr(default)) => format!("({})", ddl::expression(default)),
        Some(DefaultDef::Clock) | None => "NULL".to_owned(),
    }
}

/// After a statement that changed nothing: refuses what it would have written into foreign keys, where that cannot be reached. What
/// is an expression over the row is not asked, since there is no row.
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
    for key in unheld(meta, &positions) {
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

/// The error of a row that is not to be reached: that of one that is not there.
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

/// The error where a row was not added: what it refers to is not to be reached.
pub(super) fn not_reachable(meta: &'static Meta, set: &[usize]) -> Error {
    match unheld(meta, set).first() {
        Some(key) => violation(meta, key),
        None => Error::NotFound {
            table: meta.table_name().name,
        },
    }
}
