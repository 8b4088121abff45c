//! What is made: the tables in their order, the rows of each owner, and where the values of each column come from.
//!
//! `table` reads a table of the schema, `reference` its foreign keys. `order` sorts the tables. `unique` then decides,
//! parents first, how keys are kept different, and `blocks` how many rows each owner gets.

mod blocks;
mod checks;
mod column;
mod limits;
mod order;
mod reference;
mod table;
mod unique;

use std::collections::BTreeMap;

use freehold_schema_core::SchemaDef;
use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::Ownership;

use crate::error::FakeError;
use crate::options::Options;
use crate::value::{Context, Date, count};

pub(crate) use blocks::{Block, Blocks};
pub(crate) use column::{Column, Source};
pub(crate) use reference::{Choice, Reference};
pub(crate) use table::Table;
pub(crate) use unique::{Digit, Group};

/// The plan of all tables.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The tables, in the order of the schema.
    pub(crate) tables: Vec<Table>,
    /// The positions of the tables, in the order in which they are filled.
    pub(crate) order: Vec<usize>,
    pub(crate) until: Date,
    pub(crate) seed: u64,
    pub(crate) skewed: bool,
}

impl Plan {
    pub(crate) fn new(def: &SchemaDef, options: &Options) -> Result<Self, FakeError> {
        if options.until < Date::EARLIEST {
            return Err(FakeError::TooEarly(options.until));
        }
        let schema = def.schema()?;
        let mut plan = Self::read(def, &schema, options)?;
        plan.check_names(options)?;
        plan.count(options);
        reference::connect(&mut plan.tables, &schema)?;
        plan.order = order::sort(&mut plan.tables)?;
        let weights = blocks::weights(options.owners(), options.skewed);
        for at in plan.order.clone() {
            unique::assign(&mut plan, at)?;
            plan.distribute(at, &weights)?;
        }
        Ok(plan)
    }

    fn read(def: &SchemaDef, schema: &Schema, options: &Options) -> Result<Self, FakeError> {
        let named: BTreeMap<_, _> = schema.tables.iter().map(|it| (&it.name, it)).collect();
        let pairs = def.tables.iter().filter_map(|def| {
            let name = freehold_schema_core::ir::QualifiedName::from(&def.name);
            named.get(&name).map(|table| (*def, *table))
        });
        let tables = pairs.map(|(def, table)| table::read(def, table, schema, options));
        Ok(Self {
            tables: tables.collect::<Result<_, _>>()?,
            order: Vec::new(),
            until: options.until,
            seed: options.seed,
            skewed: options.skewed,
        })
    }

    /// Reports a table or a column that was named and does not exist.
    fn check_names(&self, options: &Options) -> Result<(), FakeError> {
        self.check_tables(options)?;
        let find = |name: &String| {
            let found = self.tables.iter().find(|table| table.goes_by(name));
            found.ok_or_else(|| FakeError::UnknownTable(name.clone()))
        };
        for (name, column) in options.generators.keys() {
            let table = find(name)?;
            if !table
                .columns
                .iter()
                .any(|it| it.name == *column && it.is_written())
            {
                return Err(FakeError::UnknownColumn {
                    table: name.clone(),
                    column: column.clone(),
                });
            }
        }
        Ok(())
    }

    /// Reports a table whose number of rows cannot be set, and owners that no row has.
    fn check_tables(&self, options: &Options) -> Result<(), FakeError> {
        for (at, (name, _)) in options.tables.iter().enumerate() {
            let mut tables = self.tables.iter();
            let table = tables.find(|table| table.goes_by(name));
            let table = table.ok_or_else(|| FakeError::UnknownTable(name.clone()))?;
            if table.ownership == Ownership::Owner {
                return Err(FakeError::TableOfOwners(name.clone()));
            }
            let mut earlier = options.tables[..at].iter();
            if earlier.any(|(other, _)| table.goes_by(other)) {
                return Err(FakeError::Twice(name.clone()));
            }
        }
        let has_owners = self.tables.iter().any(|table| table.ownership.is_owned());
        if options.owners.is_some() && !has_owners {
            return Err(FakeError::NothingOwned);
        }
        Ok(())
    }

    /// Decides how many rows each table gets. The rows of the table of owners are the owners.
    fn count(&mut self, options: &Options) {
        for table in &mut self.tables {
            let named = options.tables.iter().find(|(name, _)| table.goes_by(name));
            table.rows = match named {
                Some((_, rows)) => *rows,
                None if table.ownership == Ownership::Owner => options.owners(),
                None => options.rows,
            };
        }
    }

