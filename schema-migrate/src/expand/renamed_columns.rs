//! Renamed columns: both names exist, and a trigger keeps the columns equal.

use super::at_once::AtOnce;
use super::limits::{self, ColumnPlace};
use crate::diff::Change;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{
    Body, Column, ColumnCopy, Expr, QualifiedName, Routine, Schema, SqlType, Table, Trigger,
    TriggerEvent,
};
use freehold_schema_core::model::{RowVersion, ScalarType};

/// A column under both of its names.
pub(super) struct Pair {
    pub(super) table: QualifiedName,
    pub(super) old: Column,
    pub(super) new: Column,
}

/// The pair with this old column name in the table.
pub(super) fn pair_of<'p>(
    pairs: &'p [Pair],
    table: &QualifiedName,
    from: &str,
) -> Option<&'p Pair> {
    let mut pairs = pairs.iter();
    pairs.find(|pair| pair.table == *table && pair.old.name == from)
}

/// The renamed columns: those that get two names, and those that cannot.
#[derive(Default)]
pub(super) struct Found {
    pub(super) pairs: Vec<Pair>,
    pub(super) at_once: Vec<AtOnce>,
}

/// Finds the columns that the changes rename, and those that are copies already.
pub(super) fn find(
    before: &Schema,
    new: &Schema,
    (renamed, recreated): (&[Change], &[&QualifiedName]),
    printer: Printer<'_>,
) -> Found {
    let mut found = Found::default();
    for table in &new.tables {
        let Some(old) = before.tables.iter().find(|old| old.name == table.name) else {
            continue;
        };
        let copies = before.expansion.copies.iter();
        let copies = copies.filter(|copy| copy.table == table.name && is_declared(table, copy));
        let copies = copies.map(|copy| (copy.from.as_str(), copy.to.as_str()));
        let pairs = renames_of(renamed, &table.name).chain(copies);
        for (from, to) in pairs {
            let (Some(from), Some(to)) = (column(old, from), column(table, to)) else {
                continue;
            };
            let (was, is) = (place(before, old, from), place(new, table, to));
            let reason = if recreated.contains(&&table.name) {
                Some(limits::RECREATED)
            } else {
                let is_retyped = limits::is_of_another_type(renamed, from);
                is_retyped.then_some(limits::OTHER_TYPE)
            };
            match reason.or_else(|| limits::from_two_names(was, is, printer)) {
                None => found.pairs.push(Pair {
                    table: table.name.clone(),
                    old: from.clone(),
                    new: to.clone(),
                }),
                Some(reason) => found.at_once.push(AtOnce {
                    table: table.name.clone(),
                    column: from.name.clone(),
                    reason,
                }),
            }
        }
    }
    found
}

/// The renames of columns in one table, from old to new.
fn renames_of<'a>(
    changes: &'a [Change],
    of: &'a QualifiedName,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let renamed = changes.iter().filter_map(Change::renamed_column);
    renamed.filter_map(move |(table, from, to)| (table == of).then_some((from, to)))
}

/// Whether the table still declares the rename of the copy.
fn is_declared(table: &Table, copy: &ColumnCopy) -> bool {
    let new = column(table, &copy.to);
    new.is_some_and(|new| new.renamed_from.as_ref() == Some(&copy.from))
}

fn column<'a>(table: &'a Table, name: &str) -> Option<&'a Column> {
    table.columns.iter().find(|column| column.name == name)
}

fn place<'a>(schema: &'a Schema, table: &'a Table, column: &'a Column) -> ColumnPlace<'a> {
    ColumnPlace {
        schema,
        table,
        column,
    }
}

/// Adds the new name as a copy, with the trigger that keeps it equal.
pub(super) fn add(middle: &mut Schema, pairs: &[Pair]) {
    for pair in pairs {
        let mut tables = middle.tables.iter_mut();
        let Some(table) = tables.find(|table| table.name == pair.table) else {
            continue;
        };
        let copy = ColumnCopy {
            table: pair.table.clone(),
            from: pair.old.name.clone(),
            to: pair.new.name.clone(),
        };
        for column in &mut table.columns {
            if column.name == pair.new.name {
                column.nullable = is_nullable(pair);
                // Null marks a row in which the older release left the column out.
                column.default = None;
            }
        }
        table.triggers.push(trigger(&copy));
        middle.routines.push(Routine::trigger_function(
            copy.function_name(),
            Body::SameColumns {
                from: copy.from.clone(),
                to: copy.to.clone(),
                changed: is_changed(&pair.new),
            },
        ));
        middle.expansion.copies.push(copy);
    }
}

/// Whether one of the releases may leave the column empty.
pub(super) fn is_nullable(pair: &Pair) -> bool {
    pair.old.nullable || pair.new.nullable
}

fn trigger(copy: &ColumnCopy) -> Trigger {
    let mut trigger = Trigger::before_update(copy.trigger_name(), copy.function_name());
    trigger.events = vec![TriggerEvent::Insert, TriggerEvent::Update(Vec::new())];
    trigger
}

fn is_changed(column: &Column) -> Expr {
    let side = |version| {
        let value = Expr::Row(version, column.name.clone());
        if has_equality(&column.sql_type) {
            value
        } else {
            Expr::Cast(Box::new(value), "text".to_owned())
        }
    };
    Expr::IsDistinct(
        Box::new(side(RowVersion::New)),
        Box::new(side(RowVersion::Old)),
    )
}

/// Whether the type's `=` can compare two values exactly.
///
/// This is unknown for domains and for types that are written as SQL, and `citext` treats different texts as equal.
fn has_equality(sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Scalar(scalar) => !matches!(scalar, ScalarType::Json | ScalarType::Citext),
        SqlType::Array(element) => has_equality(element),
        SqlType::Enum(_) => true,
        SqlType::Domain(_) | SqlType::Sql(_) => false,
    }
}
