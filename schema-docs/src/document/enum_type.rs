use freehold_schema_core::ir::{Domain, EnumType, Schema, Sequence};

use super::column::domain_checks;
use super::sentence::Sentence;
use crate::facts::{InspectedFacts, Noted};
use crate::sql;

/// An enum type of the database.
#[derive(Clone, Debug)]
pub struct EnumDoc {
    /// The name.
    pub name: String,
    /// What it is for.
    pub purpose: Option<Sentence>,
    /// The labels, in order.
    pub labels: Vec<String>,
}

/// A domain.
#[derive(Clone, Debug)]
pub struct DomainDoc {
    /// The name.
    pub name: String,
    /// What it is for.
    pub purpose: Option<Sentence>,
    /// The type that it restricts.
    pub base: String,
    /// The checks, as SQL.
    pub checks: Vec<String>,
    /// What is true of it in the database and not in its definition: that it may have a `NOT NULL`.
    pub notes: Vec<&'static str>,
}

/// A sequence that no column owns.
#[derive(Clone, Debug)]
pub struct SequenceDoc {
    /// The name.
    pub name: String,
    /// The statement that creates it.
    pub definition: String,
}

pub(super) fn enums(schema: &Schema) -> Vec<EnumDoc> {
    let doc = |sql_enum: &EnumType| EnumDoc {
        name: sql_enum.name.to_string(),
        purpose: sql_enum.comment.as_deref().map(Sentence::of_comment),
        labels: sql_enum.labels.clone(),
    };
    schema.enums.iter().map(doc).collect()
}

pub(super) fn domains(schema: &Schema, inspected: &InspectedFacts) -> Vec<DomainDoc> {
    let doc = |domain: &Domain| DomainDoc {
        name: domain.name.to_string(),
        purpose: domain.comment.as_deref().map(Sentence::of_comment),
        base: sql::type_name(&domain.base),
        checks: domain_checks(domain),
        notes: inspected.notes(Noted::Domain, &domain.name.to_string()),
    };
    schema.domains.iter().map(doc).collect()
}

pub(super) fn sequences(schema: &Schema) -> Vec<SequenceDoc> {
    let doc = |sequence: &Sequence| SequenceDoc {
        name: sequence.name.to_string(),
        definition: sql::printer().create_sequence(sequence),
    };
    schema.sequences.iter().map(doc).collect()
}
