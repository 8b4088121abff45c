use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), search(title = a, language = 1))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
