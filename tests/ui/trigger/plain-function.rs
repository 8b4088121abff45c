use freehold::prelude::*;

#[derive(Function)]
#[function(returns = i64, body = "BEGIN RETURN 1; END;")]
struct Total;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = Total))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
