use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    first: String,
    last: String,
    #[column(generated = concat(first, " ", last))]
    full: String,
}

fn main() {}
