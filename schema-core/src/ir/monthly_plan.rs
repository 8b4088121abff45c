//! The monthly partitions of a table of a schema.

use super::monthly::months;
use super::{Month, MonthlyPartitions, Partition, PartitionError, Schema, Table};

impl Schema {
    /// The partitions of `count` months of a table, from `first` on, without those that the schema declares.
    ///
    /// `table` is the name in the database, without its PostgreSQL schema.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such table, if it is not partitioned by a range of one date or time column, or
    /// if the range of the last month would end after the year 9999.
    pub fn monthly_partitions(
        &self,
        table: &str,
        first: Month,
        count: u32,
    ) -> Result<Vec<Partition>, PartitionError> {
        let (table, plan) = self.monthly_plan(table)?;
        let months = months(first, count)?;
        let is_new = |partition: &Partition| {
            let mut declared = table.partitions.iter();
            declared.all(|other| other.name != partition.name)
        };
        let partitions = months.into_iter().map(|month| plan.partition(month));
        Ok(partitions.filter(is_new).collect())
    }

    pub(crate) fn monthly_plan(
        &self,
        name: &str,
    ) -> Result<(&Table, MonthlyPartitions), PartitionError> {
        let mut tables = self.tables.iter();
        let table = tables
            .find(|table| table.name.name == name)
            .ok_or_else(|| PartitionError::UnknownTable(name.to_owned()))?;
        let plan = MonthlyPartitions::of(table)
            .ok_or_else(|| PartitionError::NotByTime(name.to_owned()))?;
        Ok((table, plan))
    }
}
