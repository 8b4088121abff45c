//! Indexes: which PostgreSQL accepts, which are redundant, and which are missing.

use syn::Ident;

use super::allow::{allowed, or_allow};
use crate::ast::{Index, IndexPart, Ownership, Table, unraw};
use crate::errors::Errors;
use crate::keys::MAX_INDEXES;

/// Not every access method supports order, uniqueness and `INCLUDE` (`pg_am`, `pg_indexam_has_property`).
pub(super) fn methods(table: &Table, errors: &Errors) {
    for index in &table.indexes {
        let Some(method) = index.method.filter(|method| *method != "BTree") else {
            continue;
        };
        let word = method.to_lowercase();
        let ordered = index
            .parts
            .iter()
            .any(|part| part.descending || part.nulls_first.is_some());
        if index.unique {
            errors.push_at(
                index.span,
                format!("a `{word}` index cannot be unique; only `btree` can"),
            );
        }
        if ordered {
            errors.push_at(index.span, format!("a `{word}` index has no order; remove `desc` and the order of nulls, or use `btree`"));
        }
        if method == "Hash" && index.parts.len() > 1 {
            errors.push_at(
                index.span,
                "a `hash` index has one column; use `btree` for several",
            );
        }
        if !index.include.is_empty() && method != "Gist" {
            errors.push_at(
                index.span,
                format!("a `{word}` index cannot have `include`; use `btree`"),
            );
        }
    }
}

pub(super) fn nulls_not_distinct(table: &Table, errors: &Errors) {
    for index in table.indexes.iter().filter(|index| !index.unique) {
        if let Some(span) = index.nulls_not_distinct {
            errors.push_at(
                span,
                "`nulls_not_distinct` is for unique indexes; add `unique`",
            );
        }
    }
}

/// The B-tree of the primary key, of a unique constraint or of an index, and what it can find.
struct Served {
    /// The columns at its beginning.
    columns: Vec<String>,
    /// All its columns, and whether each is descending; `None` if a part is more than a column with a direction.
    exact: Option<Vec<(String, bool)>>,
    words: String,
}

impl Served {
    fn of_columns(table: &Table, columns: &[Ident], words: &str) -> Self {
        let columns: Vec<_> = columns
            .iter()
            .map(|column| resolved(table, column))
            .collect();
        Self {
            exact: Some(
                columns
                    .iter()
                    .map(|column| (column.clone(), false))
                    .collect(),
            ),
            columns,
            words: words.to_owned(),
        }
    }

    /// `None` for a partial index, and for an index that is not a B-tree.
    fn of_index(table: &Table, index: &Index) -> Option<Self> {
        if index.filter.is_some() || index.method.is_some_and(|method| method != "BTree") {
            return None;
        }
        let leading = index.parts.iter().map_while(IndexPart::column);
        let columns: Vec<_> = leading.map(|column| resolved(table, column)).collect();
        Some(Self {
            words: format!("the index on ({})", columns.join(", ")),
            columns,
            exact: index.parts.iter().map(|part| exact(table, part)).collect(),
        })
    }

    /// Whether these columns, in any order, are its first columns.
    fn begins_with(&self, columns: &[String]) -> bool {
        self.columns.len() >= columns.len()
            && self
                .columns
                .iter()
                .take(columns.len())
                .all(|column| columns.contains(column))
    }
}

/// The column of a part and whether it is descending; `None` if the part has anything else.
fn exact(table: &Table, part: &IndexPart) -> Option<(String, bool)> {
    let is_bare =
        part.nulls_first.is_none() && part.collation.is_none() && part.operator_class.is_none();
    let column = part.column().filter(|_| is_bare)?;
    Some((resolved(table, column), part.descending))
}

/// The name of the column, or the word itself if there is no such column.
fn resolved(table: &Table, ident: &Ident) -> String {
    table
        .column(ident)
        .map_or_else(|| unraw(ident), |column| column.name.value.clone())
}

fn served_by_constraints(table: &Table) -> Vec<Served> {
    let key = Served::of_columns(table, table.key_columns(), "the primary key");
    let uniques = table
        .uniques
        .iter()
        .map(|unique| Served::of_columns(table, &unique.columns, "the unique constraint"));
    std::iter::once(key).chain(uniques).collect()
}

fn served(table: &Table) -> Vec<Served> {
    let mut all = served_by_constraints(table);
    all.extend(
        table
            .indexes
            .iter()
            .filter_map(|index| Served::of_index(table, index)),
    );
    all
}

/// Reports an index that another index or a key makes redundant.
pub(super) fn redundant_index(table: &Table, errors: &Errors) {
    const RULE: &str = "redundant_index";
    if table.allows(RULE) {
        return;
    }
    for (position, index) in table.indexes.iter().enumerate() {
        if let Some(other) = superseding(table, position, index) {
            let message = format!(
                "{} already does what this index does; remove this index{}",
                other.words,
                or_allow(RULE)
            );
            errors.push_at(index.span, message);
        }
    }
}

