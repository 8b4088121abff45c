use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = CheckStock), trigger(name = stock, after(update), function = CheckStock))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
