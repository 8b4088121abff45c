use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), schema = 5)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
