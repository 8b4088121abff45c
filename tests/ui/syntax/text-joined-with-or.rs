use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    first: String,
    #[column(generated = first || " ")]
    full: String,
}

fn main() {}
