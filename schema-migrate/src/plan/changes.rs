//! Reads facts from a change: which relation it creates or drops, and which column it changes.

use super::dependents::ColumnName;
use crate::diff::{Change, Element, Object, TableChange};
use freehold_schema_core::ir::{Partition, QualifiedName, Routine, Schema, Table};

/// The name of a table or a view.
pub(super) fn relation(object: &Object) -> Option<&QualifiedName> {
    match object {
        Object::Table(table) => Some(&table.name),
        Object::View(view) => Some(&view.name),
        _ => None,
    }
}

/// The names of a table and of its partitions, or of a view.
pub(super) fn relations(object: &Object) -> Vec<QualifiedName> {
    match object {
        Object::Table(table) => table_relations(table),
        Object::View(view) => vec![view.name.clone()],
        _ => Vec::new(),
    }
}

/// The names of a table and of its partitions.
pub(super) fn table_relations(table: &Table) -> Vec<QualifiedName> {
    let partitions = table.partitions.iter();
    let partitions = partitions.map(|partition| partition_name(&table.name, partition));
    std::iter::once(table.name.clone())
        .chain(partitions)
        .collect()
}

/// The name of a partition, which is in the PostgreSQL schema of its table.
pub(super) fn partition_name(table: &QualifiedName, partition: &Partition) -> QualifiedName {
    QualifiedName {
        schema: table.schema.clone(),
        name: partition.name.clone(),
    }
}

/// The tables, partitions and views that the change drops. Some of them may be created again.
pub(super) fn dropped_relations(from: &Schema, change: &Change) -> Vec<QualifiedName> {
    match change {
        Change::Drop(object)
        | Change::Replace {
            old: object @ Object::View(_),
            ..
        } => relations(object),
        Change::Table {
            table,
            change: TableChange::Drop(Element::Partition(partition)),
        } => vec![partition_name(table, partition)],
        Change::Table {
            table,
            change: TableChange::PartitionBy { .. },
        } => {
            let mut tables = from.tables.iter();
            let old = tables.find(|old| old.name == *table);
            old.map_or_else(Vec::new, table_relations)
        }
        _ => Vec::new(),
    }
}

/// The column whose default the change sets.
pub(super) fn redefaulted(change: &Change) -> Option<ColumnName> {
    use TableChange::{Counted, Default};
    match change {
        Change::Table {
            table,
            change: Default { new, .. } | Counted { new, .. },
        } => Some((table.clone(), new.name.clone())),
        _ => None,
    }
}

/// The columns whose type the changes change.
pub(super) fn retyped_columns(changes: &[Change]) -> Vec<ColumnName> {
    let retyped = changes.iter().filter_map(retyped);
    retyped
        .map(|(table, column)| (table.clone(), column.to_owned()))
        .collect()
}

/// Whether the change drops or recreates the column.
pub(super) fn is_of_column(change: &Change, of: &QualifiedName, column: &str) -> bool {
    match change {
        Change::Table {
            table,
            change: TableChange::Drop(Element::Column(dropped)),
        } => table == of && dropped.name == column,
        Change::Table {
            table,
            change: TableChange::Generated { new, .. },
        } => table == of && new.name == column,
        _ => false,
    }
}

pub(super) fn created_relation(change: &Change) -> Option<&QualifiedName> {
    match change {
        Change::Create(object) => relation(object),
        _ => None,
    }
}

pub(super) fn dropped_relation(change: &Change) -> Option<&QualifiedName> {
    match change {
        Change::Drop(object) => relation(object),
        _ => None,
    }
}

/// The table and column whose type the change changes. Dependents of the column must be dropped while it changes.
pub(super) fn retyped(change: &Change) -> Option<(&QualifiedName, &str)> {
    use TableChange::{Generated, Type};
    match change {
        Change::Table {
            table,
            change: Type { new, .. } | Generated { new, .. },
        } => Some((table, &new.name)),
        _ => None,
    }
}

/// Whether `CREATE OR REPLACE` works for the routine.
///
/// The kind, the names and types of the arguments, the result, and the number of defaults must be equal.
pub(super) fn is_replaceable(old: &Routine, new: &Routine) -> bool {
    let signature = |routine: &Routine| {
        let arguments = routine.arguments.iter();
        let arguments = arguments.map(|argument| {
            let name = argument.name.clone();
            (name, argument.sql_type.clone(), argument.out)
        });
        arguments.collect::<Vec<_>>()
    };
    let defaults = |routine: &Routine| {
        let arguments = routine.arguments.iter();
        arguments
            .filter(|argument| argument.default.is_some())
            .count()
    };
    old.kind == new.kind
        && old.returns == new.returns
        && signature(old) == signature(new)
        && defaults(old) == defaults(new)
}
