use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(generated = other, identity)]
    number: i32,
    other: i32,
}

fn main() {}
