use freehold_schema_core::ir::{Body, Partition, QualifiedName, Schema, Table};
use freehold_schema_core::model::PartitionStrategy;

use super::sentence::Sentence;
use crate::sql;

/// How the rows of a table are distributed over partitions.
#[derive(Clone, Debug)]
pub struct PartitionsDoc {
    /// The strategy and the columns.
    pub by: Sentence,
    /// The partitions that the schema declares.
    pub partitions: Vec<PartitionDoc>,
    /// What creates more partitions at run time.
    pub ahead: Option<Sentence>,
}

/// A partition.
#[derive(Clone, Debug)]
pub struct PartitionDoc {
    /// The name.
    pub name: String,
    /// The rows that it holds: `FOR VALUES ..`.
    pub bound: String,
}

pub(super) fn partitions(schema: &Schema, table: &Table) -> Option<PartitionsDoc> {
    let by = table.partition_by.as_ref()?;
    let strategy = match by.strategy {
        PartitionStrategy::Range => "By ranges of ",
        PartitionStrategy::List => "By lists of values of ",
        PartitionStrategy::Hash => "By the hash of ",
    };
    let columns = by.columns.iter().map(String::as_str);
    let partitions = table.partitions.iter();
    Some(PartitionsDoc {
        by: Sentence::new(strategy).codes(columns).text("."),
        partitions: partitions.map(|partition| doc(table, partition)).collect(),
        ahead: ahead(schema, &table.name).or_else(|| at_run_time(table)),
    })
}

fn doc(table: &Table, partition: &Partition) -> PartitionDoc {
    let schema = table.name.schema.as_deref();
    PartitionDoc {
        name: QualifiedName::new(schema, &partition.name).to_string(),
        bound: sql::printer().bound(&partition.bound),
    }
}

/// The function that creates the partitions of months to come.
fn ahead(schema: &Schema, table: &QualifiedName) -> Option<Sentence> {
    schema.routines.iter().find_map(|routine| {
        let Body::MonthlyPartitions { plan, ahead } = &routine.body else {
            return None;
        };
        (plan.table == *table).then(|| {
            Sentence::default()
                .code(format!("{}()", routine.name))
                .text(format!(
                    " creates the partitions of the current month and of {ahead} months after it. \
                     Run it at least once a month."
                ))
        })
    })
}

fn at_run_time(table: &Table) -> Option<Sentence> {
    table
        .partitions_at_run_time
        .then(|| Sentence::new("More partitions are created at run time, one for each month."))
}
