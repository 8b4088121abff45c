use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), search(title = a, column = xmin))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
