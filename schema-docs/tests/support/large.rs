//! A schema of any size, made of copies of another.

use freehold_schema_core::ir::{QualifiedName, Schema, Table};

/// Copies the tables of a schema until there are `count`. The tables of a copy have its number in their names.
pub fn large(schema: &Schema, count: usize) -> Schema {
    let copies = (0..).flat_map(|copy| schema.tables.iter().map(move |table| renamed(table, copy)));
    Schema {
        tables: copies.take(count).collect(),
        ..schema.clone()
    }
}

fn renamed(table: &Table, copy: usize) -> Table {
    let mut table = table.clone();
    if copy == 0 {
        return table;
    }
    rename(&mut table.name, copy);
    for key in &mut table.foreign_keys {
        rename(&mut key.target, copy);
        key.name = format!("{}_{copy}", key.name);
    }
    if let Some(key) = &mut table.primary_key {
        key.name = format!("{}_{copy}", key.name);
    }
    for unique in &mut table.uniques {
        unique.name = format!("{}_{copy}", unique.name);
    }
    for index in &mut table.indexes {
        index.name = format!("{}_{copy}", index.name);
    }
    for partition in &mut table.partitions {
        partition.name = format!("{}_{copy}", partition.name);
    }
    table
}

fn rename(name: &mut QualifiedName, copy: usize) {
    name.name = format!("{}_{copy}", name.name);
}
