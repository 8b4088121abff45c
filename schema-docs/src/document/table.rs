use freehold_schema_core::ir::{Body, Schema, Table};

use super::cascade::{self, Delete};
use super::column::{self, ColumnDoc};
use super::constraint::{self, ConstraintDoc};
use super::index::{self, IndexDoc};
use super::measured::MeasuredDoc;
use super::ownership::{self, OwnershipDoc};
use super::partition::{self, PartitionsDoc};
use super::policy::{self, PolicyDoc};
use super::query::{self, QueryDoc};
use super::sentence::Sentence;
use super::states::{self, StatesDoc};
use super::trigger::{self, TriggerDoc};
use super::volume::VolumeDoc;
use crate::facts::{Facts, TableFacts};
use crate::{sql, storage};

/// A table.
#[derive(Clone, Debug)]
pub struct TableDoc {
    /// The name, without quotes: `audit.log`.
    pub name: String,
    /// The Rust module of its struct, if the structs are known: `shop::sales`.
    pub module: Option<String>,
    /// The previous name, if it was renamed.
    pub renamed_from: Option<String>,
    /// What it is for.
    pub purpose: Option<Sentence>,
    /// Who owns the rows, if the structs are known.
    pub ownership: Option<OwnershipDoc>,
    /// The columns, in order.
    pub columns: Vec<ColumnDoc>,
    /// The states of its enum columns.
    pub states: Vec<StatesDoc>,
    /// The constraints.
    pub constraints: Vec<ConstraintDoc>,
    /// The indexes, including those of constraints.
    pub indexes: Vec<IndexDoc>,
    /// What a delete of one row does.
    pub delete: Delete,
    /// The triggers.
    pub triggers: Vec<TriggerDoc>,
    /// Whether row-level security is on, and for whom.
    pub row_security: Option<Sentence>,
    /// The policies.
    pub policies: Vec<PolicyDoc>,
    /// Where its changes are recorded.
    pub audit: Option<Sentence>,
    /// The partitions.
    pub partitions: Option<PartitionsDoc>,
    /// How large it is expected to be, if the struct says how many rows it has.
    pub volume: Option<VolumeDoc>,
    /// How large it is in a database.
    pub measured: Option<MeasuredDoc>,
    /// The statements that Freehold runs on it, as samples.
    pub queries: Vec<QueryDoc>,
    /// The statements that create the table with its indexes, triggers and policies.
    pub definition: Vec<String>,
}

/// `usable` is the schema without invalid indexes.
pub(super) fn table(schema: &Schema, usable: &Schema, facts: &Facts, table: &Table) -> TableDoc {
    let known = facts.tables.get(&table.name);
    let inspected = &facts.inspected;
    TableDoc {
        name: table.name.to_string(),
        module: known.map(|known| known.path().0.to_owned()),
        renamed_from: table.renamed_from.clone(),
        purpose: table.comment.as_deref().map(Sentence::of_comment),
        ownership: known.map(|known| ownership::ownership(schema, facts, table, known)),
        columns: column::columns(schema, table, known, inspected),
        states: known.map(states::states).unwrap_or_default(),
        constraints: constraint::constraints(table, inspected),
        indexes: index::indexes(table, known, inspected),
        delete: cascade::delete(usable, inspected, &table.name, known),
        triggers: trigger::triggers(schema, table, inspected),
        row_security: policy::row_security(table),
        policies: policy::policies(table),
        audit: audit(schema, table, known),
        partitions: partition::partitions(schema, table),
        volume: storage::volume(schema, facts, table),
        measured: None,
        queries: known.map(query::queries).unwrap_or_default(),
        definition: definition(table),
    }
}

/// Where the changes of an audited table are recorded, and without which columns.
fn audit(schema: &Schema, table: &Table, facts: Option<&TableFacts>) -> Option<Sentence> {
    let functions = table.triggers.iter().map(|trigger| &trigger.function);
    let trail = functions.into_iter().find_map(|function| {
        let mut routines = schema.routines.iter();
        let routine = routines.find(|routine| routine.name == *function)?;
        match &routine.body {
            Body::RecordChange(record) => Some(&record.trail),
            _ => None,
        }
    })?;
    let columns = facts.into_iter().flat_map(|facts| &facts.columns);
    let secret: Vec<_> = columns
        .filter(|column| column.is_secret)
        .map(|column| column.name)
        .collect();
    let recorded = Sentence::new("Each insert, update and delete is recorded in ").relation(trail);
    Some(if secret.is_empty() {
        recorded.text(".")
    } else {
        recorded.text(", without ").codes(secret).text(".")
    })
}

fn definition(table: &Table) -> Vec<String> {
    let printer = sql::printer();
    let keys: Vec<_> = table.foreign_keys.iter().collect();
    let partitions = table.partitions.iter();
    let indexes = table.indexes.iter();
    let triggers = table.triggers.iter();
    let security = table.row_security.iter();
    let policies = table.policies.iter();
    std::iter::once(printer.create_table(table, &keys))
        .chain(partitions.map(|partition| printer.create_partition(table, partition)))
        .chain(printer.table_comments(table))
        .chain(indexes.map(|index| printer.create_index(&table.name, index)))
        .chain(triggers.map(|trigger| printer.create_trigger(table, trigger)))
        .chain(security.flat_map(|security| printer.enable_row_security(table, *security)))
        .chain(policies.map(|policy| printer.create_policy(table, policy)))
        .collect()
}
