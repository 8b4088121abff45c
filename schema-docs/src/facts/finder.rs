//! The finders that the derive makes: one for every prefix of a key, a unique constraint or an index.
//!
//! `schema-derive/src/expand/finder.rs` makes the methods; this file follows the same rules over the const model.

use freehold_schema_core::model::{Expr, IndexDef, IndexMethod, Ownership, Role, TableDef};

/// A method of a struct that finds rows by an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finder {
    /// The columns that it compares, in order. The scope column is left out: each statement compares it.
    pub columns: Vec<&'static str>,
    /// The fields of these columns, after which the method is named.
    pub fields: Vec<&'static str>,
    /// Whether it finds at most one row.
    pub is_unique: bool,
}

impl Finder {
    /// The method's name: `by_status_and_due_date`.
    pub fn name(&self) -> String {
        format!("by_{}", self.fields.join("_and_"))
    }
}

/// The finders of a table, each name once.
pub(super) fn finders(def: &'static TableDef) -> Vec<Finder> {
    let mut finders: Vec<Finder> = Vec::new();
    for finder in candidates(def) {
        match finders
            .iter_mut()
            .find(|other| other.columns == finder.columns)
        {
            Some(other) => other.is_unique |= finder.is_unique,
            None => finders.push(finder),
        }
    }
    finders
}

fn candidates(def: &'static TableDef) -> impl Iterator<Item = Finder> {
    let key = prefixes(def, def.primary_key.columns, true);
    // `get` finds by the whole key.
    let length = without_scope(def, def.primary_key.columns).len();
    let key = key
        .into_iter()
        .filter(move |finder| finder.columns.len() < length);
    let uniques = def
        .uniques
        .iter()
        .flat_map(move |unique| prefixes(def, unique.columns, true));
    let indexes = def.indexes.iter().filter(move |index| serves(def, index));
    let indexes = indexes.flat_map(move |index| of_index(def, index));
    key.chain(uniques).chain(indexes)
}

/// Whether finders can use the index: it supports equality, and contains all rows that are not deleted.
fn serves(def: &TableDef, index: &IndexDef) -> bool {
    matches!(index.method, IndexMethod::BTree | IndexMethod::Hash)
        && index
            .filter
            .is_none_or(|filter| is_not_deleted(def, &filter))
}

/// Whether the filter is `deleted_at IS NULL`.
fn is_not_deleted(def: &TableDef, filter: &Expr) -> bool {
    let Expr::IsNull {
        operand: Expr::Column(name),
        negated: false,
    } = filter
    else {
        return false;
    };
    def.column(name)
        .is_some_and(|column| column.role == Some(Role::DeletedAt))
}

fn of_index(def: &'static TableDef, index: &'static IndexDef) -> Vec<Finder> {
    let columns: Vec<_> = index
        .parts
        .iter()
        .map_while(|part| match part.value {
            Expr::Column(name) => Some(name),
            _ => None,
        })
        .collect();
    let is_whole = columns.len() == index.parts.len();
    prefixes(def, &columns, index.unique && is_whole)
}

/// One finder for each prefix of the list. Only the whole list of a unique index finds a single row.
fn prefixes(def: &TableDef, columns: &[&'static str], is_unique: bool) -> Vec<Finder> {
    let columns = without_scope(def, columns);
    let whole = columns.len();
    (1..=whole)
        .map(|length| Finder {
            columns: columns[..length].to_vec(),
            fields: columns[..length]
                .iter()
                .map(|name| field(def, name))
                .collect(),
            is_unique: is_unique && length == whole,
        })
        .collect()
}

/// The name of a column's field.
fn field(def: &TableDef, name: &'static str) -> &'static str {
    let column = def.column(name);
    column.and_then(|column| column.field).unwrap_or(name)
}

/// The columns without the scope column, each once.
fn without_scope(def: &TableDef, columns: &[&'static str]) -> Vec<&'static str> {
    let is_scope = |name: &str| matches!(def.ownership, Ownership::Scope(scope) if scope == name);
    let mut without: Vec<&'static str> = Vec::new();
    for name in columns {
        if !is_scope(name) && !without.contains(name) {
            without.push(name);
        }
    }
    without
}
