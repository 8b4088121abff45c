use std::collections::BTreeSet;

use freehold_schema_core::ir::{ForeignKey, QualifiedName, ReferentialAction, Schema, Table};

use super::index;
use super::sentence::Sentence;
use crate::facts::TableFacts;

/// What a delete of one row does to the rows of other tables.
#[derive(Clone, Debug, Default)]
pub struct Delete {
    /// What `delete` of Freehold does first, if it only marks the row.
    pub soft: Option<Sentence>,
    /// What happens in the tables that reference the row.
    pub tree: Vec<Cascade>,
}

/// What happens to the rows of a table that reference a deleted row.
#[derive(Clone, Debug)]
pub struct Cascade {
    /// The table.
    pub table: String,
    /// The foreign key.
    pub foreign_key: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// What happens to the rows.
    pub effect: Effect,
    /// Whether an index finds the rows. Without one, each delete reads the whole table.
    pub is_indexed: bool,
    /// Whether the tree has the references of this table in another place.
    pub repeats: bool,
    /// What the deletes of these rows do in turn.
    pub children: Vec<Cascade>,
}

/// What happens to the rows that reference a deleted row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They are deleted.
    Deleted,
    /// These columns become null.
    SetNull(Vec<String>),
    /// These columns become their defaults.
    SetDefault(Vec<String>),
    /// The delete is refused while there are such rows.
    Refused,
}

impl Effect {
    /// The effect as a sentence, without a subject: `deleted`.
    pub fn sentence(&self) -> Sentence {
        let set = |columns: &[String], value: &str| {
            let names = columns.iter().map(String::as_str);
            Sentence::default()
                .codes(names)
                .text(format!(" set to {value}"))
        };
        match self {
            Self::Deleted => Sentence::new("deleted"),
            Self::SetNull(columns) => set(columns, "null"),
            Self::SetDefault(columns) => set(columns, "the default"),
            Self::Refused => Sentence::new("refuses the delete"),
        }
    }
}

pub(super) fn delete(schema: &Schema, table: &Table, facts: Option<&TableFacts>) -> Delete {
    let mark = facts.and_then(|facts| facts.deleted_at);
    let soft = |column: &str| {
        Sentence::default()
            .code("delete")
            .text(" sets ")
            .code(column)
            .text(" and leaves the row and what references it. ")
            .code("purge")
            .text(" deletes the row:")
    };
    Delete {
        soft: mark.map(soft),
        tree: tree(schema, &table.name, &mut BTreeSet::from([&table.name])),
    }
}

/// What a delete in `table` does. `seen` holds the tables whose references are already in the tree, so that the size of
/// the tree is that of the schema.
fn tree<'a>(
    schema: &'a Schema,
    table: &QualifiedName,
    seen: &mut BTreeSet<&'a QualifiedName>,
) -> Vec<Cascade> {
    let mut all = Vec::new();
    for child in &schema.tables {
        for key in child.foreign_keys.iter().filter(|key| key.target == *table) {
            all.push(cascade(schema, child, key, seen));
        }
    }
    all
}

fn cascade<'a>(
    schema: &'a Schema,
    child: &'a Table,
    key: &ForeignKey,
    seen: &mut BTreeSet<&'a QualifiedName>,
) -> Cascade {
    let effect = effect(key);
    let is_deleted = effect == Effect::Deleted;
    let is_first = is_deleted && seen.insert(&child.name);
    let children = if is_first {
        tree(schema, &child.name, seen)
    } else {
        Vec::new()
    };
    Cascade {
        table: child.name.to_string(),
        foreign_key: key.name.clone(),
        columns: key.columns.clone(),
        is_indexed: index::finds(child, key),
        repeats: is_deleted && !is_first,
        effect,
        children,
    }
}

fn effect(key: &ForeignKey) -> Effect {
    let columns = |listed: &[String]| {
        if listed.is_empty() {
            key.columns.clone()
        } else {
            listed.to_vec()
        }
    };
    match &key.on_delete {
        ReferentialAction::Cascade => Effect::Deleted,
        ReferentialAction::SetNull(listed) => Effect::SetNull(columns(listed)),
        ReferentialAction::SetDefault(listed) => Effect::SetDefault(columns(listed)),
        ReferentialAction::NoAction | ReferentialAction::Restrict => Effect::Refused,
    }
}
