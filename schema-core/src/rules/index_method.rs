//! An index whose method has no operator class for the column's type: PostgreSQL rejects it (42704).

use super::{Allow, Rule, Violation};
use crate::model::{
    Expr, IndexDef, IndexMethod, ScalarType, SchemaDef, SqlType, TableDef, same_text,
};

pub(super) const RULE: Rule = Rule::schema("index_method", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if let Some(column) = unordered_column(schema, table, table.primary_key.columns) {
        return Some(violation(table, column, IndexMethod::BTree));
    }
    let mut i = 0;
    while i < table.uniques.len() {
        if let Some(column) = unordered_column(schema, table, table.uniques[i].columns) {
            return Some(violation(table, column, IndexMethod::BTree));
        }
        i += 1;
    }
    let mut i = 0;
    while i < table.indexes.len() {
        if let Some(column) = unserved_part(schema, table, &table.indexes[i]) {
            return Some(violation(table, column, table.indexes[i].method));
        }
        i += 1;
    }
    None
}

/// The first column that the B-tree of a key cannot index.
const fn unordered_column(
    schema: &SchemaDef,
    table: &TableDef,
    columns: &[&'static str],
) -> Option<&'static str> {
    let mut i = 0;
    while i < columns.len() {
        if !is_served(schema, table, columns[i], IndexMethod::BTree) {
            return Some(columns[i]);
        }
        i += 1;
    }
    None
}

/// The first column that the index method does not support. A column with an explicit operator class is not checked.
const fn unserved_part(
    schema: &SchemaDef,
    table: &TableDef,
    index: &IndexDef,
) -> Option<&'static str> {
    let mut i = 0;
    while i < index.parts.len() {
        let part = &index.parts[i];
        if let (Expr::Column(column), None) = (part.value, part.operator_class)
            && !is_served(schema, table, column, index.method)
        {
            return Some(column);
        }
        i += 1;
    }
    None
}

const fn is_served(
    schema: &SchemaDef,
    table: &TableDef,
    column: &str,
    method: IndexMethod,
) -> bool {
    match table.column(column) {
        Some(column) => {
            serves(method, &column.sql_type)
                || serves_by_extension(schema, method, &column.sql_type)
        }
        None => true,
    }
}

/// Whether the method has a default operator class for the type (`pg_opclass`, PostgreSQL 15).
///
/// It is `true` for types that are written in SQL, which Freehold does not know.
pub const fn serves(method: IndexMethod, sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Sql(_) => true,
        SqlType::Domain(def) => serves(method, &def.base),
        SqlType::Scalar(scalar) => serves_scalar(method, *scalar),
        SqlType::Enum(_) => matches!(method, IndexMethod::BTree | IndexMethod::Hash),
        SqlType::Array(element) => match method {
            // A GIN index of an array compares the elements.
            IndexMethod::Gin => serves(IndexMethod::BTree, element),
            IndexMethod::BTree | IndexMethod::Hash => serves(method, element),
            IndexMethod::Gist | IndexMethod::Brin => false,
        },
    }
}

/// Whether an extension of the schema has a default operator class of the method for the type. `btree_gin` and
/// `btree_gist` have one for the types that a B-tree sorts, except for documents and `citext` (PostgreSQL manual, F.8
/// and F.9).
const fn serves_by_extension(schema: &SchemaDef, method: IndexMethod, sql_type: &SqlType) -> bool {
    let extension = match method {
        IndexMethod::Gin => "btree_gin",
        IndexMethod::Gist => "btree_gist",
        IndexMethod::BTree | IndexMethod::Hash | IndexMethod::Brin => return false,
    };
    has_extension(schema, extension) && is_scalar_of_extensions(sql_type)
}

const fn is_scalar_of_extensions(sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Sql(_) | SqlType::Enum(_) => true,
        SqlType::Array(_) => false,
        SqlType::Domain(def) => is_scalar_of_extensions(&def.base),
        SqlType::Scalar(scalar) => !matches!(
            scalar,
            ScalarType::Citext | ScalarType::Json | ScalarType::Jsonb | ScalarType::TsVector
        ),
    }
}

const fn has_extension(schema: &SchemaDef, name: &str) -> bool {
    let mut i = 0;
    while i < schema.extensions.len() {
        if same_text(schema.extensions[i].name, name) {
            return true;
        }
        i += 1;
    }
    false
}

const fn serves_scalar(method: IndexMethod, scalar: ScalarType) -> bool {
    match method {
        IndexMethod::BTree => !matches!(scalar, ScalarType::Json),
        IndexMethod::Hash => !matches!(scalar, ScalarType::Json | ScalarType::TsVector),
        IndexMethod::Gin => matches!(scalar, ScalarType::Jsonb | ScalarType::TsVector),
        IndexMethod::Gist => matches!(scalar, ScalarType::TsVector),
        IndexMethod::Brin => !matches!(
            scalar,
            ScalarType::Boolean | ScalarType::Json | ScalarType::Jsonb | ScalarType::TsVector
        ),
    }
}

const fn violation(table: &TableDef, column: &str, method: IndexMethod) -> Violation {
    let (word, advice) = match method {
        IndexMethod::BTree => (
            "btree",
            "use `jsonb`, which can be indexed, instead of `json`",
        ),
        IndexMethod::Hash => ("hash", "use `btree`, or `gin` for a `tsvector`"),
        IndexMethod::Gin => (
            "gin",
            "it is for arrays, `jsonb` and `tsvector`; use `btree`, list `extension(btree_gin)` in the schema, or name an operator class with `.ops(..)`",
        ),
        IndexMethod::Gist => (
            "gist",
            "use `btree`, list `extension(btree_gist)` in the schema, or name an operator class with `.ops(..)`",
        ),
        IndexMethod::Brin => (
            "brin",
            "use `btree`, or `gin` for `jsonb`, arrays and `tsvector`",
        ),
    };
    let type_word = match table.column(column) {
        Some(column) => column.sql_type.word(),
        None => "",
    };
    Violation::new(
        &RULE,
        table,
        &[
            "a `",
            word,
            "` index cannot hold `",
            table.name.name,
            ".",
            column,
            "`, whose type is `",
            type_word,
            "`; ",
            advice,
        ],
    )
}
