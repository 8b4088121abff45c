use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(generated_sql = other)]
    title: String,
    other: String,
}

fn main() {}
