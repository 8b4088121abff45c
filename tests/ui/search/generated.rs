use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), search(title = a))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    name: String,
    #[column(generated = lower(name))]
    title: String,
}

fn main() {}
