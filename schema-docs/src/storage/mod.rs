//! How large a table becomes, computed from the types of its columns.
//!
//! The formulas are those of PostgreSQL's page layout (manual, 73.6 "Database Page Layout", 73.2 "TOAST", 67.4.3 "B-tree
//! deduplication"), with the fill of B-trees as measured on PostgreSQL 15: 90 % for ascending keys, 70 % for random ones,
//! 54 % for keys that ascend within each of many owners. Dead rows are not part of the sizes.

mod column;
mod heap;
mod index;
mod page;

use std::collections::BTreeMap;

use freehold_schema_core::ir::{QualifiedName, Schema, Table};
use freehold_schema_core::model::VolumeDef;

pub(crate) use column::{Size, sizes};
use heap::Heap;

use crate::document::{SizeDoc, VolumeDoc};
use crate::facts::{Facts, TableFacts};

/// When the sizes are computed, in days from now.
const TIMES: [(&str, u64); 3] = [
    ("at first", 0),
    ("in one year", 365),
    ("in five years", 5 * 365),
];

/// The volumes of all tables that declare one, by their names.
type Volumes = BTreeMap<QualifiedName, VolumeDef>;

/// The size of a table, if its struct says how many rows it has.
pub(crate) fn volume(schema: &Schema, facts: &Facts, table: &Table) -> Option<VolumeDoc> {
    let known = facts.tables.get(&table.name)?;
    let def = known.def.volume?;
    let volumes = volumes(facts);
    let sizes = sizes(schema, table, known, &def);
    let heap = Heap::of(&sizes);
    let at = |(when, days): (&'static str, u64)| {
        let rows = rows(&def, days);
        SizeDoc {
            when,
            rows,
            table_bytes: heap.bytes(rows),
            index_bytes: index::bytes(table, &sizes, rows, |parent| {
                volumes.get(parent).map(|def| self::rows(def, days))
            }),
        }
    };
    Some(VolumeDoc {
        rows: def.rows,
        per_day: def.per_day,
        row_bytes: heap.row_bytes(),
        sizes: TIMES.into_iter().map(at).collect(),
        assumed: assumed(table, &sizes),
        not_computed: index::not_computed(table),
    })
}

fn volumes(facts: &Facts) -> Volumes {
    let tables = facts.tables.iter();
    let with_volume = tables.filter_map(|(name, table): (_, &TableFacts)| {
        let volume = table.def.volume?;
        Some((name.clone(), volume))
    });
    with_volume.collect()
}

/// The rows after a number of days.
fn rows(def: &VolumeDef, days: u64) -> u64 {
    def.rows.saturating_add(def.per_day.saturating_mul(days))
}

/// The columns of variable width, with the mean that the sizes assume.
fn assumed(table: &Table, sizes: &[Size]) -> Vec<(String, u64)> {
    let columns = table.columns.iter().zip(sizes);
    let varying = columns.filter_map(|(column, size)| match size.width {
        column::Width::Fixed { .. } => None,
        column::Width::Varying(bytes) => Some((column.name.clone(), bytes)),
    });
    varying.collect()
}
