//! Dropped columns: they stay, and the next release does not have to know them.

use super::at_once::AtOnce;
use super::limits;
use crate::diff::{Change, Element, TableChange};
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{
    Column, Grant, GrantObject, LeavingColumn, QualifiedName, Schema, Table,
};

/// Keeps the columns that the changes drop. Generated columns come last, because they need other columns.
pub(super) fn keep(
    middle: &mut Schema,
    before: &Schema,
    changes: &[Change],
    printer: Printer<'_>,
) -> Vec<AtOnce> {
    let dropped = changes.iter().filter_map(dropped);
    let (computed, stored): (Vec<_>, Vec<_>) =
        dropped.partition(|(_, column)| column.generated.is_some());
    let mut at_once = Vec::new();
    for (name, column) in stored.into_iter().chain(computed) {
        let old = before.tables.iter().find(|table| table.name == *name);
        let new = middle.tables.iter().find(|table| table.name == *name);
        let Some(tables) = old.zip(new) else {
            continue;
        };
        let is_retyped = limits::is_of_another_type(changes, column);
        let reason = is_retyped.then_some(limits::OTHER_TYPE);
        let reason = reason
            .or_else(|| limits::from_staying(tables.0, &column.name))
            .or_else(|| limits::from_being_computed(tables, column, printer));
        match reason {
            Some(reason) => at_once.push(AtOnce {
                table: name.clone(),
                column: column.name.clone(),
                reason,
            }),
            None => stay(middle, before, name, column),
        }
    }
    at_once
}

fn dropped(change: &Change) -> Option<(&QualifiedName, &Column)> {
    match change {
        Change::Table {
            table,
            change: TableChange::Drop(Element::Column(column)),
        } => Some((table, column)),
        _ => None,
    }
}

fn stay(middle: &mut Schema, before: &Schema, name: &QualifiedName, column: &Column) {
    let mut tables = middle.tables.iter_mut();
    let Some(table) = tables.find(|table| table.name == *name) else {
        return;
    };
    let nullable = match middle.expansion.copy_of(name, &column.name) {
        Some(copy) => column.nullable || is_nullable(table, &copy.to),
        None => column.nullable || has_to_be_given(column),
    };
    table.columns.push(Column {
        nullable,
        renamed_from: None,
        ..column.clone()
    });
    if middle.expansion.copy_of(name, &column.name).is_none() {
        middle.expansion.columns.push(LeavingColumn {
            table: name.clone(),
            name: column.name.clone(),
        });
    }
    middle.grants.extend(rights(before, name, &column.name));
}

fn is_nullable(table: &Table, name: &str) -> bool {
    let mut columns = table.columns.iter();
    columns.any(|column| column.name == name && column.nullable)
}

/// Whether every new row needs an explicit value.
pub(super) fn has_to_be_given(column: &Column) -> bool {
    let is_counted = column.serial || column.identity.is_some();
    column.default.is_none() && column.generated.is_none() && !is_counted
}

/// The rights that are granted on the column by its name.
fn rights(before: &Schema, table: &QualifiedName, column: &str) -> Vec<Grant> {
    let grants = crate::diff::grants(before).into_iter();
    let on_table = grants.filter(
        |grant| matches!(&grant.on, GrantObject::Relations(names) if names.contains(table)),
    );
    let on_column = on_table.map(|grant| {
        let privileges = grant.privileges.iter();
        let of_column = privileges.filter(|(_, columns)| columns.iter().any(|name| name == column));
        let of_column = of_column.map(|(privilege, _)| (*privilege, vec![column.to_owned()]));
        Grant {
            privileges: of_column.collect(),
            ..grant.clone()
        }
    });
    on_column
        .filter(|grant| !grant.privileges.is_empty())
        .collect()
}
