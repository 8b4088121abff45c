use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), search(title))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
