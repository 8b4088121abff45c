//! The texts of the diagrams. `scripts/diagrams` parses them with the real parsers.

#![allow(clippy::unwrap_used)] // A panic is how a test fails.

mod dbml;
mod dot;
mod groups;
mod mermaid;
mod nasty;

use freehold_schema_core::ir::{QualifiedName, Schema, SqlType, Table};
use freehold_schema_core::model::ScalarType;
use nasty::{column, keyed, reference};

/// A name without a PostgreSQL schema.
fn named(name: &str) -> QualifiedName {
    QualifiedName::new(None, name)
}

fn bigint() -> SqlType {
    SqlType::Scalar(ScalarType::BigInt)
}

fn schema_of(tables: impl IntoIterator<Item = Table>) -> Schema {
    Schema {
        tables: tables.into_iter().collect(),
        ..Schema::default()
    }
}

/// A table with the primary key `id` and a column `NAME_id` for each reference to a table NAME.
fn referencing(name: &str, targets: &[&str]) -> Table {
    let mut table = keyed(named(name));
    for target in targets {
        let key = format!("{target}_id");
        table.columns.push(column(&key, bigint()));
        let name = format!("fk_{name}_{target}");
        let key = reference(&name, &[&key], named(target), &["id"]);
        table.foreign_keys.push(key);
    }
    table
}

/// The lines that contain a text, without indentation.
fn lines<'t>(text: &'t str, part: &str) -> Vec<&'t str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| line.contains(part)).collect()
}
