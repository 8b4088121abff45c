use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), search(language = "english"))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
