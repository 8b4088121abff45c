use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(generated = lower(othr))]
    title: String,
    other: String,
}

fn main() {}
