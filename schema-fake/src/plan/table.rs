use freehold_schema_core::TableDef;
use freehold_schema_core::ir::{self, QualifiedName, Schema};
use freehold_schema_core::model::{Ownership, Role};

use super::blocks::{Block, Blocks};
use super::checks::{Check, Checks};
use super::column::{self, Column};
use super::limits;
use super::reference::Reference;
use super::unique::{self, Group, Key};
use crate::check::{Op, Scope, Term, Test};
use crate::error::FakeError;
use crate::options::Options;
use crate::random::hash;
use crate::value::{Kind, Limits};

/// The plan of a table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: QualifiedName,
    pub(crate) ownership: Ownership,
    pub(crate) rows: u64,
    /// The seed of the random numbers.
    pub(crate) seed: u64,
    /// Which rows belong to which owner, in a table whose rows have owners.
    pub(crate) blocks: Option<Blocks>,
    pub(crate) columns: Vec<Column>,
    pub(crate) references: Vec<Reference>,
    /// The primary key, the unique constraints and the unique indexes.
    pub(crate) keys: Vec<Key>,
    pub(crate) groups: Vec<Group>,
    pub(crate) checks: Vec<Check>,
    /// Whether the table has a check that is not understood.
    pub(crate) has_unknown_check: bool,
    /// The positions of the columns of the primary key.
    pub(crate) primary_key: Vec<usize>,
    /// The position of the column for the time of creation.
    pub(crate) created_at: Option<usize>,
}

impl Table {
    /// Whether the name means it: with or without its PostgreSQL schema.
    pub(crate) fn goes_by(&self, name: &str) -> bool {
        self.name.name == name || self.name.to_string() == name
    }

    /// The position of a column.
    pub(crate) fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|other| other.name == column)
    }

    /// All its rows.
    pub(crate) const fn all(&self) -> Block {
        Block {
            owner: None,
            start: 0,
            length: self.rows,
        }
    }

    /// The rows of the owner of a row; all rows if no row has an owner.
    pub(crate) fn block(&self, row: u64) -> Block {
        self.blocks
            .as_ref()
            .map_or(self.all(), |blocks| blocks.of_row(row))
    }
}

pub(super) fn read(
    def: &'static TableDef,
    table: &ir::Table,
    schema: &Schema,
    options: &Options,
) -> Result<Table, FakeError> {
    let table = &with_months(table, options);
    let names: Vec<_> = table
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let kinds: Vec<_> = table
        .columns
        .iter()
        .map(|it| Kind::of(&it.sql_type, schema))
        .collect();
    let scope = Scope {
        schema,
        names: &names,
        kinds: &kinds,
        until: options.until.start(),
    };
    let mut limits: Vec<_> = table
        .columns
        .iter()
        .zip(&kinds)
        .map(|(column, kind)| limits::of_column(def, table, column, kind.as_ref()))
        .collect();
    let Checks {
        mut checks,
        has_unknown,
    } = Checks::read(table, &scope, &mut limits, options.seed);
    checks.extend(in_order(def, table, options.seed));
    let columns = read_columns(def, table, &kinds, limits, options)?;
    let created = def
        .columns
        .iter()
        .find(|it| column::role(it) == Some(Role::CreatedAt));
    let place = |name: &str| names.iter().position(|other| other == name);
    let primary_key = table.primary_key.iter().flat_map(|key| &key.columns);
    Ok(Table {
        name: table.name.clone(),
        ownership: def.ownership,
        rows: 0,
        seed: options.seed,
        blocks: None,
        references: Vec::new(),
        keys: unique::keys(table, &scope, options.seed),
        groups: Vec::new(),
        checks,
        has_unknown_check: has_unknown,
        primary_key: primary_key.filter_map(|name| place(name)).collect(),
        created_at: created.and_then(|created| place(created.name)),
        columns,
    })
}

/// The table with the partitions that the database has for months, besides the declared ones.
fn with_months(table: &ir::Table, options: &Options) -> ir::Table {
    let mut table = table.clone();
    let months = options.months.get(&table.name.to_string());
    if let Some(monthly) = ir::MonthlyPartitions::of(&table) {
        let found = months
            .into_iter()
            .flatten()
            .map(|month| monthly.partition(*month));
        table.partitions.extend(found);
    }
    table
}

fn read_columns(
    def: &'static TableDef,
    table: &ir::Table,
    kinds: &[Option<Kind>],
    limits: Vec<Limits>,
    options: &Options,
) -> Result<Vec<Column>, FakeError> {
    let known = table.columns.iter().zip(kinds).zip(limits);
    let columns = known.map(|((column, kind), limits)| {
        column::read(def, table, column, kind.as_ref(), limits, options)
    });
    columns.collect()
}

/// A row is not changed or deleted before it is created.
fn in_order(def: &TableDef, table: &ir::Table, seed: u64) -> Vec<Check> {
    let place = |name: &str| table.columns.iter().position(|column| column.name == name);
    let with = |roles: &[Role]| {
        let columns = def.columns.iter();
        let found = columns.filter(|it| column::role(it).is_some_and(|role| roles.contains(&role)));
        found.filter_map(|it| place(it.name)).collect::<Vec<_>>()
    };
    let later = with(&[
        Role::UpdatedAtByTrigger,
        Role::UpdatedAtByApplication,
        Role::DeletedAt,
    ]);
    let created = with(&[Role::CreatedAt]);
    let Some(&created) = created.first() else {
        return Vec::new();
    };
    let check = |at: usize| Check {
        name: table.columns[at].name.clone(),
        test: Test::Compare(Op::AtLeast, Term::Column(at), Term::Column(created)),
        key: hash(
            seed,
            &[&table.name.to_string(), &table.columns[at].name, "order"],
        ),
    };
    later.into_iter().map(check).collect()
}
