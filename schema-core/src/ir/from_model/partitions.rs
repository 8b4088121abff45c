//! The functions that make monthly partitions ahead of time.

use super::facts::row_security;
use super::routine;
use crate::ir::{Body, MonthlyPartitions, Returns, Routine, Table};
use crate::model::SchemaDef;

pub(super) fn functions(def: &SchemaDef, tables: &[Table]) -> Vec<Routine> {
    let owner = row_security(def).and_then(|isolation| isolation.owner);
    let planned = def.tables.iter().zip(tables).filter_map(|(def, table)| {
        let monthly = def.monthly_partitions?;
        let body = Body::MonthlyPartitions {
            plan: MonthlyPartitions::of(table)?,
            ahead: monthly.ahead,
        };
        let mut function = Routine::trigger_function(routine::name(monthly.function?), body);
        function.returns = Returns::Void;
        // It makes tables beside its own, wherever that stands.
        function.search_path = None;
        // Who calls it may be somebody else, a scheduler for one; the partitions are to belong to whom the table belongs to.
        function.run_as = owner.map(str::to_owned);
        // A partition is for its owner to make.
        function.execute = Some(Vec::new());
        Some(function)
    });
    planned.collect()
}