/// The key or index that begins with the columns of the index at `position` and makes it redundant.
///
/// A unique index is redundant only if the other is unique over the same columns. Of two equal indexes, the first is
/// kept.
fn superseding(table: &Table, position: usize, index: &Index) -> Option<Served> {
    let own = Served::of_index(table, index).filter(|_| index.include.is_empty())?;
    let own = own.exact?;
    let constraints = served_by_constraints(table)
        .into_iter()
        .map(|served| (served, true, true));
    let indexes = table.indexes.iter().enumerate();
    let indexes = indexes.filter_map(|(other, index)| {
        let served = Served::of_index(table, index).filter(|_| other != position)?;
        Some((served, index.unique, other < position))
    });
    let supersedes = |(served, unique, first): &(Served, bool, bool)| {
        let Some(exact) = served
            .exact
            .as_ref()
            .filter(|exact| exact.starts_with(&own))
        else {
            return false;
        };
        match (index.unique, exact.len() == own.len()) {
            (true, true) => *unique && *first,
            (true, false) => false,
            (false, true) => *unique || *first,
            (false, false) => true,
        }
    };
    let found = constraints.chain(indexes).find(supersedes);
    found.map(|(served, ..)| served)
}

pub(super) fn too_many_indexes(table: &Table, errors: &Errors) {
    const RULE: &str = "too_many_indexes";
    let search = usize::from(table.search.is_some());
    let count = table.indexes.len() + table.uniques.len() + table.primary_keys.len() + search;
    if count > MAX_INDEXES && !table.allows(RULE) {
        let message = format!(
            "`{}` has {count} indexes, including keys and unique constraints, and each slows down every write; keep those that a query uses{}",
            table.ident,
            or_allow(RULE)
        );
        errors.push_at(table.ident.span(), message);
    }
}

fn scope(table: &Table) -> Option<&Ident> {
    match table.ownership() {
        Some(Ownership::Scope(column)) => Some(column),
        _ => None,
    }
}

/// Every query of a scoped table filters by the scope, so an index must begin with it.
pub(super) fn unindexed_scope(table: &Table, errors: &Errors) {
    const RULE: &str = "unindexed_scope";
    let Some(column) = scope(table) else {
        return;
    };
    if allowed(table, table.column(column), RULE) {
        return;
    }
    if !served(table)
        .iter()
        .any(|served| served.begins_with(&[resolved(table, column)]))
    {
        let message = format!(
            "no index begins with the scope `{column}`, which every query filters by; write `index` on the field, or `#[table(index({column}, ..))]`{}",
            or_allow(RULE)
        );
        errors.push_at(column.span(), message);
    }
}

/// Each delete in the parent table looks up the child rows, so an index must begin with the foreign key.
pub(super) fn unindexed_foreign_key(table: &Table, errors: &Errors) {
    const RULE: &str = "unindexed_foreign_key";
    for key in &table.foreign_keys {
        let column = key.columns.first().and_then(|column| table.column(column));
        let is_allowed = allowed(table, column, RULE) || key.allow.iter().any(|rule| rule == RULE);
        let columns: Vec<_> = key
            .columns
            .iter()
            .map(|column| resolved(table, column))
            .collect();
        if is_allowed || is_served(table, &columns) {
            continue;
        }
        let index = match columns.as_slice() {
            [_] => "`index` beside `references`".to_owned(),
            several => format!("`#[table(index({}))]`", several.join(", ")),
        };
        let message = format!(
            "no index begins with `{}`, so each delete of a referenced row reads this whole table; write {index}{}",
            columns.join("`, `"),
            or_allow(RULE)
        );
        errors.push_at(key.span, message);
    }
}

/// Whether an index begins with the columns, or with the scope and then the columns.
///
/// A key over only the scope column counts as served: `unindexed_scope` checks it.
fn is_served(table: &Table, columns: &[String]) -> bool {
    let scope = scope(table).map(|column| resolved(table, column));
    if matches!(columns, [only] if scope.as_ref() == Some(only)) {
        return true;
    }
    let after_scope: Vec<_> = scope.iter().chain(columns).cloned().collect();
    let begins = |served: &Served| served.begins_with(columns) || served.begins_with(&after_scope);
    served(table).iter().any(begins) || is_hashed(table, columns)
}

/// Whether a `hash` index, which serves equality on one column, serves these columns.
fn is_hashed(table: &Table, columns: &[String]) -> bool {
    let hashed = table
        .indexes
        .iter()
        .filter(|index| index.method == Some("Hash") && index.filter.is_none());
    let columns_of = |index: &Index| {
        index
            .parts
            .iter()
            .filter_map(|part| part.column().map(|column| resolved(table, column)))
            .collect::<Vec<_>>()
    };
    hashed.map(columns_of).any(|of_index| of_index == columns)
}
