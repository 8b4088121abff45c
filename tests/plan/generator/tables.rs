//! Tables: their content, and how they are created and dropped.

use freehold::model::{Identity, Ownership};

use super::columns::{ColumnSpec, Kind};
use super::constraints::CheckSpec;
use super::hand::Hand;
use super::indexes::IndexSpec;
use super::keys::ReferenceSpec;
use super::namespaces::Relation;
use super::policies::PolicySpec;
use super::routines::WhenSpec;
use super::search::SearchSpec;
use super::{Spec, namespaces};
use crate::random::Random;

/// Who reaches the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowsOf {
    AllUsers,
    /// The user in a column.
    User,
    /// No user.
    Application,
}

#[derive(Clone, Debug)]
pub(crate) struct TableSpec {
    pub(crate) name: String,
    pub(super) schema: Option<&'static str>,
    pub(super) renamed_from: Option<String>,
    pub(super) comment: Option<String>,
    pub(crate) columns: Vec<ColumnSpec>,
    pub(super) uniques: Vec<(String, Vec<String>)>,
    pub(super) checks: Vec<CheckSpec>,
    pub(super) indexes: Vec<IndexSpec>,
    pub(super) references: Vec<ReferenceSpec>,
    pub(super) trigger: Option<usize>,
    pub(super) when: Option<WhenSpec>,
    pub(super) policy: Option<PolicySpec>,
    /// Whether a check and the policy call a function.
    pub(super) calls: bool,
    pub(super) rows_of: RowsOf,
    /// The number of partitions, if the table is partitioned.
    pub(super) partitions: Option<usize>,
    pub(super) audited: bool,
    pub(super) search: Option<SearchSpec>,
    /// The column of the primary key besides `id`.
    pub(super) key: Option<String>,
    /// Whether the database always counts `id` or a statement may set it.
    pub(super) counted: Identity,
}

impl Spec {
    pub(super) fn add_table(&mut self, random: &mut Random) {
        let taken = self.tables.iter();
        let taken: Vec<_> = taken.map(|table| (table.schema, &table.name)).collect();
        let shared = namespaces::shared(&taken, random).filter(|_| random.one_in(4));
        let (schema, name) =
            shared.unwrap_or_else(|| (namespaces::any(random), self.name("table")));
        self.add_table_named(Relation { schema, name }, random);
    }

    /// Does nothing if the table exists.
    pub(super) fn add_table_named(&mut self, relation: Relation, random: &mut Random) {
        if self.table_of(&relation).is_some() {
            return;
        }
        let Relation { schema, name } = relation;
        let mut table = TableSpec {
            name,
            schema,
            renamed_from: None,
            comment: None,
            columns: Vec::new(),
            uniques: Vec::new(),
            checks: Vec::new(),
            indexes: Vec::new(),
            references: Vec::new(),
            trigger: None,
            when: None,
            policy: None,
            calls: random.one_in(4),
            rows_of: RowsOf::AllUsers,
            partitions: None,
            audited: false,
            search: None,
            key: None,
            counted: Identity::ByDefault,
        };
        for _ in 0..=random.below(4) {
            let column = self.column(random);
            table.add(column, random);
        }
        self.tables.push(table);
    }

    pub(super) fn table_of(&self, relation: &Relation) -> Option<&TableSpec> {
        let mut tables = self.tables.iter();
        tables.find(|table| table.relation() == *relation)
    }

    pub(super) fn drop_table(&mut self, random: &mut Random) {
        if self.tables.len() < 2 {
            return;
        }
        let index = random.below(self.tables.len());
        let gone = self.tables.remove(index).relation();
        for table in &mut self.tables {
            table
                .references
                .retain(|reference| reference.target != gone);
        }
        self.forget_views_over(&gone);
        self.grants.retain(|grant| grant.on.as_ref() != Some(&gone));
    }

    pub(super) fn change_table_comment(&mut self, random: &mut Random) {
        self.with_table(random, |table, random| {
            table.comment = random
                .one_in(2)
                .then(|| "A table, with `words`.".to_owned());
        });
    }

