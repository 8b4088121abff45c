//! The rows of a table, each from its number alone.

mod keys;

use crate::check::{Cell, Repair, Test};
use crate::error::FakeError;
use crate::options::{Generator, RowContext};
use crate::plan::{Block, Choice, Column, Plan, Source, Table};
use crate::random::{Random, hash};
use crate::value::{Context, DAY, Value};

/// The rows of one table.
pub(crate) struct Rows<'p> {
    plan: &'p Plan,
    at: usize,
    table: &'p Table,
    cells: Vec<Option<Cell<'p>>>,
    /// The random numbers for repairs, one stream for each check.
    repairs: Vec<Random>,
}

/// How often a row begins again with other values, and how often all checks are gone through each time.
const ATTEMPTS: u64 = 24;
const ROUNDS: usize = 4;

impl<'p> Rows<'p> {
    /// The rows of the table at this position.
    pub(crate) fn new(plan: &'p Plan, at: usize) -> Self {
        let table = &plan.tables[at];
        let cell = |column: &'p Column| {
            column.is_written().then(|| Cell {
                natural: &column.natural,
                is_free: column.is_free(),
                nullable: column.nullable,
            })
        };
        Self {
            plan,
            at,
            table,
            cells: table.columns.iter().map(cell).collect(),
            repairs: table
                .checks
                .iter()
                .map(|check| Random::new(check.key))
                .collect(),
        }
    }

    /// Makes the row with this number, with a value for each column of the table.
    pub(crate) fn make(&self, row: u64, values: &mut Vec<Value>) -> Result<(), FakeError> {
        let block = self.table.block(row);
        let context = self.context(row);
        values.clear();
        for at in 0..self.table.columns.len() {
            values.push(self.first_value(at, row, block, context));
        }
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.renew(row, attempt, context, values);
            }
            if self.repair(row, block, attempt, context, values) {
                return Ok(());
            }
        }
        Err(FakeError::Unsatisfied {
            table: self.table.name.name.clone(),
            constraint: self
                .failing(row, block, values)
                .unwrap_or_default()
                .to_owned(),
        })
    }

    /// When the row was created, which its other times come after.
    fn context(&self, row: u64) -> Context {
        Context {
            created: self.plan.created(self.at, row),
            ..self.plan.context()
        }
    }

    fn first_value(&self, at: usize, row: u64, block: Block, context: Context) -> Value {
        let column = &self.table.columns[at];
        if !column.is_free() {
            return self.plan.value_in(self.at, at, row, block);
        }
        if column.is_null(row) {
            return Value::Null;
        }
        column
            .natural
            .value(&mut column.random.of_row(row), context)
    }

    /// Replaces the values that no other row depends on.
    fn renew(&self, row: u64, attempt: u64, context: Context, values: &mut [Value]) {
        let columns = self.table.columns.iter().zip(values);
        for (column, value) in columns.filter(|(column, _)| column.is_free()) {
            let mut random = column.random.of_row(row | (attempt << 48));
            *value = column.natural.value(&mut random, context);
        }
    }

    /// Changes the row until it passes all checks. Returns whether it does.
    fn repair(
        &self,
        row: u64,
        block: Block,
        attempt: u64,
        context: Context,
        values: &mut [Value],
    ) -> bool {
        for round in 0..ROUNDS {
            if self.failing(row, block, values).is_none() {
                return true;
            }
            let stream = row | (attempt << 48) | (u64::try_from(round).unwrap_or_default() << 56);
            for (check, random) in self.table.checks.iter().zip(&self.repairs) {
                self.pass(&check.test, random, stream, context, values);
            }
            for (test, key) in self.outside(row, block) {
                self.pass(
                    test,
                    &Random::new(hash(key, &["outside"])),
                    stream,
                    context,
                    values,
                );
            }
        }
        self.failing(row, block, values).is_none()
    }

    fn pass(
        &self,
        test: &Test,
        random: &Random,
        stream: u64,
        context: Context,
        values: &mut [Value],
    ) {
        if test.fails(values) {
            let mut repair = Repair {
                cells: &self.cells,
                random: &mut random.of_row(stream),
                context,
            };
            repair.pass(test, values);
        }
    }

    /// The name of the first constraint that the row violates.
    fn failing(&self, row: u64, block: Block, values: &[Value]) -> Option<&str> {
        let mut checks = self.table.checks.iter();
        if let Some(check) = checks.find(|check| check.test.fails(values)) {
            return Some(&check.name);
        }
        let mut outside = self.outside(row, block);
        let failing = outside.find(|(test, _)| test.passes(values) == Some(false));
        let of_group = |key| self.table.groups.iter().find(|group| group.key == key);
        failing
            .and_then(|(_, key)| of_group(key))
            .map(|group| group.name.as_str())
    }

    /// What a row must pass because the partial keys have no number left for it.
    fn outside(&self, row: u64, block: Block) -> impl Iterator<Item = (&Test, u64)> {
        self.table.groups.iter().filter_map(move |group| {
            let test = group.outside.as_ref()?;
            let owner = block.owner.filter(|_| group.in_owner);
            let index = if group.in_owner {
                row - block.start
            } else {
                row
            };
            (index >= self.plan.size(self.at, group, owner)).then_some((test, group.key))
        })
    }
}

