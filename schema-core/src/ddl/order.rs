use std::collections::HashMap;

use crate::ir::{self, ForeignKey, Object, QualifiedName, Schema, Table};

/// The objects of a schema in dependency order, and which foreign keys `CREATE TABLE` can contain.
///
/// The other foreign keys are added when all tables exist.
pub struct CreationOrder<'a> {
    pub(super) objects: Vec<Object<'a>>,
    positions: HashMap<&'a QualifiedName, usize>,
}

impl<'a> CreationOrder<'a> {
    /// Computes the order of a schema.
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

    /// The foreign keys that the table's `CREATE TABLE` can contain.
    pub(crate) fn early(&self, table: &'a Table) -> Vec<&'a ForeignKey> {
        self.keys(table, true)
    }

    /// The foreign keys that are added after all tables, because they close a cycle or need an index of their own
    /// table.
    pub(crate) fn late(&self, table: &'a Table) -> Vec<&'a ForeignKey> {
        self.keys(table, false)
    }

    fn keys(&self, table: &'a Table, early: bool) -> Vec<&'a ForeignKey> {
        let can_stand = |key: &&ForeignKey| self.is_early(table, key) == early;
        table.foreign_keys.iter().filter(can_stand).collect()
    }

    /// Whether the table's `CREATE TABLE` can contain the foreign key.
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

/// Whether the foreign key references a unique index of its own table, which is created after the table.
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
