//! Finds the constraint of the model for a violation that the server reports.

use sqlx::postgres::PgDatabaseError;

use crate::error::Error;
use crate::ir::{Expr, Table};
use crate::model::{SchemaDef, TableDef};
use crate::query::Meta;

/// The error for class 23 of SQLSTATE, from the names that the server reports with it.
pub(super) fn violation(error: &PgDatabaseError, tables: &[&'static Meta]) -> Error {
    let table = error.table().unwrap_or_default().to_owned();
    let constraint = error.constraint().unwrap_or_default().to_owned();
    match error.code() {
        "23502" => Error::NotNull {
            table,
            column: error.column().unwrap_or_default().to_owned(),
            source: None,
        },
        // PostgreSQL 18 reports `RESTRICT` as 23001. The triggers of immutable columns raise 23001 too, with a column.
        "23001" if error.column().is_none() => foreign_key(table, constraint, tables),
        "23503" => foreign_key(table, constraint, tables),
        "23505" => Error::Unique {
            columns: columns(&table, &constraint, tables),
            table,
            constraint,
            source: None,
        },
        // The triggers of enum transitions raise it too, with a column.
        "23514" if error.column().is_none() => Error::Check {
            table,
            constraint,
            source: None,
        },
        "23P01" => Error::Exclusion {
            table,
            constraint,
            source: None,
        },
        _ => Error::Refused {
            table,
            message: error.message().to_owned(),
            source: None,
        },
    }
}

fn foreign_key(table: String, constraint: String, tables: &[&'static Meta]) -> Error {
    Error::ForeignKey {
        columns: columns(&table, &constraint, tables),
        table,
        constraint,
        source: None,
    }
}

/// The columns of `constraint`, if `table` is one of the statement's tables and the constraint is known.
fn columns(table: &str, constraint: &str, tables: &[&'static Meta]) -> Vec<String> {
    let mut named = tables
        .iter()
        .filter(|meta| meta.table_def().is_some_and(|def| has_name(def, table)));
    named
        .find_map(|meta| columns_of(meta.constraints()?, constraint))
        .unwrap_or_default()
}

impl Error {
    /// Adds the columns of a constraint whose table the statement does not name: usually a table that references its
    /// rows.
    pub(crate) fn named_by(mut self, schema: Option<&'static SchemaDef>) -> Self {
        let (Self::Unique {
            table,
            constraint,
            columns,
            ..
        }
        | Self::ForeignKey {
            table,
            constraint,
            columns,
            ..
        }) = &mut self
        else {
            return self;
        };
        if columns.is_empty() {
            let mut tables = schema.map_or(&[][..], |schema| schema.tables).iter();
            let def = tables.find(|def| has_name(def, table));
            let named = def.and_then(|def| columns_of(&Table::alone(def), constraint));
            *columns = named.unwrap_or_default();
        }
        self
    }
}

/// Whether this is the table's name, or that of one of its partitions.
fn has_name(def: &TableDef, name: &str) -> bool {
    def.name.name == name
        || def
            .partitions
            .iter()
            .any(|partition| partition.name == name)
}

fn columns_of(table: &Table, constraint: &str) -> Option<Vec<String>> {
    let key = table
        .primary_key
        .iter()
        .map(|key| (&key.name, &key.columns));
    let uniques = table
        .uniques
        .iter()
        .map(|unique| (&unique.name, &unique.columns));
    let foreign = table
        .foreign_keys
        .iter()
        .map(|key| (&key.name, &key.columns));
    let mut all = key.chain(uniques).chain(foreign);
    all.find(|(name, _)| *name == constraint)
        .map(|(_, columns)| columns.clone())
        .or_else(|| index_columns(table, constraint))
}

/// The columns of an index, including those in its expressions.
fn index_columns(table: &Table, constraint: &str) -> Option<Vec<String>> {
    let index = table
        .indexes
        .iter()
        .find(|index| index.name == constraint)?;
    let mut columns = Vec::new();
    for part in &index.parts {
        part.value.visit(&mut |expr| {
            if let Expr::Column(name) = expr
                && !columns.contains(name)
            {
                columns.push(name.clone());
            }
        });
    }
    Some(columns)
}
