//! Partitions.

use proc_macro2::Span;
use syn::Ident;

use super::names::length;
use crate::ast::{MonthlyPartitions, PartitionBound, PartitionBy, Table};
use crate::errors::Errors;

/// A partition needs a partitioned table, and a bound of the table's strategy.
pub(super) fn strategy(table: &Table, errors: &Errors) {
    for partition in &table.partitions {
        length(&partition.name, errors);
        let Some(by) = &table.partition_by else {
            errors.push_at(partition.span, "a partition needs `partition_by`; write `partition_by = range(created_at)` beside it");
            continue;
        };
        let of_another = partition
            .bound
            .strategy()
            .is_some_and(|strategy| strategy != by.strategy);
        let hashed_rest =
            matches!(partition.bound, PartitionBound::Default) && by.strategy == "Hash";
        if of_another || hashed_rest {
            let message = format!(
                "the table is partitioned by `{}`, and this partition is not; write {}",
                by.strategy.to_lowercase(),
                bound_of(by)
            );
            errors.push_at(partition.span, message);
        }
    }
}

fn bound_of(by: &PartitionBy) -> &'static str {
    match by.strategy {
        "Range" => "`from` and `to`",
        "List" => "`in`",
        _ => "`modulus` and `remainder`",
    }
}

/// The bounds of a partition must fit the partition key: as many values as columns, and a valid remainder.
pub(super) fn values(table: &Table, errors: &Errors) {
    let Some(by) = &table.partition_by else {
        return;
    };
    for partition in &table.partitions {
        if let PartitionBound::Range(from, to) = &partition.bound
            && (from.len() != by.columns.len() || to.len() != by.columns.len())
        {
            let message = format!(
                "the partition key has {} column(s); write as many values in `from` and in `to`",
                by.columns.len()
            );
            errors.push_at(partition.span, message);
        }
        if let PartitionBound::Hash(modulus, remainder) = partition.bound
            && remainder >= modulus
        {
            errors.push_at(
                partition.span,
                "the `remainder` must be less than the `modulus`; count the remainders from 0",
            );
        }
    }
    if by.strategy == "List" && by.columns.len() > 1 {
        errors.push_at(
            by.span,
            "a partition key by `list` has one column; use `range` or `hash` for several",
        );
    }
}

/// PostgreSQL enforces a unique key only within each partition, so the key must contain the partition key.
pub(super) fn keys(table: &Table, errors: &Errors) {
    let Some(by) = &table.partition_by else {
        return;
    };
    for key in &table.primary_keys {
        holds(table, by, &key.columns, key.span, "the primary key", errors);
    }
    for unique in &table.uniques {
        holds(
            table,
            by,
            &unique.columns,
            unique.span,
            "the unique constraint",
            errors,
        );
    }
    for index in table.indexes.iter().filter(|index| index.unique) {
        let columns: Vec<_> = index
            .parts
            .iter()
            .filter_map(|part| part.column())
            .cloned()
            .collect();
        holds(table, by, &columns, index.span, "the unique index", errors);
    }
}

fn holds(
    table: &Table,
    by: &PartitionBy,
    columns: &[Ident],
    span: Span,
    what: &str,
    errors: &Errors,
) {
    let name = |ident: &Ident| table.column(ident).map(|column| column.name.value.as_str());
    let missing = by
        .columns
        .iter()
        .find(|own| !columns.iter().any(|column| name(column) == name(own)));
    if let Some(missing) = missing {
        errors.push_at(
            span,
            format!(
                "{what} of a partitioned table must contain the partition key; add `{missing}` to it"
            ),
        );
    }
}

/// Months are ranges of one column. The generated code checks that the column is a date or a time.
pub(super) fn monthly(table: &Table, errors: &Errors) {
    let Some(monthly) = &table.monthly_partitions else {
        return;
    };
    let is_by_range = |by: &PartitionBy| by.strategy == "Range" && by.columns.len() == 1;
    if !table.partition_by.as_ref().is_some_and(is_by_range) {
        errors.push_at(
            monthly.span,
            "monthly partitions are ranges of one date or time; write `partition_by = range(created_at)` beside it",
        );
    }
    without_function(monthly, errors);
}

/// `ahead` needs `function`: without one, the application passes the number of months at each call.
fn without_function(monthly: &MonthlyPartitions, errors: &Errors) {
    if let (Some(ahead), None) = (monthly.ahead, &monthly.function) {
        errors.push_at(
            ahead.span,
            "`ahead` is for the function in the database that creates the partitions; name it: `function = create_log_partitions`",
        );
    }
}
