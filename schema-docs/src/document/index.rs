use freehold_schema_core::ir::{Expr, ForeignKey, Index, QualifiedName, Table};
use freehold_schema_core::model::IndexMethod;

use super::sentence::Sentence;
use crate::condition::leaves_out_only_nulls;
use crate::facts::{Finder, InspectedFacts, Noted, TableFacts};
use crate::sql;

/// An index of a table, including those of keys and unique constraints.
#[derive(Clone, Debug)]
pub struct IndexDoc {
    /// The name.
    pub name: String,
    /// The access method: `btree`.
    pub method: &'static str,
    /// The columns and expressions, as SQL.
    pub parts: Vec<String>,
    /// The columns that are stored beside the key.
    pub include: Vec<String>,
    /// Whether no two rows may have the same values.
    pub is_unique: bool,
    /// The condition of a partial index, as SQL.
    pub filter: Option<String>,
    /// The statement that creates it; `None` for the index of a constraint.
    pub definition: Option<String>,
    /// What uses it.
    pub serves: Vec<Sentence>,
    /// What is true of it in the database and not in its definition: that it is invalid.
    pub notes: Vec<&'static str>,
}

/// The leading columns of an index, as far as they are columns.
struct Leading<'a> {
    columns: Vec<&'a str>,
    is_ordered: bool,
    filter: Option<&'a Expr>,
}

pub(super) fn indexes(
    table: &Table,
    facts: Option<&TableFacts>,
    inspected: &InspectedFacts,
) -> Vec<IndexDoc> {
    let keys = table.primary_key.iter();
    let keys = keys.map(|key| of_constraint(table, &key.name, &key.columns, &[], facts));
    let uniques = table
        .uniques
        .iter()
        .map(|unique| of_constraint(table, &unique.name, &unique.columns, &unique.include, facts));
    let indexes = table.indexes.iter();
    let indexes = indexes.map(|index| of_index(table, &table.name, index, facts));
    let all = keys.chain(uniques).chain(indexes);
    all.map(|index| index.noted(&table.name, inspected))
        .collect()
}

impl IndexDoc {
    /// The index with what the database alone knows of it. An invalid one serves nothing.
    fn noted(mut self, table: &QualifiedName, inspected: &InspectedFacts) -> Self {
        self.notes = inspected.notes_of_part(table, Noted::Index, &self.name);
        if inspected.is_invalid(table, &self.name) {
            self.serves.clear();
        }
        self
    }
}

/// The indexes of a materialized view.
pub(super) fn of_view(view: &QualifiedName, indexes: &[Index]) -> Vec<IndexDoc> {
    let table = Table::new(view.clone());
    let indexes = indexes.iter();
    indexes
        .map(|index| of_index(&table, view, index, None))
        .collect()
}

fn of_constraint(
    table: &Table,
    name: &str,
    columns: &[String],
    include: &[String],
    facts: Option<&TableFacts>,
) -> IndexDoc {
    let leading = Leading {
        columns: columns.iter().map(String::as_str).collect(),
        is_ordered: true,
        filter: None,
    };
    let own = Sentence::new("the constraint of the same name");
    IndexDoc {
        name: name.to_owned(),
        method: method(IndexMethod::BTree),
        parts: columns.to_vec(),
        include: include.to_vec(),
        is_unique: true,
        filter: None,
        definition: None,
        serves: std::iter::once(own)
            .chain(serves(table, &leading, facts))
            .collect(),
        notes: Vec::new(),
    }
}

fn of_index(
    table: &Table,
    relation: &QualifiedName,
    index: &Index,
    facts: Option<&TableFacts>,
) -> IndexDoc {
    let columns = index.parts.iter().map_while(|part| match &part.value {
        Expr::Column(name) => Some(name.as_str()),
        _ => None,
    });
    let leading = Leading {
        columns: columns.collect(),
        is_ordered: matches!(index.method, IndexMethod::BTree | IndexMethod::Hash),
        filter: index.filter.as_ref(),
    };
    let search = searched(facts, &leading);
    IndexDoc {
        name: index.name.clone(),
        method: method(index.method),
        parts: sql::index_parts(index),
        include: index.include.clone(),
        is_unique: index.unique,
        filter: index.filter.as_ref().map(sql::expression),
        definition: Some(sql::printer().create_index(relation, index)),
        serves: search
            .into_iter()
            .chain(serves(table, &leading, facts))
            .collect(),
        notes: Vec::new(),
    }
}

