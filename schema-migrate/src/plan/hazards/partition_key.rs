//! Types whose columns are in a partition key: PostgreSQL gives such a column no other type, and so no enum or domain that is made again.

use crate::plan::dependents::ColumnName;
use crate::plan::hazard::{Hazard, HazardKind, HazardPlace};
use crate::plan::step::Step;
use freehold_schema_core::ir::{QualifiedName, Schema};

/// The step that makes a type again, both ways: it fails where the type is in a partition key.
pub(in crate::plan) fn refused(
    schema: &Schema,
    columns: &[ColumnName],
    name: &QualifiedName,
    step: Step,
) -> Step {
    let keys = keys(schema, columns);
    let step = keys.iter().fold(step, |step, key| {
        let message = format!(
            "it fails: `{name}` has to be made again, and PostgreSQL changes the type of no column of a partition key, as {key} is; make another type and another table, and copy the rows"
        );
        let place = [HazardPlace::column(&key.table, key.column.as_deref().unwrap_or_default())];
        step.hazard(Hazard::new(HazardKind::FailsOnRows, message).at(&place))
    });
    refused_back(schema, columns, step)
}

/// The step whose way back makes a type again: it fails where the type is in a partition key.
pub(in crate::plan) fn refused_back(schema: &Schema, columns: &[ColumnName], step: Step) -> Step {
    match keys(schema, columns).first() {
        Some(key) => step.fails_back(format!(
            "{key} is in the partition key, so that its type cannot be made again"
        )),
        None => step,
    }
}

/// Those of the columns that are in a partition key.
fn keys(schema: &Schema, columns: &[ColumnName]) -> Vec<HazardPlace> {
    let is_key = |(table, column): &&ColumnName| {
        let mut tables = schema.tables.iter().filter(|own| own.name == *table);
        tables.any(|table| {
            table
                .partition_by
                .iter()
                .any(|by| by.columns.contains(column))
        })
    };
    let keys = columns.iter().filter(is_key);
    keys.map(|(table, column)| HazardPlace::column(table, column))
        .collect()
}
