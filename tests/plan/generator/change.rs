//! The changes that a schema goes through.

use super::Spec;
use super::columns::{ColumnSpec, Kind};
use super::tables::TableSpec;
use crate::random::Random;

impl Spec {
    /// One change, of any kind.
    pub(super) fn change(&mut self, random: &mut Random) {
        self.change_one(random);
        self.forget_dangling_references();
    }

    fn change_one(&mut self, random: &mut Random) {
        match random.below(53) {
            0 => self.add_table(random),
            1 => self.drop_table(random),
            2 | 3 => self.add_column(random),
            4 => self.drop_column(random),
            5 | 6 => self.change_type(random),
            7 => self.change_null(random),
            8 => self.with_column(random, |column, _| column.default = !column.default),
            9 => self.change_column_comment(random),
            10 => self.add_unique(random),
            11 => self.with_table(random, |table, _| drop(table.uniques.pop())),
            12 | 13 => self.add_check(random),
            14 => self.with_table(random, |table, _| drop(table.checks.pop())),
            15 | 16 => self.add_index(random),
            17 => self.with_table(random, |table, _| drop(table.indexes.pop())),
            18 | 19 => self.add_reference(random),
            20 => self.with_table(random, |table, _| drop(table.references.pop())),
            21 => self.change_enum(random),
            22 => self.add_enum(random),
            23 => self.add_view(random),
            24 => self.drop_view(random),
            25 => self.change_routines(random),
            26 => self.change_sequences(random),
            27 => self.change_policy(random),
            28 => self.change_table_comment(random),
            29 => self.change_domains(random),
            30 => self.change_grants(random),
            31 => self.change_scope(random),
            32 => self.change_partitions(random),
            33 => self.change_partition_count(random),
            34 => self.rename_label(random),
            35 => self.add_view_over_view(random),
            36 => self.change_view(random),
            37 => self.with_table(random, |table, _| table.audited = !table.audited),
            38 | 39 => self.change_search(random),
            40 if random.one_in(6) => self.change_extensions(random),
            42 => self.change_key(random),
            45..=47 => self.change_functions(random),
            48 | 49 => self.change_taken_type(random),
            44 => self.with_table(random, |table, _| table.calls = !table.calls),
            43 => self.swap_names_of_parts(random),
            41 if random.one_in(6) => self.add_trigram_index(random),
            50 => self.change_counted(random),
            51 => self.rewrite(random),
            _ => self.add_computed(random),
        }
    }

    pub(super) fn any_table(&mut self, random: &mut Random) -> Option<&mut TableSpec> {
        let index = random.below(self.tables.len());
        self.tables.get_mut(index)
    }

    pub(super) fn with_table(
        &mut self,
        random: &mut Random,
        change: impl Fn(&mut TableSpec, &mut Random),
    ) {
        if let Some(table) = self.any_table(random) {
            change(table, random);
        }
    }

    pub(super) fn with_column(
        &mut self,
        random: &mut Random,
        change: impl Fn(&mut ColumnSpec, &mut Random),
    ) {
        if let Some(table) = self.any_table(random) {
            let index = random.below(table.columns.len());
            let column = table.columns.get_mut(index);
            if let Some(column) = column.filter(|column| !matches!(column.kind, Kind::Computed(_)))
            {
                change(column, random);
            }
        }
    }
}
