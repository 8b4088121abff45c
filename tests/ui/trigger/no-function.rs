use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, before(insert)))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
