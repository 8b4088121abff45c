use freehold::prelude::*;

#[derive(Function)]
#[function(trigger, name = check_stock, body = "BEGIN RETURN NEW; END;")]
struct CheckStock;

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = CheckStok))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