    fn distribute(&mut self, at: usize, weights: &[u64]) -> Result<(), FakeError> {
        let table = &self.tables[at];
        if table.ownership == Ownership::Owner {
            self.tables[at].blocks = Some(Blocks::one_each(table.rows));
            return self.check_groups(at);
        }
        if table.ownership.is_owned() && table.rows > 0 && weights.is_empty() {
            return Err(FakeError::NoOwners(table.name.name.clone()));
        }
        self.check_groups(at)?;
        if !self.tables[at].ownership.is_owned() {
            return Ok(());
        }
        let (most, reason) = self.limits_of_owners(at, weights.len());
        let table = &mut self.tables[at];
        let blocks = Blocks::new(table.rows, weights, &most);
        table.blocks = Some(blocks.map_err(|most| FakeError::TooManyRows {
            table: table.name.name.clone(),
            constraint: reason,
            rows: table.rows,
            most,
        })?);
        Ok(())
    }

    /// The most rows that each owner can have, and the constraint that limits them most.
    fn limits_of_owners(&self, at: usize, owners: usize) -> (Vec<u64>, String) {
        let table = &self.tables[at];
        let required = table
            .references
            .iter()
            .filter(|it| it.is_required && it.same_owner);
        let mut limits: Vec<(String, Vec<u64>)> = Vec::new();
        for reference in required {
            let has_rows = |owner| self.parents(reference, Some(owner)).length > 0;
            let most = of_each(owners, |owner| if has_rows(owner) { u64::MAX } else { 0 });
            limits.push((reference.name.clone(), most));
        }
        for group in table
            .groups
            .iter()
            .filter(|group| group.in_owner && !group.is_partial())
        {
            let most = of_each(owners, |owner| self.size(at, group, Some(owner)));
            limits.push((group.name.clone(), most));
        }
        let sum = |most: &[u64]| {
            most.iter()
                .fold(0, |sum: u64, most| sum.saturating_add(*most))
        };
        let tightest = limits.iter().min_by_key(|(_, most)| sum(most));
        let reason = tightest.map_or(String::new(), |(name, _)| name.clone());
        let most = limits
            .iter()
            .fold(vec![u64::MAX; owners], |all, (_, most)| {
                all.iter()
                    .zip(most)
                    .map(|(one, other)| *one.min(other))
                    .collect()
            });
        (most, reason)
    }

    /// Reports a key over all owners that has fewer values than the table has rows, and a parent without rows.
    fn check_groups(&self, at: usize) -> Result<(), FakeError> {
        let table = &self.tables[at];
        let too_many = |constraint: &str, most| FakeError::TooManyRows {
            table: table.name.name.clone(),
            constraint: constraint.to_owned(),
            rows: table.rows,
            most,
        };
        for group in table
            .groups
            .iter()
            .filter(|group| !group.in_owner && !group.is_partial())
        {
            let most = self.size(at, group, None);
            if most < table.rows {
                return Err(too_many(&group.name, most));
            }
        }
        let needed = table
            .references
            .iter()
            .filter(|it| it.is_required && !it.is_to_itself);
        for reference in needed {
            if table.rows > 0 && self.tables[reference.target].rows == 0 {
                return Err(too_many(&reference.name, 0));
            }
        }
        Ok(())
    }

    /// How many different keys a group has for an owner, or for all owners.
    pub(crate) fn size(&self, at: usize, group: &Group, owner: Option<u64>) -> u64 {
        let sizes = group
            .digits
            .iter()
            .map(|digit| self.radix(at, digit, owner));
        sizes.fold(1, u64::saturating_mul)
    }

    /// How many values a digit has.
    pub(crate) fn radix(&self, at: usize, digit: &Digit, owner: Option<u64>) -> u64 {
        let table = &self.tables[at];
        match digit {
            Digit::Column(column) => count(&table.columns[*column].natural, self.context()),
            Digit::Reference(reference) => {
                self.parents(&table.references[*reference], owner).length
            }
        }
    }

    /// The rows that a row of this owner may reference.
    pub(crate) fn parents(&self, reference: &Reference, owner: Option<u64>) -> Block {
        let target = &self.tables[reference.target];
        match (&target.blocks, owner) {
            (Some(blocks), Some(owner)) if reference.same_owner => blocks.of_owner(owner),
            _ => target.all(),
        }
    }

    /// What the values of a row share before anything is known of it.
    pub(crate) const fn context(&self) -> Context {
        Context {
            until: self.until.start(),
            created: None,
        }
    }
}

fn of_each(owners: usize, most: impl Fn(u64) -> u64) -> Vec<u64> {
    let owners = u64::try_from(owners).unwrap_or_default();
    (0..owners).map(most).collect()
}
