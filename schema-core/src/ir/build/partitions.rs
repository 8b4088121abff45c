//! The functions that make monthly partitions ahead of time.

use super::routines;
use crate::ir::{Body, MonthlyPartitions, Returns, Routine, Table};
use crate::model::SchemaDef;

pub(super) fn functions(def: &SchemaDef, tables: &[Table]) -> Vec<Routine> {
    let planned = def.tables.iter().zip(tables).filter_map(|(def, table)| {
        let monthly = def.monthly_partitions?;
        let body = Body::MonthlyPartitions {
            plan: MonthlyPartitions::of(table)?,
            ahead: monthly.ahead,
        };
        let mut function = Routine::trigger_function(routines::name(monthly.function?), body);
        function.returns = Returns::Void;
        // It makes tables beside its own, wherever that stands.
        function.search_path = None;
        // A partition is for its owner to make.
        function.execute = Some(Vec::new());
        Some(function)
    });
    planned.collect()
}
