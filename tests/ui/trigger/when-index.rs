use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, after(update), when(new.0 > 0), function = CheckStock))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
