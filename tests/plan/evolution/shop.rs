//! The shop of `examples/schemas` as it grows: the const model that the derives create, in lists that can be edited.

#![expect(
    clippy::panic,
    reason = "a change of the script that names nothing is a mistake in the script"
)]

use freehold::SchemaDef;
use freehold::model::{ColumnDef, RoutineDef, SequenceDef, TableDef, ViewDef};

use crate::schemas::shop::SHOP;

/// The shop at one time.
#[derive(Clone)]
pub(crate) struct Shop {
    tables: Vec<TableDef>,
    pub(crate) views: Vec<ViewDef>,
    pub(crate) routines: Vec<RoutineDef>,
    pub(crate) sequences: Vec<SequenceDef>,
}

impl Shop {
    /// The shop of the example.
    pub(crate) fn new() -> Self {
        Self {
            tables: SHOP.tables.iter().map(|table| **table).collect(),
            views: SHOP.views.iter().map(|view| **view).collect(),
            routines: SHOP.routines.iter().map(|routine| **routine).collect(),
            sequences: SHOP.sequences.to_vec(),
        }
    }

    pub(crate) fn def(&self) -> SchemaDef {
        SHOP.views(references(&self.views))
            .routines(references(&self.routines))
            .sequences(self.sequences.clone().leak())
            .of_tables(references(&self.tables))
    }

    /// The same shop without declared renames.
    pub(crate) fn settled(&self) -> Self {
        let mut shop = self.clone();
        for table in &mut shop.tables {
            table.renamed_from = None;
            edit(&mut table.columns, |columns| {
                for column in columns {
                    column.renamed_from = None;
                }
            });
        }
        shop
    }

    pub(crate) fn add(&mut self, table: &TableDef) {
        self.tables.push(*table);
    }

    pub(crate) fn drop(&mut self, name: &str) {
        self.tables.retain(|table| table.name.name != name);
    }

    pub(crate) fn table(&mut self, name: &str) -> &mut TableDef {
        let mut tables = self.tables.iter_mut();
        tables
            .find(|table| table.name.name == name)
            .unwrap_or_else(|| panic!("no table `{name}`"))
    }

    pub(crate) fn column(&mut self, table: &str, name: &str, change: impl FnOnce(&mut ColumnDef)) {
        edit(&mut self.table(table).columns, |columns| {
            let mut columns = columns.iter_mut();
            let column = columns.find(|column| column.name == name);
            change(column.unwrap_or_else(|| panic!("no column `{table}.{name}`")));
        });
    }
}

trait OfTables {
    fn of_tables(self, tables: &'static [&'static TableDef]) -> Self;
}

impl OfTables for SchemaDef {
    /// Drops the index of names, which contains only the tables of the example.
    fn of_tables(mut self, tables: &'static [&'static TableDef]) -> Self {
        self.tables = tables;
        self.indexed(&[])
    }
}

fn references<T: Copy>(items: &[T]) -> &'static [&'static T] {
    let leaked: &'static [T] = items.to_vec().leak();
    leaked.iter().collect::<Vec<_>>().leak()
}

/// Changes a list of the const model.
pub(crate) fn edit<T: Copy>(list: &mut &'static [T], change: impl FnOnce(&mut Vec<T>)) {
    let mut items = list.to_vec();
    change(&mut items);
    *list = items.leak();
}

/// Adds an item to a list of the const model.
pub(crate) fn push<T: Copy>(list: &mut &'static [T], item: T) {
    edit(list, |items| items.push(item));
}
