use freehold_schema_core::ir::{QualifiedName, Schema};
use freehold_schema_core::model::{Deferrable, Ownership};

use super::column::Source;
use super::table::Table;
use crate::error::FakeError;
use crate::random::{Random, hash};
use crate::value::Kind;

/// A foreign key.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // They are independent facts.
pub(crate) struct Reference {
    pub(crate) name: String,
    /// The position of the referenced table.
    pub(crate) target: usize,
    /// The positions of its columns, each with the referenced one.
    pub(crate) columns: Vec<(usize, usize)>,
    /// The positions of the columns that only this reference sets.
    pub(crate) own: Vec<usize>,
    /// Whether each row references another one.
    pub(crate) is_required: bool,
    /// Whether both rows have the same owner.
    pub(crate) same_owner: bool,
    pub(crate) is_to_itself: bool,
    pub(crate) is_deferrable: bool,
    /// Whether an `UPDATE` sets it after both tables are filled.
    pub(crate) is_late: bool,
    pub(crate) choice: Choice,
    /// The order in which the first rows get their parents.
    pub(crate) key: u64,
    pub(crate) random: Random,
    pub(crate) null_random: Random,
}

/// How the referenced row is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Random,
    /// Another reference that contains its columns decides, or a generator that is written by hand.
    Elsewhere,
    /// By a digit of a group's key.
    Digit {
        group: usize,
        digit: usize,
    },
}

/// Reads the foreign keys, and decides which of them sets which column.
pub(super) fn connect(tables: &mut [Table], schema: &Schema) -> Result<(), FakeError> {
    let names: Vec<_> = tables.iter().map(|table| table.name.clone()).collect();
    for at in 0..tables.len() {
        let Some(of_schema) = schema.tables.iter().find(|it| it.name == names[at]) else {
            continue;
        };
        let keys = of_schema.foreign_keys.iter();
        let found = keys.filter_map(|key| read(tables, at, &names, key));
        tables[at].references = found.collect();
        claim(&mut tables[at])?;
    }
    mark_keys(tables);
    set_owner_columns(tables);
    Ok(())
}

fn read(
    tables: &[Table],
    at: usize,
    names: &[QualifiedName],
    key: &freehold_schema_core::ir::ForeignKey,
) -> Option<Reference> {
    let target = names.iter().position(|name| *name == key.target)?;
    let pairs = key.columns.iter().zip(&key.target_columns);
    let pairs = pairs
        .map(|(own, theirs)| Some((tables[at].position(own)?, tables[target].position(theirs)?)));
    let random = |use_of: &str| {
        Random::new(hash(
            tables[at].seed,
            &[&names[at].to_string(), &key.columns.join(","), use_of],
        ))
    };
    Some(Reference {
        name: key.name.clone(),
        target,
        columns: pairs.collect::<Option<_>>()?,
        own: Vec::new(),
        is_required: true,
        same_owner: tables[at].ownership.is_owned() && tables[target].ownership.is_owned(),
        is_to_itself: target == at,
        is_deferrable: key.deferrable != Deferrable::Never,
        is_late: false,
        choice: Choice::Elsewhere,
        key: hash(
            tables[at].seed,
            &[
                &names[at].to_string(),
                &key.columns.join(","),
                "order of parents",
            ],
        ),
        random: random("parent"),
        null_random: random("no parent"),
    })
}

/// Gives each column to one reference: the scope to the reference to the owner, any other to the longest one.
fn claim(table: &mut Table) -> Result<(), FakeError> {
    let scope = scope_column(table);
    let mut order: Vec<_> = (0..table.references.len()).collect();
    order.sort_by_key(|at| {
        let reference = &table.references[*at];
        let is_of_scope = scope.is_some_and(|scope| is_only(reference, scope));
        (!is_of_scope, std::cmp::Reverse(reference.columns.len()))
    });
    for at in order {
        claim_for(table, at, scope)?;
    }
    Ok(())
}

/// Whether the reference is from this column alone.
fn is_only(reference: &Reference, column: usize) -> bool {
    matches!(reference.columns.as_slice(), [(own, _)] if *own == column)
}

fn claim_for(table: &mut Table, at: usize, scope: Option<usize>) -> Result<(), FakeError> {
    let pairs = table.references[at].columns.clone();
    let free = |own: usize| {
        matches!(
            table.columns[own].source,
            Source::Natural | Source::Counter { .. }
        )
    };
    let own: Vec<_> = pairs
        .iter()
        .filter(|(own, _)| free(*own))
        .map(|(own, _)| *own)
        .collect();
    if own.is_empty() {
        return Ok(());
    }
    let is_kept = |column: usize| own.contains(&column) || Some(column) == scope;
    if !pairs.iter().all(|(column, _)| is_kept(*column)) {
        return Err(FakeError::Overlap {
            table: table.name.name.clone(),
            constraint: table.references[at].name.clone(),
        });
    }
    for (column, theirs) in pairs.iter().filter(|(column, _)| own.contains(column)) {
        table.columns[*column].source = Source::Parent {
            reference: at,
            column: *theirs,
        };
    }
    let is_nullable = own.iter().any(|column| table.columns[*column].nullable);
    let reference = &mut table.references[at];
    reference.choice = Choice::Random;
    reference.is_required = !is_nullable;
    reference.own = own;
    Ok(())
}

/// The position of the column with the owner.
fn scope_column(table: &Table) -> Option<usize> {
    match table.ownership {
        Ownership::Scope(name) => table.position(name),
        _ => None,
    }
}

/// Marks the columns by which other rows find a row.
fn mark_keys(tables: &mut [Table]) {
    let referenced: Vec<_> = tables
        .iter()
        .flat_map(|table| &table.references)
        .flat_map(|it| it.columns.iter().map(|(_, theirs)| (it.target, *theirs)))
        .collect();
    for (table, column) in referenced {
        tables[table].columns[column].is_key = true;
    }
    for table in tables {
        let columns: Vec<_> = table
            .keys
            .iter()
            .flat_map(|key| key.columns.clone())
            .collect();
        for column in columns {
            // Random numbers that differ must not be replaced by others.
            let column = &mut table.columns[column];
            column.is_key |= column.natural.kind == Kind::Uuid;
        }
    }
}

/// A scope column without a reference holds the owner's key all the same.
fn set_owner_columns(tables: &mut [Table]) {
    for table in tables {
        if let Some(at) = scope_column(table) {
            let column = &mut table.columns[at];
            if matches!(column.source, Source::Natural) {
                column.source = Source::Owner;
                column.is_key = true;
            }
        }
    }
}
