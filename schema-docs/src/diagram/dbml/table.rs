//! A table with its columns, indexes, checks and note.

use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::{Check, Schema, Table};

use super::column::column;
use super::key::indexes;
use super::note;
use super::reference::References;
use super::text::{block, code, qualified, string};

/// A table; its note has what DBML cannot express.
pub(super) fn table(
    schema: &Schema,
    table: &Table,
    references: &References<'_>,
    compat: bool,
) -> String {
    let columns = table.columns.iter();
    let columns = columns.map(|one| column(schema, table, one)).collect();
    let mut blocks = vec![lines("  ", columns)];
    blocks.extend(named_block("indexes", indexes(table)));
    blocks.extend(named_block("checks", checks(table, compat)));
    let note = note::of_table(schema, table, references, &missing_checks(table, compat));
    if !note.is_empty() {
        blocks.push(format!("  Note: {}\n", block(&note, 4)));
    }
    format!(
        "Table {} {{\n{}}}\n",
        qualified(&table.name),
        blocks.join("\n")
    )
}

fn named_block(word: &str, content: Vec<String>) -> Option<String> {
    let is_empty = content.is_empty();
    let content = lines("    ", content);
    (!is_empty).then(|| format!("  {word} {{\n{content}  }}\n"))
}

fn lines(indent: &str, lines: Vec<String>) -> String {
    let lines = lines.into_iter();
    lines.map(|line| format!("{indent}{line}\n")).collect()
}

/// The lines of the block `checks`, which `@dbml/core` has since version 10.
fn checks(table: &Table, compat: bool) -> Vec<String> {
    let checks = table.checks.iter().filter(|_| !compat);
    checks.filter_map(check).collect()
}

fn missing_checks(table: &Table, compat: bool) -> Vec<String> {
    let checks = table.checks.iter();
    let missing = checks.filter(|one| compat || check(one).is_none());
    missing
        .map(|check| POSTGRES.add_check(&table.name, check, true))
        .collect()
}

fn check(check: &Check) -> Option<String> {
    let condition = code(&POSTGRES.expr(&check.condition))?;
    Some(format!("{condition} [name: {}]", string(&check.name)))
}
