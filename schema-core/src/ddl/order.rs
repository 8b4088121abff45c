use std::collections::HashMap;

use crate::ir::{self, ForeignKey, Object, QualifiedName, Schema, Table};

/// The objects of a schema in dependency order, and for each table the foreign keys that can stand in its `CREATE TABLE`; the others wait
/// until every table is there.
pub struct CreationOrder<'a> {
    pub(super) objects: Vec<Object<'a>>,
    positions: HashMap<&'a QualifiedName, usize>,
}

impl<'a> CreationOrder<'a> {
    /// The order of a schema.
    pub fn of(schema: &'a Schema) -> Self {
        let objects = ir::ordered(schema).objects;
        let names = tables(&objects).map(|table| &table.name);
        Self {
            positions: names.zip(0..).collect(),
            objects,
        }
    }

    pub(crate) fn tables(&self) -> impl Iterator<Item = &'a Table> {
        tables(&self.objects)
    }

    /// The foreign keys that can stand in the table's `CREATE TABLE`.
    pub(crate) fn early(&self, table: &'a Table) -> Vec<&'a ForeignKey> {
        self.keys(table, true)
    }

    /// Those that close a circle.
    pub(crate) fn late(&self, table: &'a Table) -> Vec<&'a ForeignKey> {
        self.keys(table, false)
    }

    fn keys(&self, table: &'a Table, early: bool) -> Vec<&'a ForeignKey> {
        let can_stand = |key: &&ForeignKey| self.is_early(table, key) == early;
        table.foreign_keys.iter().filter(can_stand).collect()
    }

    /// Whether the foreign key can stand in the table's `CREATE TABLE`.
    pub fn is_early(&self, table: &Table, key: &ForeignKey) -> bool {
        let own = self.positions.get(&table.name);
        let target = self.positions.get(&key.target);
        let is_there = target.is_some() && target <= own;
        is_there && !needs_own_index(table, key)
    }
}

fn tables<'a>(objects: &[Object<'a>]) -> impl Iterator<Item = &'a Table> {
    objects.iter().filter_map(|object| match object {
        Object::Table(table) => Some(*table),
        _ => None,
    })
}

/// Whether the foreign key references a unique index of its own table, which is made after the table.
fn needs_own_index(table: &Table, key: &ForeignKey) -> bool {
    let is_target = |columns: &[String]| {
        columns.len() == key.target_columns.len()
            && columns
                .iter()
                .all(|column| key.target_columns.contains(column))
    };
    let by_key = table.primary_key.iter().any(|own| is_target(&own.columns));
    let by_unique = table
        .uniques
        .iter()
        .any(|unique| is_target(&unique.columns));
    key.target == table.name && !by_key && !by_unique
}
