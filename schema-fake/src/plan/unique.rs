//! How the keys of a table are kept different.
//!
//! A key of which one column has enough values gets a number there. The other keys are numbered as a whole: the number
//! of a row is written with a digit for each reference and each column, as many values as the digit has.

use freehold_schema_core::ir::{self, Expr, Index};
use freehold_schema_core::model::Ownership;

use super::Plan;
use super::column::Source;
use super::reference::Choice;
use super::table::Table;
use crate::check::{Scope, Test};
use crate::error::FakeError;
use crate::random::hash;
use crate::value::{Kind, LARGE, count};

/// A primary key, a unique constraint or a unique index.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    /// The positions of its columns.
    pub(crate) columns: Vec<usize>,
    /// What a row passes that the key does not hold, if the key is partial.
    pub(crate) outside: Option<Test>,
    nulls_not_distinct: bool,
    seed: u64,
}

/// A key that is numbered as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    /// Whether the rows of each owner are numbered separately.
    pub(crate) in_owner: bool,
    pub(crate) digits: Vec<Digit>,
    /// What the rows beyond the last number must pass.
    pub(crate) outside: Option<Test>,
    pub(crate) key: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digit {
    Column(usize),
    Reference(usize),
}

impl Group {
    pub(crate) const fn is_partial(&self) -> bool {
        self.outside.is_some()
    }
}

/// The keys of a table, those with the fewest columns first.
pub(super) fn keys(table: &ir::Table, scope: &Scope<'_>, seed: u64) -> Vec<Key> {
    let name = table.name.to_string();
    let key = |constraint: &str, columns: &[String]| {
        let places = columns
            .iter()
            .map(|it| scope.names.iter().position(|other| other == it));
        Some(Key {
            name: constraint.to_owned(),
            columns: places.collect::<Option<_>>()?,
            outside: None,
            nulls_not_distinct: false,
            seed: hash(seed, &[&name, constraint, "key"]),
        })
    };
    let primary = table
        .primary_key
        .iter()
        .filter_map(|it| key(&it.name, &it.columns));
    let uniques = table.uniques.iter().filter_map(|it| {
        let mut key = key(&it.name, &it.columns)?;
        key.nulls_not_distinct = it.nulls_not_distinct;
        Some(key)
    });
    let indexes = table
        .indexes
        .iter()
        .filter(|it| it.unique)
        .filter_map(|it| {
            let mut key = key(&it.name, &columns_of(it)?)?;
            key.nulls_not_distinct = it.nulls_not_distinct;
            let filter = it.filter.as_ref().and_then(|filter| scope.test(filter));
            key.outside = filter.map(Test::negated);
            Some(key)
        });
    let mut keys: Vec<_> = primary.chain(uniques).chain(indexes).collect();
    keys.sort_by_key(|key| (key.outside.is_some(), key.columns.len()));
    keys
}

/// The columns of an index; `None` if it has another expression than `lower(..)` or `upper(..)`.
fn columns_of(index: &Index) -> Option<Vec<String>> {
    let parts = index.parts.iter().map(|part| match &part.value {
        Expr::Column(name) => Some(name.clone()),
        Expr::Call(name, arguments) if matches!(name.as_str(), "lower" | "upper") => {
            match arguments.as_slice() {
                [Expr::Column(name)] => Some(name.clone()),
                _ => None,
            }
        }
        _ => None,
    });
    parts.collect()
}

/// Decides how each key of a table is kept different.
pub(super) fn assign(plan: &mut Plan, at: usize) -> Result<(), FakeError> {
    for key in plan.tables[at].keys.clone() {
        if key.nulls_not_distinct {
            forbid_nulls(&mut plan.tables[at], &key);
        }
        assign_key(plan, at, &key)?;
    }
    Ok(())
}

fn forbid_nulls(table: &mut Table, key: &Key) {
    for column in &key.columns {
        table.columns[*column].nulls = 0;
    }
}

