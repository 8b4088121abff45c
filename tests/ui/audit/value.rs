use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), audit = true)]
struct Order {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
