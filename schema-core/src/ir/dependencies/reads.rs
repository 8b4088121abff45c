//! The tables and views that a view reads: those that its query names, and those that it reaches through functions in
//! SQL.
//!
//! The bodies of `plpgsql` functions are not read: PostgreSQL looks up their names when they run, and they may build
//! SQL at run time.

use std::collections::HashSet;

use super::index::NameIndex;
use super::names::Needs;
use super::object::{Object, objects};
use super::sql::{Kind, Name};
use crate::ir::{Partition, QualifiedName, Schema, Table, View};

/// Each view with the names of the tables and views that it reads, each once and in order. A partition counts as its
/// table.
pub(crate) fn reads(schema: &Schema) -> Vec<(&View, Vec<&QualifiedName>)> {
    let objects = objects(schema);
    let index = NameIndex::of(&objects);
    let views = schema.views.iter();
    views
        .map(|view| (view, read_by(schema, &index, view)))
        .collect()
}

fn read_by<'a>(
    schema: &'a Schema,
    index: &NameIndex<'_, 'a>,
    view: &'a View,
) -> Vec<&'a QualifiedName> {
    let (mut seen, mut found) = (HashSet::new(), Vec::new());
    let mut todo = vec![Object::View(view)];
    while let Some(object) = todo.pop() {
        let path = object.search_path();
        for name in read_names(object) {
            let positions = index.named(&name, &path);
            if positions.is_empty() {
                found.extend(table_of_partition(schema, &name));
            }
            for position in positions.into_iter().filter(|at| seen.insert(*at)) {
                match index.objects.get(position) {
                    Some(Object::Table(table)) => found.push(&table.name),
                    Some(Object::View(view)) => found.push(&view.name),
                    Some(routine @ Object::Routine(_)) => todo.push(*routine),
                    Some(Object::Domain(_)) | None => {}
                }
            }
        }
    }
    found
}

fn table_of_partition<'a>(schema: &'a Schema, name: &Name) -> Option<&'a QualifiedName> {
    let has_it = |table: &&Table| {
        let is_it = |partition: &Partition| partition.name == name.name;
        let is_in_schema = name.schema.is_none() || table.name.schema == name.schema;
        name.kind == Kind::Relation && is_in_schema && table.partitions.iter().any(is_it)
    };
    let mut tables = schema.tables.iter();
    tables.find(has_it).map(|table| &table.name)
}

/// The names of relations and functions. Using a table's row type does not read the table.
fn read_names(object: Object<'_>) -> impl Iterator<Item = Name> {
    let names = Needs::of(object).names.into_iter();
    names.filter(|name| match name.kind {
        Kind::Relation | Kind::Call(_) => true,
        Kind::Type => false,
    })
}
