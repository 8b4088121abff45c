//! Names that are exchanged.

use super::Spec;
use super::namespaces::Relation;
use super::tables::TableSpec;
use crate::random::Random;

/// A name that no object has.
const ASIDE: &str = "nobody";

impl Spec {
    /// Two existing tables, or two columns of one table, exchange their names.
    pub(super) fn swap(&mut self, before: &Self, random: &mut Random) {
        if random.one_in(10) {
            self.swap_tables(before, random);
        }
        if random.one_in(8) {
            self.swap_columns(before, random);
        }
    }

    fn swap_tables(&mut self, before: &Self, random: &mut Random) {
        let old = |table: &TableSpec| before.tables.iter().any(|old| old.is_same(table));
        // A new table may have the old name of a renamed one.
        let claimed = |table: &TableSpec| {
            let mut tables = self.tables.iter();
            tables.any(|other| {
                other.schema == table.schema && other.renamed_from.as_ref() == Some(&table.name)
            })
        };
        let tables = self.tables.iter();
        let tables =
            tables.filter(|table| table.renamed_from.is_none() && old(table) && !claimed(table));
        let names: Vec<_> = tables.map(TableSpec::relation).collect();
        let (Some(one), Some(other)) = (any_of(&names, random), any_of(&names, random)) else {
            return;
        };
        if one.schema != other.schema || one == other {
            return;
        }
        let aside = Relation {
            schema: one.schema,
            name: ASIDE.to_owned(),
        };
        self.rename_table(&one, ASIDE);
        self.rename_table(&other, &one.name);
        self.rename_table(&aside, &other.name);
        for table in &mut self.tables {
            if table.relation() == one {
                table.renamed_from = Some(other.name.clone());
            } else if table.relation() == other {
                table.renamed_from = Some(one.name.clone());
            }
        }
    }

    fn swap_columns(&mut self, before: &Self, random: &mut Random) {
        let index = random.below(self.tables.len());
        let Some(table) = self.tables.get(index) else {
            return;
        };
        let mut tables = before.tables.iter();
        let from = table.renamed_from.as_ref().unwrap_or(&table.name);
        let Some(old) = tables.find(|old| old.name == *from && old.schema == table.schema) else {
            return;
        };
        let was = |name: &String| {
            let mut columns = table.columns.iter();
            let claimed = columns.any(|column| column.renamed_from.as_ref() == Some(name));
            !claimed && old.columns.iter().any(|column| column.name == *name)
        };
        let columns = table.columns.iter();
        let columns = columns.filter(|column| column.renamed_from.is_none());
        let names = columns.map(|column| column.name.clone()).filter(was);
        let names: Vec<_> = names.collect();
        let (Some(one), Some(other)) = (any_of(&names, random), any_of(&names, random)) else {
            return;
        };
        if one == other {
            return;
        }
        self.rename_column_of(index, &one, ASIDE);
        self.rename_column_of(index, &other, &one);
        self.rename_column_of(index, ASIDE, &other);
        for column in &mut self.tables[index].columns {
            if column.name == one {
                column.renamed_from = Some(other.clone());
            } else if column.name == other {
                column.renamed_from = Some(one.clone());
            }
        }
    }

    /// Two indexes or unique constraints exchange their names. No rename is declared, since nothing is lost.
    pub(super) fn swap_names_of_parts(&mut self, random: &mut Random) {
        let mut names = Vec::new();
        for table in self
            .tables
            .iter_mut()
            .filter(|table| table.schema.is_none())
        {
            let uniques = table.uniques.iter_mut().map(|(name, _)| name);
            names.extend(uniques);
            names.extend(table.indexes.iter_mut().map(|index| &mut index.name));
        }
        let (one, other) = (random.below(names.len()), random.below(names.len()));
        if one < other {
            let (first, second) = names.split_at_mut(other);
            std::mem::swap(first[one], second[0]);
        }
    }
}

fn any_of<T: Clone>(all: &[T], random: &mut Random) -> Option<T> {
    all.get(random.below(all.len())).cloned()
}

impl TableSpec {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.relation() == other.relation()
    }
}
