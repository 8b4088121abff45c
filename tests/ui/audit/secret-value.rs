use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(secret = true)]
    note: String,
}

fn main() {}
