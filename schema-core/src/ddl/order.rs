use std::collections::{HashMap, HashSet};

use crate::ir::{ForeignKey, QualifiedName, Table};

/// A table in its place, with the foreign keys that can stand in its `CREATE TABLE` and those that must wait.
pub(super) struct Ordered<'a> {
    pub(super) table: &'a Table,
    pub(super) foreign_keys: Vec<&'a ForeignKey>,
    pub(super) later: Vec<&'a ForeignKey>,
}

/// The tables so that each stands after those that it references. Where they reference each other in a circle, the foreign
/// key that closes it waits. Otherwise the order is that of the list.
pub(super) fn by_dependency(tables: &[Table]) -> Vec<Ordered<'_>> {
    let by_name = tables.iter().map(|table| (&table.name, table)).collect();
    let mut order = Order {
        by_name,
        seen: HashSet::new(),
        placed: HashSet::new(),
        result: Vec::new(),
    };
    for table in tables {
        order.place(table);
    }
    order.result
}

struct Order<'a> {
    by_name: HashMap<&'a QualifiedName, &'a Table>,
    seen: HashSet<&'a QualifiedName>,
    placed: HashSet<&'a QualifiedName>,
    result: Vec<Ordered<'a>>,
}

impl<'a> Order<'a> {
    fn place(&mut self, table: &'a Table) {
        if !self.seen.insert(&table.name) {
            return;
        }
        for key in &table.foreign_keys {
            if let Some(target) = self.by_name.get(&key.target) {
                self.place(target);
            }
        }
        self.placed.insert(&table.name);
        let (foreign_keys, later) = table
            .foreign_keys
            .iter()
            .partition(|key| self.placed.contains(&key.target) && !needs_own_index(table, key));
        self.result.push(Ordered {
            table,
            foreign_keys,
            later,
        });
    }
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
