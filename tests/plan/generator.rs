//! Random schemas over the vocabulary of the crate, and random changes of them.
//!
//! A schema is a description first, so that it can be changed and PostgreSQL still accepts it. The description is then
//! turned into the const model that the derives create. Each file is about one kind of object: its description, its
//! changes, and its model.

mod change;
mod columns;
mod constraints;
mod def;
mod domains;
mod enums;
mod extensions;
mod functions;
mod grants;
mod hand;
mod indexes;
mod keys;
mod labels;
mod namespaces;
mod partitions;
mod policies;
mod questions;
mod rename;
mod routines;
mod search;
mod sequences;
mod swaps;
mod tables;
mod values;
mod views;
mod words;
mod written;

use self::domains::DomainSpec;
use self::enums::EnumSpec;
use self::functions::FunctionSpec;
use self::grants::GrantSpec;
use self::routines::RoutineSpec;
use self::sequences::SequenceSpec;
use self::tables::TableSpec;
use self::views::ViewSpec;
use crate::random::Random;

pub(crate) use self::columns::Kind;
pub(crate) use self::values::sample;

#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) tables: Vec<TableSpec>,
    enums: Vec<EnumSpec>,
    views: Vec<ViewSpec>,
    routines: Vec<RoutineSpec>,
    functions: Vec<FunctionSpec>,
    sequences: Vec<SequenceSpec>,
    domains: Vec<DomainSpec>,
    grants: Vec<GrantSpec>,
    /// Extensions that no column needs.
    extensions: Vec<(&'static str, Option<&'static str>)>,
    isolated: bool,
    /// Whether the objects belong to a separate role.
    owned: bool,
    next: usize,
}

impl Spec {
    /// A schema of a few tables.
    pub(crate) fn random(random: &mut Random) -> Self {
        let mut spec = Self {
            tables: Vec::new(),
            enums: Vec::new(),
            views: Vec::new(),
            routines: Vec::new(),
            functions: Vec::new(),
            sequences: Vec::new(),
            domains: Vec::new(),
            grants: Vec::new(),
            extensions: Vec::new(),
            isolated: random.one_in(2),
            owned: random.one_in(3),
            next: 0,
        };
        for _ in 0..random.below(3) {
            spec.add_enum(random);
        }
        for _ in 0..=random.below(4) {
            spec.add_table(random);
        }
        if random.one_in(3) {
            spec.change_domains(random);
        }
        for _ in 0..random.below(3) {
            spec.change_functions(random);
        }
        for _ in 0..random.below(12) {
            spec.change(random);
        }
        spec
    }

    /// The same schema after some changes. It declares its own renames and no earlier ones.
    pub(crate) fn evolved(&self, random: &mut Random) -> Self {
        let mut spec = self.settled();
        for _ in 0..=random.below(8) {
            spec.change(random);
        }
        if random.one_in(3) {
            spec.change_taken_type(random);
        }
        spec.rename_labels(self, random);
        spec.rename(random);
        spec.swap(self, random);
        spec
    }

    pub(crate) fn has_users(&self) -> bool {
        self.isolated
    }

    /// The table that contains the rows of a table of the earlier schema.
    pub(crate) fn successor(&self, old: &TableSpec) -> Option<&TableSpec> {
        let is_renamed = |table: &&TableSpec| {
            table.renamed_from.as_ref() == Some(&old.name) && table.schema == old.schema
        };
        let mut tables = self.tables.iter();
        let renamed = self.tables.iter().find(is_renamed);
        let found = renamed.or_else(|| tables.find(|table| table.is_same(old)));
        found.filter(|table| table.partitions == old.partitions)
    }

    /// The same schema without declared renames.
    pub(crate) fn settled(&self) -> Self {
        let mut spec = self.clone();
        for sql_enum in &mut spec.enums {
            sql_enum.renamed.clear();
        }
        for table in &mut spec.tables {
            table.renamed_from = None;
            for column in &mut table.columns {
                column.renamed_from = None;
                column.renamed_labels.clear();
            }
        }
        spec
    }

    fn name(&mut self, prefix: &str) -> String {
        self.next += 1;
        let number = self.next;
        // Some names must be quoted.
        match number % 11 {
            0 => format!("{prefix} {number}"),
            5 => format!("{}{number}", prefix.to_uppercase()),
            _ => format!("{prefix}_{number}"),
        }
    }
}
