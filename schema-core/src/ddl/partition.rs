use super::policy::enable;
use super::printer::Printer;
use crate::ir::{MonthlyPartitions, Partition, PartitionBound, PartitionBy, QualifiedName, Table};
use crate::model::PartitionStrategy;

impl Printer<'_> {
    /// ` PARTITION BY ..`, which follows the columns.
    pub fn partition_by(self, by: &PartitionBy) -> String {
        let strategy = match by.strategy {
            PartitionStrategy::Range => "RANGE",
            PartitionStrategy::List => "LIST",
            PartitionStrategy::Hash => "HASH",
        };
        format!(" PARTITION BY {strategy} {}", self.names(&by.columns))
    }

    /// `CREATE TABLE partition PARTITION OF table ..`
    pub fn create_partition(self, table: &Table, partition: &Partition) -> String {
        self.partition_of("CREATE TABLE", &table.name, partition)
    }

    /// Creates planned partitions that do not exist, and enables the same row-level security as on the table's other
    /// partitions.
    pub(crate) fn planned_partitions(
        self,
        plan: &MonthlyPartitions,
        partitions: &[Partition],
    ) -> Vec<String> {
        let make = |partition: &Partition| {
            let name = self.partition_name(&plan.table, partition);
            let create = self.partition_of("CREATE TABLE IF NOT EXISTS", &plan.table, partition);
            let close = plan
                .row_security
                .map(|security| format!("ALTER TABLE {name} {}", enable(security)));
            std::iter::once(create).chain(close)
        };
        partitions.iter().flat_map(make).collect()
    }

    fn partition_of(self, verb: &str, table: &QualifiedName, partition: &Partition) -> String {
        format!(
            "{verb} {} PARTITION OF {} {}",
            self.partition_name(table, partition),
            self.qualified(table),
            self.bound(&partition.bound)
        )
    }

    /// A partition is in the PostgreSQL schema of its table.
    pub(crate) fn partition_name(self, table: &QualifiedName, partition: &Partition) -> String {
        self.qualified(&QualifiedName {
            schema: table.schema.clone(),
            name: partition.name.clone(),
        })
    }

    /// `FOR VALUES ..` or `DEFAULT`
    pub fn bound(self, bound: &PartitionBound) -> String {
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
