//! The names that are taken before the first step.

use std::collections::HashSet;

use crate::diff::{Change, ElementKind};
use freehold_schema_core::ir::{QualifiedName, Schema, Table, View, sequence_name};

/// The names in the old schema.
pub(super) struct Names {
    /// Tables, views, indexes and sequences, each with its PostgreSQL schema.
    relations: HashSet<(Option<String>, String)>,
    /// Constraints, triggers, policies and columns, by the table's new name.
    ///
    /// Their names are unique only within their table.
    parts: HashSet<(ElementKind, QualifiedName, String)>,
    /// The old names of the tables that are renamed.
    renamed: HashSet<QualifiedName>,
}

impl Names {
    /// Collects the names from the old schema as it is (`before`) and with the renames applied (`from`).
    pub(super) fn of((before, from): (&Schema, &Schema), changes: &[Change]) -> Self {
        let tables = before.tables.iter().flat_map(of_table);
        let views = before.views.iter().flat_map(of_view);
        let sequences = before.sequences.iter();
        let sequences =
            sequences.map(|sequence| (namespace(&sequence.name), sequence.name.name.clone()));
        let mut parts: HashSet<_> = from.tables.iter().flat_map(parts_of).collect();
        let renamed = changes.iter().filter_map(|change| match change {
            Change::RenameTable { from, .. } => Some(from.clone()),
            _ => None,
        });
        let columns = changes.iter().filter_map(Change::renamed_column);
        parts.extend(
            columns.map(|(table, from, _)| (ElementKind::Column, table.clone(), from.to_owned())),
        );
        Self {
            relations: tables.chain(views).chain(sequences).collect(),
            parts,
            renamed: renamed.collect(),
        }
    }

    /// Whether the name is the old name of a renamed table.
    pub(super) fn is_renamed_table(&self, name: &QualifiedName) -> bool {
        self.renamed.contains(name)
    }

    /// Whether a relation with this name is in the PostgreSQL schema of the table `beside`.
    pub(super) fn has_relation(&self, beside: &QualifiedName, name: &str) -> bool {
        let name = (namespace(beside), name.to_owned());
        self.relations.contains(&name)
    }

    /// Whether a part of the table cannot get the name yet.
    pub(super) fn is_taken(&self, table: &QualifiedName, kind: ElementKind, name: &str) -> bool {
        let is_relation = matches!(
            kind,
            ElementKind::Constraint | ElementKind::Index | ElementKind::Partition
        );
        let part = (kind, table.clone(), name.to_owned());
        self.parts.contains(&part) || is_relation && self.has_relation(table, name)
    }
}

/// The PostgreSQL schema, or `None` for `public`, which the search path finds.
fn namespace(name: &QualifiedName) -> Option<String> {
    name.schema.clone().filter(|schema| schema != "public")
}

fn of_table(table: &Table) -> Vec<(Option<String>, String)> {
    let schema = namespace(&table.name);
    let counted = table
        .columns
        .iter()
        .filter(|column| column.serial || column.identity.is_some());
    let sequences = counted.map(|column| sequence_name(&table.name.name, &column.name));
    let names = table.relation_names().map(str::to_owned);
    names
        .chain(sequences)
        .map(|name| (schema.clone(), name))
        .collect()
}

fn of_view(view: &View) -> Vec<(Option<String>, String)> {
    let names = view.relation_names();
    names
        .map(|name| (namespace(&view.name), name.to_owned()))
        .collect()
}

fn parts_of(table: &Table) -> Vec<(ElementKind, QualifiedName, String)> {
    let checks = table.checks.iter().map(|check| &check.name);
    let keys = table.foreign_keys.iter().map(|key| &key.name);
    let constraints = checks.chain(keys);
    let constraints = constraints.map(|name| (ElementKind::Constraint, name));
    let triggers = table.triggers.iter();
    let triggers = triggers.map(|trigger| (ElementKind::Trigger, &trigger.name));
    let policies = table.policies.iter();
    let policies = policies.map(|policy| (ElementKind::Policy, &policy.name));
    let parts = constraints.chain(triggers).chain(policies);
    parts
        .map(|(kind, name)| (kind, table.name.clone(), name.clone()))
        .collect()
}
