use super::change::{Change, Commented, Element, TableChange};
use super::elements;
use super::relabel;
use super::side::{Item, items, matched};
use freehold_schema_core::ir::{
    Column, Expr, QualifiedName, RenamedLabel, SqlType, Table, is_monthly,
};

/// The differences of a table that is in both schemas.
pub(super) fn changes(old: Item<'_, Table>, new: Item<'_, Table>) -> Vec<Change> {
    let table = &new.original.name;
    // The table is dropped and created again as a whole.
    if let Some(change) = partition_by(old, new) {
        let table = table.clone();
        return vec![Change::Table { table, change }];
    }
    let mut found: Vec<_> = comment(old.original, new.original).into_iter().collect();
    let in_table = |change| Change::Table {
        table: table.clone(),
        change,
    };
    let (of_columns, comments) = columns(table, old, new);
    found.extend(of_columns.into_iter().map(in_table));
    found.extend(comments);
    found.extend(parts(old, new).into_iter().map(in_table));
    found.extend(row_security(old, new).map(in_table));
    found
}

fn comment(old: &Table, new: &Table) -> Option<Change> {
    (old.comment != new.comment).then(|| Change::Comment {
        on: Commented::Table(new.name.clone()),
        old: old.comment.clone(),
        new: new.comment.clone(),
    })
}

fn parts(old: Item<'_, Table>, new: Item<'_, Table>) -> Vec<TableChange> {
    macro_rules! each {
        ($($list:ident)*) => {
            [$(elements::changes(
                items(&old.original.$list, &old.normal.$list),
                items(&new.original.$list, &new.normal.$list),
            )),*]
        };
    }
    let lists = each! { uniques checks foreign_keys indexes triggers policies partitions };
    let key = elements::changes(
        items(
            old.original.primary_key.as_slice(),
            old.normal.primary_key.as_slice(),
        ),
        items(
            new.original.primary_key.as_slice(),
            new.normal.primary_key.as_slice(),
        ),
    );
    let parts = key.into_iter().chain(lists.into_iter().flatten());
    parts
        .filter(|change| !is_of_run_time(old.original, new.original, change))
        .collect()
}

/// Whether the change is a partition that the database created at run time.
///
/// One schema creates partitions at run time, and the other one is the database that has them.
fn is_of_run_time(old: &Table, new: &Table, change: &TableChange) -> bool {
    let (made_by_itself, partition) = match change {
        TableChange::Drop(Element::Partition(partition)) => (
            new.partitions_at_run_time && !old.partitions_at_run_time,
            partition,
        ),
        TableChange::Add(Element::Partition(partition)) => (
            old.partitions_at_run_time && !new.partitions_at_run_time,
            partition,
        ),
        _ => return false,
    };
    made_by_itself && is_monthly(&new.name.name, &partition.name)
}

fn row_security(old: Item<'_, Table>, new: Item<'_, Table>) -> Option<TableChange> {
    let (old, new) = (old.original.row_security, new.original.row_security);
    (old != new).then_some(TableChange::RowSecurity { old, new })
}

fn partition_by(old: Item<'_, Table>, new: Item<'_, Table>) -> Option<TableChange> {
    let is_other = old.normal.partition_by != new.normal.partition_by
        || key_types(old.normal) != key_types(new.normal);
    is_other.then(|| TableChange::PartitionBy {
        old: old.original.partition_by.clone(),
        new: new.original.partition_by.clone(),
    })
}

/// The types of the partition key's columns. PostgreSQL refuses `ALTER COLUMN .. TYPE` on these columns.
fn key_types(table: &Table) -> Vec<Option<&SqlType>> {
    let key = table.partition_by.iter().flat_map(|by| &by.columns);
    let column = |name: &String| table.columns.iter().find(|column| column.name == *name);
    key.map(|name| column(name).map(|column| &column.sql_type))
        .collect()
}

/// The changes of the columns and of their comments.
fn columns(
    table: &QualifiedName,
    old: Item<'_, Table>,
    new: Item<'_, Table>,
) -> (Vec<TableChange>, Vec<Change>) {
    let all = matched(
        items(&old.original.columns, &old.normal.columns),
        items(&new.original.columns, &new.normal.columns),
        |column: &Column| column.name.as_str(),
    );
    let element = |item: Item<'_, Column>| Element::Column(item.original.clone());
    let dropped = all.dropped.into_iter().map(element).map(TableChange::Drop);
    let mut changes: Vec<_> = dropped.collect();
    let created = all.created.into_iter().map(element).map(TableChange::Add);
    changes.extend(created);
    let mut comments = Vec::new();
    for (before, now) in all.kept {
        changes.extend(column(before, now));
        changes.extend(rename_labels(before.original, now.original, old.normal));
        comments.extend(column_comment(table, before.original, now.original));
    }
    (changes, comments)
}

fn column_comment(table: &QualifiedName, old: &Column, new: &Column) -> Option<Change> {
    (old.comment != new.comment).then(|| Change::Comment {
        on: Commented::Column(table.clone(), new.name.clone()),
        old: old.comment.clone(),
        new: new.comment.clone(),
    })
}

/// The differences of a column.
///
/// If the expression or the type of a generated column differs, the column is recreated as a whole.
fn column(old: Item<'_, Column>, new: Item<'_, Column>) -> Vec<TableChange> {
    let (was, is) = (old.normal, new.normal);
    let both = || (old.original.clone(), new.original.clone());
    let is_other_type = was.sql_type != is.sql_type;
    let is_computed = was.generated.is_some() || is.generated.is_some();
    if was.generated != is.generated || (is_computed && is_other_type) {
        let (old, new) = both();
        return vec![TableChange::Generated { old, new }];
    }
    let mut changes = Vec::new();
    let is_counted_otherwise = was.identity != is.identity || was.serial != is.serial;
    let (old, new) = both();
    if is_other_type {
        // The default and the sequence depend on the type, so they change with it.
        changes.push(TableChange::Type {
            old,
            new: new.clone(),
        });
    } else if is_counted_otherwise {
        changes.push(TableChange::Counted {
            old,
            new: new.clone(),
        });
    } else if was.default != is.default {
        changes.push(TableChange::Default {
            old,
            new: new.clone(),
        });
    }
    if was.nullable != is.nullable {
        changes.push(TableChange::Nullable { column: new });
    }
    changes
}

/// The change of the rows of a text enum whose labels are renamed.
///
/// A label is renamed if a check of the old table allows the old label and does not allow the new one, or if another
/// rename frees the new one.
fn rename_labels(was: &Column, now: &Column, old: &Table) -> Option<TableChange> {
    let is_there = |label: &String| allows(old, &was.name, label);
    let renames = relabel::pending(&now.renamed_labels, is_there, &was.renamed_labels).into_iter();
    let renamed_labels: Vec<_> = renames
        .map(|(from, to)| RenamedLabel { from, to })
        .collect();
    (!renamed_labels.is_empty()).then(|| TableChange::RenameLabels {
        column: Column {
            renamed_labels,
            ..now.clone()
        },
    })
}

/// Whether a check of the table is about this column only and allows the label. The table is in normal form.
fn allows(table: &Table, column: &str, label: &str) -> bool {
    let of_another = |condition: &str| {
        let mut columns = table.columns.iter();
        columns.any(|other| {
            other.name != column && freehold_schema_core::sql::mentions(condition, &other.name)
        })
    };
    table.checks.iter().any(|check| match &check.condition {
        Expr::Sql(condition) => {
            freehold_schema_core::sql::has_text(condition, label)
                && freehold_schema_core::sql::mentions(condition, column)
                && !of_another(condition)
        }
        _ => false,
    })
}