/// The full-text search, if the index is over its column.
fn searched(facts: Option<&TableFacts>, leading: &Leading<'_>) -> Option<Sentence> {
    let search = facts?.def.search?;
    (leading.columns == [search.column])
        .then(|| Sentence::new("full-text search: ").code("select().search(..)"))
}

fn serves<'a>(
    table: &'a Table,
    leading: &'a Leading<'a>,
    facts: Option<&'a TableFacts>,
) -> impl Iterator<Item = Sentence> {
    let found = facts.into_iter().flat_map(move |facts| {
        let finders = facts.finders.iter();
        let used = finders.filter(move |finder| leading.serves_finder(facts, finder));
        used.map(|finder| Sentence::new("finder ").code(finder.name()))
    });
    let keys = table.foreign_keys.iter();
    let keys = keys.filter(move |key| leading.serves_key(key));
    let keys = keys.map(|key| {
        Sentence::new("deletes in ")
            .relation(&key.target)
            .text(", by ")
            .code(&key.name)
    });
    found.chain(keys)
}

impl Leading<'_> {
    /// Whether the finder's columns are a prefix of the index, with or without the scope column before them.
    fn serves_finder(&self, facts: &TableFacts, finder: &Finder) -> bool {
        let scope = facts.scope();
        let columns = self.columns.iter().copied();
        let mut columns = columns.filter(|column| Some(*column) != scope);
        let mut finder = finder.columns.iter();
        self.is_ordered && finder.all(|column| columns.next() == Some(column))
    }

    /// Whether a delete of the referenced row finds its rows by this index.
    fn serves_key(&self, key: &ForeignKey) -> bool {
        self.is_ordered && has_every(self.filter, key) && is_prefix(&self.columns, &key.columns)
    }
}

/// Whether an index with this condition has every row that references something.
fn has_every(filter: Option<&Expr>, key: &ForeignKey) -> bool {
    filter.is_none_or(|filter| leaves_out_only_nulls(filter, &key.columns))
}

/// Whether the key's columns, in any order, are the first columns of the index.
fn is_prefix(columns: &[&str], key: &[String]) -> bool {
    let first = columns.get(..key.len());
    first.is_some_and(|first| key.iter().all(|name| first.contains(&name.as_str())))
}

/// Whether any index of the table finds the rows of a foreign key.
pub(super) fn finds(table: &Table, key: &ForeignKey) -> bool {
    fn names(columns: &[String]) -> Vec<&str> {
        columns.iter().map(String::as_str).collect()
    }
    let keys = table.primary_key.iter().map(|key| names(&key.columns));
    let uniques = table.uniques.iter().map(|unique| names(&unique.columns));
    let whole = table.indexes.iter().filter(|index| {
        matches!(index.method, IndexMethod::BTree | IndexMethod::Hash)
            && has_every(index.filter.as_ref(), key)
    });
    let indexes = whole.map(|index| {
        let columns = index.parts.iter().map_while(|part| match &part.value {
            Expr::Column(name) => Some(name.as_str()),
            _ => None,
        });
        columns.collect()
    });
    keys.chain(uniques)
        .chain(indexes)
        .any(|columns| is_prefix(&columns, &key.columns))
}

const fn method(method: IndexMethod) -> &'static str {
    match method {
        IndexMethod::BTree => "btree",
        IndexMethod::Hash => "hash",
        IndexMethod::Gin => "gin",
        IndexMethod::Gist => "gist",
        IndexMethod::Brin => "brin",
    }
}
