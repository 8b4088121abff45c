use std::collections::BTreeSet;

use freehold_schema_core::ir::{ForeignKey, QualifiedName, ReferentialAction, Schema, Table};

use super::index;
use super::sentence::Sentence;
use crate::facts::{InspectedFacts, TableFacts};
use crate::sql;

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
    /// These columns get their defaults, as SQL; `None` is null.
    SetDefault(Vec<(String, Option<String>)>),
    /// The delete is refused while there are such rows.
    Refused(Refusal),
    /// Nothing: the constraint is not enforced.
    Nothing,
}

/// When a delete is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// While rows reference the deleted row.
    Referenced,
    /// While rows reference it at the end of the statement. Another path of the tree may delete them by then.
    ReferencedAtEnd,
    /// While rows reference it when it is deleted (`RESTRICT`). Another path of the tree may delete them before.
    ReferencedAtOnce,
    /// While rows reference it, because these columns would become null, and cannot.
    NotNull(Vec<String>),
}

impl Effect {
    /// The effect as a sentence, without a subject: `deleted`.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Deleted => Sentence::new("deleted"),
            Self::SetNull(columns) => codes(columns).text(" set to null"),
            Self::SetDefault(columns) => defaults(columns),
            Self::Refused(refusal) => refusal.sentence(),
            Self::Nothing => Sentence::new("nothing, because the constraint is not enforced"),
        }
    }
}

impl Refusal {
    fn sentence(&self) -> Sentence {
        let refuses = Sentence::new("refuses the delete");
        match self {
            Self::Referenced => refuses,
            Self::ReferencedAtEnd => refuses.text(", unless another path deletes the rows"),
            Self::ReferencedAtOnce => refuses.text(", unless another path deletes the rows before"),
            Self::NotNull(columns) => refuses
                .text(": ")
                .and(codes(columns))
                .text(" cannot be null"),
        }
    }
}

fn codes(columns: &[String]) -> Sentence {
    Sentence::default().codes(columns.iter().map(String::as_str))
}

/// `owner_id` set to the default `1`.
fn defaults(columns: &[(String, Option<String>)]) -> Sentence {
    let mut sentence = Sentence::default();
    for (index, (name, default)) in columns.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        sentence = sentence.text(separator).code(name);
        sentence = match default {
            Some(default) => sentence.text(" set to the default ").code(default),
            None => sentence.text(" set to null, since it has no default"),
        };
    }
    sentence
}

/// `schema` is the one without invalid indexes.
pub(super) fn delete(
    schema: &Schema,
    inspected: &InspectedFacts,
    table: &QualifiedName,
    facts: Option<&TableFacts>,
) -> Delete {
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
    let mut all = Forest {
        schema,
        inspected,
        seen: BTreeSet::from([table]),
        deleted: BTreeSet::new(),
    };
    let mut tree = all.tree(table);
    excuse(&mut tree, &all.deleted);
    Delete {
        soft: mark.map(soft),
        tree,
    }
}

/// What the trees of one delete have in common.
struct Forest<'a> {
    schema: &'a Schema,
    inspected: &'a InspectedFacts,
    /// The tables whose references are already in a tree, so that the size of the trees is that of the schema.
    seen: BTreeSet<&'a QualifiedName>,
    /// The tables of which a tree deletes rows.
    deleted: BTreeSet<String>,
}

impl<'a> Forest<'a> {
    /// What a delete in `table` does.
    fn tree(&mut self, table: &QualifiedName) -> Vec<Cascade> {
        let schema = self.schema;
        let mut all = Vec::new();
        for child in &schema.tables {
            for key in child.foreign_keys.iter().filter(|key| key.target == *table) {
                all.push(self.cascade(child, key));
            }
        }
        all
    }

    fn cascade(&mut self, child: &'a Table, key: &ForeignKey) -> Cascade {
        let effect = if self.inspected.is_enforced(&child.name, &key.name) {
            effect(child, key)
        } else {
            Effect::Nothing
        };
        let is_deleted = effect == Effect::Deleted;
        let is_first = is_deleted && self.seen.insert(&child.name);
        if is_deleted {
            self.deleted.insert(child.name.to_string());
        }
        let children = if is_first {
            self.tree(&child.name)
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
}

/// Rows that another path deletes do not refuse the delete; whether it deletes all of them, only the rows know.
fn excuse(tree: &mut [Cascade], deleted: &BTreeSet<String>) {
    for cascade in tree {
        let is_final = !deleted.contains(&cascade.table);
        if let Effect::Refused(refusal) = &mut cascade.effect
            && is_final
            && matches!(
                refusal,
                Refusal::ReferencedAtEnd | Refusal::ReferencedAtOnce
            )
        {
            *refusal = Refusal::Referenced;
        }
        excuse(&mut cascade.children, deleted);
    }
}

pub(super) fn effect(table: &Table, key: &ForeignKey) -> Effect {
    match &key.on_delete {
        ReferentialAction::Cascade => Effect::Deleted,
        ReferentialAction::NoAction => Effect::Refused(Refusal::ReferencedAtEnd),
        ReferentialAction::Restrict => Effect::Refused(Refusal::ReferencedAtOnce),
        ReferentialAction::SetNull(listed) => {
            let columns = columns(key, listed);
            not_null(table, &columns).unwrap_or(Effect::SetNull(columns))
        }
        ReferentialAction::SetDefault(listed) => {
            let columns = columns(key, listed).into_iter();
            let columns: Vec<_> = columns
                .map(|name| (name.clone(), default(table, &name)))
                .collect();
            let without = columns.iter().filter(|(_, default)| default.is_none());
            let without: Vec<_> = without.map(|(name, _)| name.clone()).collect();
            not_null(table, &without).unwrap_or(Effect::SetDefault(columns))
        }
    }
}

fn columns(key: &ForeignKey, listed: &[String]) -> Vec<String> {
    if listed.is_empty() {
        key.columns.clone()
    } else {
        listed.to_vec()
    }
}

/// The refusal, if one of the columns cannot become null.
fn not_null(table: &Table, columns: &[String]) -> Option<Effect> {
    let all = table.columns.iter().filter(|column| !column.nullable);
    let all = all.filter(|column| columns.contains(&column.name));
    let all: Vec<_> = all.map(|column| column.name.clone()).collect();
    (!all.is_empty()).then_some(Effect::Refused(Refusal::NotNull(all)))
}

fn default(table: &Table, name: &str) -> Option<String> {
    let mut columns = table.columns.iter();
    let column = columns.find(|column| column.name == name)?;
    column.default.as_ref().map(sql::expression)
}
