use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, before(update), when(new.twice > 0), function = CheckStock))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
    #[column(generated = quantity * 2)]
    twice: i32,
}

fn main() {}