impl Column {
    /// Whether a row has no value here.
    fn is_null(&self, row: u64) -> bool {
        self.nulls > 0 && self.null_random.of_row(row).chance(self.nulls)
    }
}

impl Plan {
    /// The value that a column has in a row whatever its checks demand: for columns by which other rows find this one.
    pub(crate) fn value(&self, at: usize, column: usize, row: u64) -> Value {
        self.value_in(at, column, row, self.tables[at].block(row))
    }

    fn value_in(&self, at: usize, column: usize, row: u64, block: Block) -> Value {
        let table = &self.tables[at];
        let planned = &table.columns[column];
        let counted = |number: u64| {
            let mut random = planned.random.of_row(row);
            crate::value::nth(&planned.natural, number, &mut random, self.context())
        };
        match &planned.source {
            Source::Database => Value::Null,
            Source::Given(generator) => given(table, generator, planned, row, block),
            Source::Parent { reference, column } => {
                let parent = self.parent(at, *reference, row, block);
                let target = table.references[*reference].target;
                match parent {
                    Some(parent) => self.value(target, *column, parent),
                    None if planned.nullable => Value::Null,
                    // Another column of the reference is null.
                    None => planned
                        .natural
                        .value(&mut planned.random.of_row(row), self.context()),
                }
            }
            Source::Owner => self.owner_key(planned, block.owner.unwrap_or_default()),
            _ if planned.is_null(row) => Value::Null,
            Source::Natural => {
                let created =
                    (table.created_at == Some(column)).then(|| self.latest(at, row, block));
                let context = Context {
                    created: created.flatten(),
                    ..self.context()
                };
                planned
                    .natural
                    .value(&mut planned.random.of_row(row), context)
            }
            Source::Counter { in_owner: true } => counted(row - block.start),
            Source::Counter { in_owner: false } => counted(row),
            Source::Digit { group, digit } => {
                counted(self.digit(at, &table.groups[*group], *digit, row, block))
            }
        }
    }
}

impl Plan {
    /// When a row was created.
    fn created(&self, at: usize, row: u64) -> Option<i64> {
        let column = self.tables[at].created_at?;
        match self.value(at, column, row) {
            Value::Timestamp(micros) => Some(micros),
            Value::Date(days) => Some(i64::from(days) * DAY),
            _ => None,
        }
    }

    /// When the last of the rows was created that a row of another table needs.
    fn latest(&self, at: usize, row: u64, block: Block) -> Option<i64> {
        let references = self.tables[at].references.iter().enumerate();
        let others =
            references.filter(|(_, it)| !it.is_to_itself && !it.is_late && !it.is_deferrable);
        let created = others.filter_map(|(reference, it)| {
            let parent = match it.choice {
                // Another reference has set its columns.
                Choice::Elsewhere => return None,
                Choice::Random | Choice::Digit { .. } => self.parent(at, reference, row, block)?,
            };
            self.created(it.target, parent)
        });
        created.max()
    }
}

fn given(table: &Table, generator: &Generator, column: &Column, row: u64, block: Block) -> Value {
    generator(RowContext {
        table: &table.name.name,
        row,
        owner: block.owner,
        row_of_owner: row - block.start,
        random: column.random.of_row(row),
    })
}
