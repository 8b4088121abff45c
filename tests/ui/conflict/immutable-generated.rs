use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
    #[column(immutable, generated = quantity * 2)]
    twice: i32,
}

fn main() {}
