use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), primary_key(id, day), partition_by = list(day), monthly_partitions)]
struct Order {
    id: Uuid,
    day: NaiveDate,
}

fn main() {}
