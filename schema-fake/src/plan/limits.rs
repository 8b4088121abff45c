//! What a column may hold by its enum and its table's partitions.

use freehold_schema_core::TableDef;
use freehold_schema_core::ir::{self, Expr, PartitionBound};
use freehold_schema_core::model::ColumnDef;

use crate::value::{Kind, Limits, Value};

pub(super) fn of_column(
    def: &TableDef,
    table: &ir::Table,
    column: &ir::Column,
    kind: Option<&Kind>,
) -> Limits {
    let mut limits = Limits::default();
    let of_struct = def.columns.iter().find(|it| it.name == column.name);
    if let Some(of_struct) = of_struct {
        by_enum(of_struct, &mut limits);
    }
    if let Some(kind) = kind {
        by_partitions(table, column, kind, &mut limits);
    }
    limits
}

fn by_enum(column: &ColumnDef, limits: &mut Limits) {
    let values = |texts: &mut dyn Iterator<Item = &'static str>| texts.map(Value::from).collect();
    let labels = column
        .sql_enum
        .map(|it| values(&mut it.labels.iter().map(|label| label.label)));
    if column.is_array {
        if labels.is_some() {
            limits.of_element().one_of = labels;
        }
    } else if column.first_states.is_empty() {
        limits.one_of = labels;
    } else {
        // The database refuses new rows in another state.
        limits.one_of = Some(values(&mut column.first_states.iter().copied()));
    }
}

fn by_partitions(table: &ir::Table, column: &ir::Column, kind: &Kind, limits: &mut Limits) {
    let first = table
        .partition_by
        .as_ref()
        .and_then(|by| by.columns.first());
    let has_default = table
        .partitions
        .iter()
        .any(|it| it.bound == PartitionBound::Default);
    if first != Some(&column.name) || has_default {
        return;
    }
    let read = |expr: &Expr| match expr {
        Expr::Text(text) | Expr::Number(text) => kind.read(text),
        _ => None,
    };
    let place = |expr: &Expr| kind.place(&read(expr)?).map(|(place, _)| place);
    let mut listed = Vec::new();
    for partition in &table.partitions {
        match &partition.bound {
            PartitionBound::Range(from, to) => {
                let (low, high) = kind.range().unwrap_or_default();
                let from = from.first().and_then(place).unwrap_or(low);
                let to = to.first().and_then(place).unwrap_or(high);
                limits.spans.push((from, to - 1));
            }
            PartitionBound::List(values) => listed.extend(values.iter().filter_map(read)),
            PartitionBound::Hash(..) | PartitionBound::Default => {}
        }
    }
    if !listed.is_empty() {
        limits.only(listed);
    }
}
