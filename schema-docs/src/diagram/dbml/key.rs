//! Primary keys, unique constraints and indexes. DBML has them in the block `indexes`, or as a word at the column.

use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::{Expr, Index, IndexPart, PrimaryKey, Table, Unique, cut};
use freehold_schema_core::model::{Deferrable, IndexMethod, SortOrder};

use super::text::{code, columns, name, string};

/// Whether the column alone is the primary key, so that `pk` is in its line.
pub(super) fn is_primary(table: &Table, column: &str) -> bool {
    let mut key = table.primary_key.iter();
    key.any(|key| key.columns == [column] && has_usual_name(table, key))
}

/// Whether `unique` in the line of the column expresses all of a unique constraint.
pub(super) fn is_unique(table: &Table, column: &str) -> bool {
    let mut uniques = table.uniques.iter();
    uniques.any(|unique| unique.columns == [column] && is_word(table, unique))
}

/// The lines of the block `indexes`.
pub(super) fn indexes(table: &Table) -> Vec<String> {
    let keys = table.primary_key.iter();
    let keys = keys.filter(|key| key.columns.len() != 1 || !has_usual_name(table, key));
    let uniques = table.uniques.iter();
    let uniques = uniques.filter(|unique| !is_word(table, unique));
    let indexes = table.indexes.iter();
    keys.map(|key| {
        format!(
            "{} [pk, name: {}]",
            columns(&key.columns),
            string(&key.name)
        )
    })
    .chain(uniques.map(|one| unique(table, one)))
    .chain(indexes.filter_map(|one| index(table, one)))
    .collect()
}

/// The statements of indexes that DBML cannot hold.
pub(super) fn missing_indexes(table: &Table) -> Vec<String> {
    let indexes = table.indexes.iter();
    let missing = indexes.filter(|one| index(table, one).is_none());
    missing
        .map(|one| POSTGRES.create_index(&table.name, one))
        .collect()
}

/// Whether the name is the one that Freehold or PostgreSQL gives the key, which the word `pk` does not hold.
fn has_usual_name(table: &Table, key: &PrimaryKey) -> bool {
    let table = &table.name.name;
    [cut(&format!("pk_{table}")), cut(&format!("{table}_pkey"))].contains(&key.name)
}

/// Whether the constraint is over one column, has a usual name and no options.
fn is_word(table: &Table, unique: &Unique) -> bool {
    let [column] = unique.columns.as_slice() else {
        return false;
    };
    let table = &table.name.name;
    let usual = [
        cut(&format!("uq_{table}_{column}")),
        cut(&format!("{table}_{column}_key")),
    ];
    usual.contains(&unique.name) && !has_options(unique)
}

fn has_options(unique: &Unique) -> bool {
    unique.nulls_not_distinct
        || !unique.include.is_empty()
        || unique.deferrable != Deferrable::Never
}

fn unique(table: &Table, unique: &Unique) -> String {
    let note = has_options(unique).then(|| POSTGRES.add_unique(&table.name, unique));
    let note = note.map_or_else(String::new, |sql| format!(", note: {}", string(&sql)));
    format!(
        "{} [unique, name: {}{note}]",
        columns(&unique.columns),
        string(&unique.name)
    )
}

/// The line of an index, with its whole statement as a note if DBML cannot express all of it. `None` if DBML cannot
/// hold one of its expressions.
fn index(table: &Table, index: &Index) -> Option<String> {
    let parts: Option<Vec<_>> = index.parts.iter().map(part).collect();
    let parts = parts?;
    let key = match parts.as_slice() {
        [] => return None,
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    };
    let mut settings = vec![format!("type: {}", method(index.method))];
    settings.extend(index.unique.then(|| "unique".to_owned()));
    settings.push(format!("name: {}", string(&index.name)));
    if !is_expressible(index) {
        let sql = POSTGRES.create_index(&table.name, index);
        settings.push(format!("note: {}", string(&sql)));
    }
    Some(format!("{key} [{}]", settings.join(", ")))
}

fn part(part: &IndexPart) -> Option<String> {
    match &part.value {
        Expr::Column(column) => Some(name(column)),
        expr => code(&POSTGRES.expr(expr)),
    }
}

/// Whether the index has only what DBML has words for.
fn is_expressible(index: &Index) -> bool {
    let is_plain = |part: &IndexPart| {
        part.order == SortOrder::Ascending
            && part.nulls.is_none()
            && part.collation.is_none()
            && part.operator_class.is_none()
    };
    index.filter.is_none()
        && index.include.is_empty()
        && !index.nulls_not_distinct
        && index.parts.iter().all(is_plain)
}

fn method(method: IndexMethod) -> &'static str {
    match method {
        IndexMethod::BTree => "btree",
        IndexMethod::Hash => "hash",
        IndexMethod::Gin => "gin",
        IndexMethod::Gist => "gist",
        IndexMethod::Brin => "brin",
    }
}
