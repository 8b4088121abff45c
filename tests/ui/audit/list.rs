use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), audit(log))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
