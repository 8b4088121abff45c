use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = range(id), partition(name = a, from = new.id, to = maxvalue))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
