//! The functions that create monthly partitions ahead of time.

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
        // It creates tables beside its own, which may be in any PostgreSQL schema.
        function.search_path = None;
        // Another role, such as a scheduler's, may call it; the partitions must belong to the owner of the table.
        function.run_as = owner.map(str::to_owned);
        // Only the owner may create partitions.
        function.execute = Some(Vec::new());
        Some(function)
    });
    planned.collect()
}
