use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, before(insert(quantity)), function = CheckStock))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
