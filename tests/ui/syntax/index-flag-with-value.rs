use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, unique = false))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
