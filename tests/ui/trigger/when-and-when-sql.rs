use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, after(update), when(new.quantity > 0), when_sql = "true", function = CheckStock))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
