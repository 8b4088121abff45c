//! Notes with what DBML has no words for: as sentences, and as the SQL that creates it.

use freehold_schema_core::ddl::{POSTGRES, script};
use freehold_schema_core::ir::{Grant, GrantObject, PartitionBy, RowSecurity, Schema, Table};
use freehold_schema_core::model::PartitionStrategy;

use super::key::missing_indexes;
use super::reference::References;

/// The sentence before SQL in a note.
pub(super) const MORE: &str = "DBML cannot express this SQL:";

/// The note of a table: its comment, sentences about it, and SQL.
pub(super) fn of_table(
    schema: &Schema,
    table: &Table,
    references: &References<'_>,
    checks: &[String],
) -> String {
    let comment = table.comment.clone().unwrap_or_default();
    let sentences = sentences(schema, table).join("\n");
    let sql = script(&statements(schema, table, references, checks));
    paragraphs(&[comment, sentences, under(MORE, &sql)])
}

/// The texts that are not empty, with an empty line between them.
pub(super) fn paragraphs(texts: &[String]) -> String {
    let texts = texts.iter().map(|text| text.trim());
    let texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}

/// A text under a sentence; nothing if the text is empty.
pub(super) fn under(sentence: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{sentence}\n{text}")
    }
}

fn sentences(schema: &Schema, table: &Table) -> Vec<String> {
    let leaving = schema.expansion.has_relation(&table.name);
    let leaving = leaving.then(|| "Only the previous release uses it.".to_owned());
    let at_run_time = table.partitions_at_run_time;
    let at_run_time = at_run_time
        .then(|| "More partitions, one for each month, are created at run time.".to_owned());
    leaving
        .into_iter()
        .chain(table.partition_by.as_ref().map(partition_by))
        .chain(at_run_time)
        .chain(table.row_security.map(row_security))
        .collect()
}

fn partition_by(by: &PartitionBy) -> String {
    let strategy = match by.strategy {
        PartitionStrategy::Range => "range",
        PartitionStrategy::List => "list",
        PartitionStrategy::Hash => "hash",
    };
    let columns = by.columns.join(", ");
    format!("The table is partitioned by {strategy} of ({columns}).")
}

fn row_security(security: RowSecurity) -> String {
    let owner = if security.force {
        "also for the table's owner"
    } else {
        "not for the table's owner"
    };
    format!("Row-level security is enabled, {owner}.")
}

fn statements(
    schema: &Schema,
    table: &Table,
    references: &References<'_>,
    checks: &[String],
) -> Vec<String> {
    let partitions = table.partitions.iter();
    let triggers = table.triggers.iter();
    let policies = table.policies.iter();
    let mut statements = checks.to_vec();
    statements.extend(missing_indexes(table));
    statements.extend(references.statements(table));
    statements.extend(partitions.map(|one| POSTGRES.create_partition(table, one)));
    statements.extend(triggers.map(|one| POSTGRES.create_trigger(table, one)));
    statements.extend(policies.map(|one| POSTGRES.create_policy(table, one)));
    statements.extend(grants(schema, table));
    statements
}

/// The rights on one table.
fn grants(schema: &Schema, table: &Table) -> Vec<String> {
    let grants = schema.grants.iter();
    let grants = grants.filter(
        |grant| matches!(&grant.on, GrantObject::Relations(names) if names.contains(&table.name)),
    );
    let only = |grant: &Grant| Grant {
        on: GrantObject::Relations(vec![table.name.clone()]),
        ..grant.clone()
    };
    grants.map(|grant| POSTGRES.grant(&only(grant))).collect()
}
