use super::printer::Printer;
use crate::ir::{Partition, PartitionBound, PartitionBy, QualifiedName, Table};
use crate::model::PartitionStrategy;

impl Printer<'_> {
    /// ` PARTITION BY ..`, what stands after the columns.
    pub(super) fn partition_by(self, by: &PartitionBy) -> String {
        let strategy = match by.strategy {
            PartitionStrategy::Range => "RANGE",
            PartitionStrategy::List => "LIST",
            PartitionStrategy::Hash => "HASH",
        };
        format!(" PARTITION BY {strategy} {}", self.names(&by.columns))
    }

    pub(super) fn create_partition(self, table: &Table, partition: &Partition) -> String {
        let name = QualifiedName {
            schema: table.name.schema.clone(),
            name: partition.name.clone(),
        };
        format!(
            "CREATE TABLE {} PARTITION OF {} {}",
            self.qualified(&name),
            self.qualified(&table.name),
            self.bound(&partition.bound)
        )
    }

    fn bound(self, bound: &PartitionBound) -> String {
        match bound {
            PartitionBound::Range(from, to) => {
                format!(
                    "FOR VALUES FROM ({}) TO ({})",
                    self.list(from),
                    self.list(to)
                )
            }
            PartitionBound::List(values) => format!("FOR VALUES IN ({})", self.list(values)),
            PartitionBound::Hash(modulus, remainder) => {
                format!("FOR VALUES WITH (MODULUS {modulus}, REMAINDER {remainder})")
            }
            PartitionBound::Default => "DEFAULT".to_owned(),
        }
    }
}
