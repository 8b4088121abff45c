use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), search(title = a, column = words, column = more))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
