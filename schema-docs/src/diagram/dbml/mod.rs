//! A schema as DBML, the language of dbdiagram.io and dbdocs.io.
//!
//! The rules are those of `@dbml/core` 10.2.0, and with [`DbmlOptions::compat`] those of 3.13.9; `scripts/diagrams`
//! parses the texts with both. The language is described on the page "DBML - Full Syntax Docs".

mod column;
mod key;
mod note;
mod options;
mod project;
mod reference;
mod table;
mod text;

use std::collections::BTreeMap;

use freehold_schema_core::ir::{EnumType, Schema, Table};

pub use options::DbmlOptions;
use reference::References;
use text::{name, qualified};

/// The PostgreSQL schema of tables that name none.
const DEFAULT_NAMESPACE: &str = "public";

/// Prints a whole schema as DBML: enums, tables with their columns, keys, indexes and checks, and references.
///
/// Tables are in the order of the schema. If there are several PostgreSQL schemas, each is a `TableGroup`. What DBML
/// cannot express is in the notes as SQL: policies, triggers, the conditions of indexes, views and the like. The notes
/// name functions without their bodies.
pub fn dbml(schema: &Schema, options: &DbmlOptions) -> String {
    let references = References::of(schema);
    let mut blocks = vec![project::project(schema, &references, options)];
    let enums = schema.enums.iter();
    blocks.extend(enums.filter_map(sql_enum));
    let tables = tables(schema);
    blocks.extend(tables.map(|table| table::table(schema, table, &references, options.compat)));
    blocks.extend(references.stubs(schema));
    let lines = references.lines(options.compat);
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    blocks.extend((!lines.is_empty()).then_some(lines));
    blocks.extend(table_groups(schema));
    blocks.join("\n")
}

/// The tables that DBML can hold: it refuses a table without columns. The note of the project has the others.
fn tables(schema: &Schema) -> impl Iterator<Item = &Table> {
    schema
        .tables
        .iter()
        .filter(|table| !table.columns.is_empty())
}

/// An enum; `None` if DBML can hold none of its labels. It refuses an empty label.
fn sql_enum(sql_enum: &EnumType) -> Option<String> {
    let labels = sql_enum.labels.iter().filter(|label| !label.is_empty());
    let labels: String = labels.map(|label| format!("  {}\n", name(label))).collect();
    (!labels.is_empty()).then(|| format!("Enum {} {{\n{labels}}}\n", qualified(&sql_enum.name)))
}

/// A `TableGroup` for each PostgreSQL schema, if there are several.
fn table_groups(schema: &Schema) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for table in tables(schema) {
        let namespace = table.name.schema.as_deref().unwrap_or(DEFAULT_NAMESPACE);
        let line = format!("  {}\n", qualified(&table.name));
        groups.entry(namespace).or_default().push(line);
    }
    let several = groups.len() > 1;
    let groups = groups.iter().filter(|_| several);
    groups
        .map(|(namespace, tables)| {
            format!("TableGroup {} {{\n{}}}\n", name(namespace), tables.concat())
        })
        .collect()
}
