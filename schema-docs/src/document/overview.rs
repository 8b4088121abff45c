use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::Isolation;

use super::sentence::Sentence;
use crate::facts::Facts;

/// What a schema is, at one glance.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// How many objects of each kind there are; kinds without objects are left out.
    pub counts: Vec<Count>,
    /// How owners are isolated.
    pub isolation: Vec<Sentence>,
    /// The PostgreSQL schemas beside `public`.
    pub namespaces: Vec<String>,
    /// The extensions.
    pub extensions: Vec<String>,
}

/// How many objects of a kind there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The kind, in the plural.
    pub kind: &'static str,
    /// The number.
    pub number: usize,
}

pub(super) fn overview(schema: &Schema, facts: &Facts) -> Overview {
    Overview {
        counts: counts(schema),
        isolation: isolation(facts),
        namespaces: schema.schemas.clone(),
        extensions: schema
            .extensions
            .iter()
            .map(|extension| extension.name.clone())
            .collect(),
    }
}

fn counts(schema: &Schema) -> Vec<Count> {
    let tables = &schema.tables;
    let all = [
        ("tables", tables.len()),
        (
            "columns",
            tables.iter().map(|table| table.columns.len()).sum(),
        ),
        (
            "foreign keys",
            tables.iter().map(|table| table.foreign_keys.len()).sum(),
        ),
        (
            "indexes",
            tables.iter().map(|table| table.indexes.len()).sum(),
        ),
        (
            "triggers",
            tables.iter().map(|table| table.triggers.len()).sum(),
        ),
        (
            "policies",
            tables.iter().map(|table| table.policies.len()).sum(),
        ),
        ("views", schema.views.len()),
        ("functions and procedures", schema.routines.len()),
        ("enum types", schema.enums.len()),
        ("domains", schema.domains.len()),
        ("sequences", schema.sequences.len()),
    ];
    let all = all.into_iter().filter(|(_, number)| *number > 0);
    all.map(|(kind, number)| Count { kind, number }).collect()
}

fn isolation(facts: &Facts) -> Vec<Sentence> {
    let owner = facts.owner().map(|owner| {
        Sentence::new("The rows of ")
            .relation(owner)
            .text(" own the rows of other tables.")
    });
    let isolation = facts.isolation.filter(|_| owner.is_some());
    let isolation = isolation.map(|isolation| match isolation {
        Isolation::Predicate => Sentence::new(
            "The conditions of Freehold's statements keep owners apart. The database enforces nothing.",
        ),
        Isolation::RowSecurity(isolation) => Sentence::new(
            "Row-level security keeps owners apart. A transaction runs as ",
        )
        .code(isolation.role)
        .text(", with the owner's key in the setting ")
        .code(isolation.setting)
        .text("."),
    });
    owner.into_iter().chain(isolation).collect()
}
