use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(check(new.quantity > 0))]
    quantity: i32,
}

fn main() {}
