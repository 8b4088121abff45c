use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), primary_key(id, day), monthly_partitions)]
struct Order {
    id: Uuid,
    day: NaiveDate,
}

fn main() {}
