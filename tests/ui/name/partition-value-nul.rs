use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = list(region), primary_key(id, region))]
#[table(partition(name = log_eu, in("e\0u")))]
struct Log {
    id: Uuid,
    region: String,
}

fn main() {}
