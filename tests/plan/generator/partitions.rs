//! Partitions by the day of a row.

use freehold::model::{Expr, PartitionBound, PartitionDef};

use super::Spec;
use super::words::text;
use crate::random::Random;

impl Spec {
    /// Turns partitions on or off. Drops what a partitioned table cannot have: its key and unique constraints need the
    /// day.
    pub(super) fn change_partitions(&mut self, random: &mut Random) {
        let Some(table) = self.any_table(random) else {
            return;
        };
        if table.partitions.take().is_some() {
            table.forget("day");
            return;
        }
        table.partitions = Some(random.below(3));
        table.uniques.clear();
        table.indexes.retain(|index| !index.unique);
    }

    pub(super) fn change_partition_count(&mut self, random: &mut Random) {
        self.with_table(random, |table, random| {
            if let Some(count) = &mut table.partitions {
                *count = random.below(4);
            }
        });
    }
}

/// Months of 2026, starting with January.
pub(super) fn partitions(table: &str, count: usize) -> &'static [PartitionDef] {
    const MONTHS: [&str; 5] = [
        "2026-01-01",
        "2026-02-01",
        "2026-03-01",
        "2026-04-01",
        "2026-05-01",
    ];
    let months = MONTHS.windows(2).zip(1..).take(count);
    let partitions = months.map(|(month, number)| {
        let bound = |day: &'static str| vec![Expr::Text(day)].leak();
        let name = format!("{table}_part_{number}");
        PartitionDef::new(
            text(&name),
            PartitionBound::Range(bound(month[0]), bound(month[1])),
        )
    });
    partitions.collect::<Vec<_>>().leak()
}
