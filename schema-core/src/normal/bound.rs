//! Partitions: each bound as a value of its partition key's type.

use super::object::Normal;
use crate::ir::{Expr, Partition, PartitionBound, Table};
use crate::sql::tree::Type;

impl Normal<'_> {
    pub(super) fn partitions(&self, table: &Table) -> Vec<Partition> {
        let key = self.key_types(table);
        let partitions = table.partitions.iter();
        let normal = partitions.map(|partition| Partition {
            name: partition.name.clone(),
            bound: self.bound(&partition.bound, &key),
        });
        normal.collect()
    }

    fn key_types(&self, table: &Table) -> Vec<Option<Type>> {
        let key = table.partition_by.iter().flat_map(|by| &by.columns);
        let types = key.map(|name| {
            let column = table.columns.iter().find(|column| column.name == *name)?;
            self.place(&column.sql_type)
        });
        types.collect()
    }

    fn bound(&self, bound: &PartitionBound, key: &[Option<Type>]) -> PartitionBound {
        let each = |values: &[Expr]| {
            let types = key
                .iter()
                .map(Option::as_ref)
                .chain(std::iter::repeat(None));
            let values = values.iter().zip(types);
            values
                .map(|(value, place)| self.value(value, place))
                .collect()
        };
        match bound {
            PartitionBound::Range(from, to) => PartitionBound::Range(each(from), each(to)),
            PartitionBound::List(values) => {
                let place = key.first().and_then(Option::as_ref);
                let values = values.iter();
                PartitionBound::List(values.map(|value| self.value(value, place)).collect())
            }
            other => other.clone(),
        }
    }
}
