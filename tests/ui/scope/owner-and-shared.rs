use freehold::prelude::*;

#[derive(Table)]
#[table(owner, shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
