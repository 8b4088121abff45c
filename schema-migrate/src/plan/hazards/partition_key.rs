//! Types in a partition key.
//!
//! PostgreSQL cannot change the type of such a column, so an enum or a domain of it cannot be recreated.

use crate::plan::dependents::ColumnName;
use crate::plan::hazard::{Hazard, HazardKind, HazardPlace};
use crate::plan::step::Step;
use freehold_schema_core::ir::{QualifiedName, Schema};

/// Adds the hazards to a step that recreates a type in both directions. It fails if the type is in a partition key.
pub(in crate::plan) fn refused(
    schema: &Schema,
    columns: &[ColumnName],
    name: &QualifiedName,
    step: Step,
) -> Step {
    let keys = keys(schema, columns);
    let step = keys.iter().fold(step, |step, key| {
        let message = format!(
            "the migration fails: `{name}` must be recreated, but {key} is in a partition key, and PostgreSQL cannot change its type; create another type and another table, and copy the rows"
        );
        let place = [HazardPlace::column(&key.table, key.column.as_deref().unwrap_or_default())];
        step.hazard(Hazard::new(HazardKind::FailsOnRows, message).at(&place))
    });
    refused_back(schema, columns, step)
}

/// A step whose way back recreates a type. The way back fails if the type is in a partition key.
pub(in crate::plan) fn refused_back(schema: &Schema, columns: &[ColumnName], step: Step) -> Step {
    match keys(schema, columns).first() {
        Some(key) => step.fails_back(format!(
            "{key} is in the partition key, so its type cannot be recreated"
        )),
        None => step,
    }
}

/// The columns that are in a partition key.
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