    /// Changes whether the database always counts the key.
    pub(super) fn change_counted(&mut self, random: &mut Random) {
        self.with_table(random, |table, _| {
            table.counted = match table.counted {
                Identity::Always => Identity::ByDefault,
                Identity::ByDefault => Identity::Always,
            };
        });
    }

    /// Writes the SQL of a column in another style, or as another expression.
    pub(super) fn rewrite(&mut self, random: &mut Random) {
        self.with_column(random, |column, random| column.hand = Hand::maybe(random));
        self.with_table(random, |table, random| {
            if let Some(index) = table.indexes.last_mut() {
                index.hand = Hand::maybe(random);
            }
            if let Some(check) = table.checks.last_mut() {
                check.hand = Hand::maybe(random);
            }
        });
    }

    pub(super) fn change_scope(&mut self, random: &mut Random) {
        let isolated = self.isolated;
        self.with_table(random, |table, _| {
            table.rows_of = match table.rows_of {
                RowsOf::AllUsers if isolated => RowsOf::User,
                RowsOf::User => RowsOf::Application,
                RowsOf::AllUsers | RowsOf::Application => RowsOf::AllUsers,
            };
        });
    }
}

impl TableSpec {
    pub(super) fn ownership(&self) -> Ownership {
        match self.rows_of {
            RowsOf::User => Ownership::Scope("user_id"),
            RowsOf::AllUsers => Ownership::Shared,
            RowsOf::Application => Ownership::Internal,
        }
    }

    pub(super) fn is_scoped(&self) -> bool {
        self.rows_of == RowsOf::User
    }

    /// Whether a row can be inserted: a partitioned table without partitions accepts none.
    pub(crate) fn takes_rows(&self) -> bool {
        self.partitions != Some(0)
    }

    /// The columns of the table that its description does not contain, with a value each.
    pub(crate) fn own_values(&self) -> Vec<(&'static str, &'static str)> {
        let mut values = vec![("id", "1")];
        values.extend(self.is_scoped().then_some(("user_id", "1")));
        values.extend(self.partitions.map(|_| ("day", "'2026-01-15'")));
        values
    }

    pub(crate) fn is_reference(&self, column: &str) -> bool {
        self.references
            .iter()
            .any(|reference| reference.column == column && reference.target_column == "id")
    }

    /// Whether the table has the column of the earlier schema with the same type.
    pub(crate) fn keeps(&self, old: &ColumnSpec) -> bool {
        let mut columns = self.columns.iter();
        let renamed = columns.find(|column| column.renamed_from.as_ref() == Some(&old.name));
        let mut columns = self.columns.iter();
        let found = renamed.or_else(|| columns.find(|column| column.name == old.name));
        found.is_some_and(|column| column.kind == old.kind)
    }

    /// The columns that a B-tree can order.
    pub(super) fn ordered(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| column.name.clone())
            .collect()
    }

    /// Drops everything that depends on the column, its computed columns, and everything that depends on these.
    pub(super) fn forget_with_computed(&mut self, column: &str) {
        self.forget(column);
        let is_of = |other: &ColumnSpec| other.kind == Kind::Computed(column.to_owned());
        let computed: Vec<_> = self
            .columns
            .iter()
            .filter(|other| is_of(other))
            .map(|other| other.name.clone())
            .collect();
        for name in &computed {
            self.forget(name);
        }
        self.columns
            .retain(|column| !computed.contains(&column.name));
    }

    pub(super) fn forget(&mut self, column: &str) {
        self.uniques
            .retain(|(_, columns)| !columns.iter().any(|name| name == column));
        self.checks.retain(|check| check.column != column);
        self.indexes
            .retain(|index| !index.columns.iter().any(|(name, _)| name == column));
        self.references
            .retain(|reference| reference.column != column);
        self.policy = self.policy.take().filter(|own| own.column != column);
        self.when = self.when.take().filter(|own| own.column != column);
        self.key = self.key.take().filter(|name| name != column);
        let searched = |search: &SearchSpec| search.columns.iter().any(|name| name == column);
        self.search = self.search.take().filter(|search| !searched(search));
    }
}
