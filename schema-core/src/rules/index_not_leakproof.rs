//! An index of a scoped table whose first column after the scope has a comparison that is not leakproof. Under
//! row-level security PostgreSQL does not use the index for that column (measured on PostgreSQL 15: 0.007 ms became 14
//! ms).

use super::{Allow, Rule, Violation};
use crate::model::{Expr, IndexDef, IndexMethod, Ownership, SchemaDef, TableDef, same_text};

pub(super) const RULE: Rule = Rule::schema("index_not_leakproof", Allow::Table);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let Ownership::Scope(scope) = table.ownership else {
        return None;
    };
    if RULE.is_allowed(table) {
        return None;
    }
    let mut i = 0;
    while i < table.indexes.len() {
        if let Some(column) = second_after_scope(&table.indexes[i], scope)
            && let Some(def) = table.column(column)
            && !def.sql_type.is_leakproof()
        {
            return Some(violation(table, column, def.sql_type.word()));
        }
        i += 1;
    }
    None
}

/// The column that follows the scope in a B-tree index.
const fn second_after_scope(index: &IndexDef, scope: &str) -> Option<&'static str> {
    if !matches!(index.method, IndexMethod::BTree) || index.parts.len() < 2 {
        return None;
    }
    match (index.parts[0].value, index.parts[1].value) {
        (Expr::Column(first), Expr::Column(second)) if same_text(first, scope) => Some(second),
        _ => None,
    }
}

const fn violation(table: &TableDef, column: &str, word: &str) -> Violation {
    Violation::new(
        &RULE,
        table,
        &[
            "row-level security keeps the index on `",
            table.name.name,
            ".",
            column,
            "` from being used: comparing `",
            word,
            "` is not leakproof; use a text enum instead of a native one, an integer instead of `numeric`, or a partial index",
        ],
    )
}
