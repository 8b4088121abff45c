use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy)]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
