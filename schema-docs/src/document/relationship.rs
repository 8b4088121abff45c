use freehold_schema_core::ir::{ForeignKey, Schema, Table};
use freehold_schema_core::model::Deferrable;

use super::cascade::{self, Effect, Refusal};
use super::index;
use super::sentence::Sentence;
use crate::diagram;
use crate::facts::InspectedFacts;

/// A foreign key between two tables.
#[derive(Clone, Debug)]
pub struct Relationship {
    /// The constraint's name.
    pub name: String,
    /// The table that references.
    pub child: String,
    /// Its columns.
    pub child_columns: Vec<String>,
    /// The referenced table.
    pub parent: String,
    /// The referenced columns.
    pub parent_columns: Vec<String>,
    /// How many rows reference each row.
    pub cardinality: Cardinality,
    /// Whether a row may reference nothing.
    pub is_optional: bool,
    /// What a delete of the referenced row does, as in SQL.
    pub on_delete: &'static str,
    /// The same in words.
    pub on_delete_words: Sentence,
    /// What an update of the referenced key does, as in SQL.
    pub on_update: &'static str,
    /// When it is checked, if it is not at once.
    pub deferrable: Option<&'static str>,
    /// Whether an index finds the rows that reference a row.
    pub is_indexed: bool,
}

/// How many rows of the child reference each row of the parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    /// Any number.
    OneToMany,
    /// At most one.
    OneToOne,
}

impl Cardinality {
    /// As documents write it: `1:N`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::OneToMany => "1:N",
            Self::OneToOne => "1:1",
        }
    }
}

/// The relationships of a schema without invalid indexes, in the order of its tables.
pub(super) fn relationships(schema: &Schema, inspected: &InspectedFacts) -> Vec<Relationship> {
    let of_table = |table: &Table| {
        let keys = table.foreign_keys.iter();
        let one = |key| relationship(table, key, inspected);
        keys.map(one).collect::<Vec<_>>()
    };
    schema.tables.iter().flat_map(of_table).collect()
}

fn relationship(table: &Table, key: &ForeignKey, inspected: &InspectedFacts) -> Relationship {
    let mut columns = table.columns.iter();
    let is_unique = diagram::is_unique(table, &key.columns);
    Relationship {
        name: key.name.clone(),
        child: table.name.to_string(),
        child_columns: key.columns.clone(),
        parent: key.target.to_string(),
        parent_columns: key.target_columns.clone(),
        cardinality: if is_unique {
            Cardinality::OneToOne
        } else {
            Cardinality::OneToMany
        },
        is_optional: columns.any(|column| column.nullable && key.columns.contains(&column.name)),
        on_delete: diagram::action(&key.on_delete),
        on_delete_words: on_delete(table, key, inspected.is_enforced(&table.name, &key.name)),
        on_update: diagram::action(&key.on_update),
        deferrable: deferrable(key.deferrable),
        is_indexed: index::finds(table, key),
    }
}

/// What a delete of the referenced row does to the rows of `table`.
fn on_delete(table: &Table, key: &ForeignKey, is_enforced: bool) -> Sentence {
    let delete = Sentence::new("a delete in ").relation(&key.target);
    if !is_enforced {
        return delete.text(" does nothing, because the constraint is not enforced");
    }
    let effect = cascade::effect(table, key);
    match &effect {
        Effect::Deleted => delete
            .text(" also deletes the rows that reference it in ")
            .relation(&table.name),
        Effect::SetNull(columns) => delete.text(" sets ").and(codes(columns)).text(" to null"),
        Effect::SetDefault(_) => delete
            .text(" changes the rows that reference it: ")
            .and(effect.sentence()),
        Effect::Refused(Refusal::NotNull(columns)) => refused(delete, table)
            .text(", because ")
            .and(codes(columns))
            .text(" cannot be null"),
        Effect::Refused(_) | Effect::Nothing => refused(delete, table),
    }
}

fn refused(delete: Sentence, table: &Table) -> Sentence {
    delete
        .text(" is refused while rows reference it in ")
        .relation(&table.name)
}

fn codes(columns: &[String]) -> Sentence {
    Sentence::default().codes(columns.iter().map(String::as_str))
}

const fn deferrable(deferrable: Deferrable) -> Option<&'static str> {
    match deferrable {
        Deferrable::Never => None,
        Deferrable::InitiallyImmediate => Some("deferrable"),
        Deferrable::InitiallyDeferred => Some("checked at the end of the transaction"),
    }
}
