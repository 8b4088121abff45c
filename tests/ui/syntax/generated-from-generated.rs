use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(generated = lower(other))]
    title: String,
    #[column(generated = upper(body))]
    other: String,
    body: String,
}

fn main() {}