fn assign_key(plan: &mut Plan, at: usize, key: &Key) -> Result<(), FakeError> {
    let table = &plan.tables[at];
    let in_owner = key.columns.iter().any(|column| has_owner(table, *column));
    if key
        .columns
        .iter()
        .any(|column| differs(table, *column, in_owner))
    {
        return Ok(());
    }
    let free: Vec<_> = key
        .columns
        .iter()
        .copied()
        .filter(|it| is_natural(table, *it))
        .collect();
    let sizes = free
        .iter()
        .map(|it| (count(&table.columns[*it].natural, plan.context()), *it));
    let (size, largest) = sizes.max_by_key(|(size, _)| *size).unwrap_or_default();
    let needed = if in_owner {
        table.rows.min(LARGE)
    } else {
        table.rows
    };
    if size > 0 && size >= needed {
        plan.tables[at].columns[largest].source = Source::Counter { in_owner };
        return Ok(());
    }
    number(plan, at, key, in_owner, &free)
}

/// Numbers the key as a whole.
fn number(
    plan: &mut Plan,
    at: usize,
    key: &Key,
    in_owner: bool,
    free: &[usize],
) -> Result<(), FakeError> {
    let table = &plan.tables[at];
    let references = table
        .references
        .iter()
        .enumerate()
        .filter(|(_, reference)| {
            let is_whole = reference
                .own
                .iter()
                .all(|column| key.columns.contains(column));
            let is_open = reference.choice == Choice::Random && !reference.own.is_empty();
            is_open && is_whole && !is_of_owner(table, &reference.own)
        });
    let references: Vec<_> = references.map(|(reference, _)| reference).collect();
    let of_columns = free.iter().copied().map(Digit::Column);
    let digits: Vec<_> = references
        .iter()
        .copied()
        .map(Digit::Reference)
        .chain(of_columns)
        .collect();
    let late = references.iter().any(|it| table.references[*it].is_late);
    let is_decided = key.columns.iter().all(|it| is_given(table, *it));
    if is_decided {
        return Ok(());
    }
    if late {
        return Err(FakeError::Overlap {
            table: table.name.name.clone(),
            constraint: key.name.clone(),
        });
    }
    let group = table.groups.len();
    let table = &mut plan.tables[at];
    for (digit, of) in digits.iter().enumerate() {
        match of {
            Digit::Column(column) => table.columns[*column].source = Source::Digit { group, digit },
            Digit::Reference(reference) => {
                table.references[*reference].choice = Choice::Digit { group, digit };
            }
        }
    }
    table.groups.push(Group {
        name: key.name.clone(),
        in_owner,
        digits,
        outside: key.outside.clone(),
        key: key.seed,
    });
    Ok(())
}

/// Whether the columns of a reference hold nothing but the owner: it leads to the table of owners.
fn is_of_owner(table: &Table, columns: &[usize]) -> bool {
    let scope = match table.ownership {
        Ownership::Scope(name) => table.position(name),
        _ => None,
    };
    columns.iter().all(|column| Some(*column) == scope)
}

/// Whether two rows with the same value in the column have the same owner.
fn has_owner(table: &Table, column: usize) -> bool {
    match &table.columns[column].source {
        Source::Owner => true,
        Source::Parent { reference, .. } => table.references[*reference].same_owner,
        _ => false,
    }
}

/// Whether the rows have different values in the column already: all rows, or those of each owner.
fn differs(table: &Table, column: usize, in_owner: bool) -> bool {
    let planned = &table.columns[column];
    match &planned.source {
        Source::Natural => {
            planned.natural.kind == Kind::Uuid && planned.natural.limits.one_of.is_none()
        }
        Source::Counter { in_owner: counted } => !counted || in_owner,
        // One reference alone is numbered: each row has another parent.
        Source::Parent { reference, .. } => match table.references[*reference].choice {
            Choice::Digit { group, .. } => {
                let group = &table.groups[group];
                group.digits.len() == 1 && !group.is_partial() && (!group.in_owner || in_owner)
            }
            _ => false,
        },
        _ => false,
    }
}

fn is_natural(table: &Table, column: usize) -> bool {
    matches!(table.columns[column].source, Source::Natural)
}

fn is_given(table: &Table, column: usize) -> bool {
    matches!(table.columns[column].source, Source::Given(_))
}
