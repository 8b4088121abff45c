use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(day), monthly_partitions(functoin = create_months))]
struct Order {
    id: Uuid,
    day: NaiveDate,
}

fn main() {}
